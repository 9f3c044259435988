"""Models of conditions as authors write them: mappings with one key, never expressions to evaluate.

``{chose: {alert-decision: [okinawa, none]}}``, ``{not: {shared: detection}}``,
``{all: [...]}``. What each means during an exercise is in `tabletop.exercise.conditions`.
"""

from __future__ import annotations

from typing import Annotated, Final, cast

from pydantic import BeforeValidator, Discriminator, Tag
from pydantic_core import PydanticCustomError

from tabletop.scenario.conditions.base import BaseCondition
from tabletop.scenario.conditions.choices import (
    Chose,
    Decided,
    EveryoneChose,
    Labels,
    OnTime,
    Partners,
    TeamChoice,
)
from tabletop.scenario.conditions.combining import All, AnyOf, By, Deadline, Not
from tabletop.scenario.conditions.course import CapitalHeld, Observed, Released
from tabletop.scenario.conditions.dealings import Consulted, Held, Shared, Stated, card_alone
from tabletop.scenario.problems import quoted
from tabletop.scenario.reading.writing import on_one_line

__all__ = [
    "CONDITION_KEYS",
    "MAX_DEPTH",
    "All",
    "AnyOf",
    "BaseCondition",
    "By",
    "CapitalHeld",
    "Chose",
    "Condition",
    "Consulted",
    "Decided",
    "EveryoneChose",
    "Held",
    "Labels",
    "Not",
    "Observed",
    "OnTime",
    "Partners",
    "Released",
    "Shared",
    "Stated",
    "TeamChoice",
    "card_alone",
]

MAX_DEPTH: Final = 12
"""Maximum nesting depth of conditions; far more than a reader can follow."""

_KINDS: dict[str, type[BaseCondition]] = {
    "all": All,
    "any": AnyOf,
    "not": Not,
    "chose": Chose,
    "everyone-chose": EveryoneChose,
    "partners": Partners,
    "decided": Decided,
    "on-time": OnTime,
    "held": Held,
    "shared": Shared,
    "consulted": Consulted,
    "stated": Stated,
    "labels": Labels,
    "released": Released,
    "capital": CapitalHeld,
    "observed": Observed,
    "by": By,
}
CONDITION_KEYS: tuple[str, ...] = tuple(_KINDS)


def _kind(value: object) -> str | None:
    if isinstance(value, dict) and len(value) == 1:
        return str(next(iter(value)))
    return next((key for key, kind in _KINDS.items() if isinstance(value, kind)), None)


def _one_key(value: object) -> object:
    """Refuse a condition with several keys, saying how to join them."""
    if not isinstance(value, dict) or len(value) < 2:
        return value
    keys = " and ".join(map(quoted, map(str, value)))
    message = f"a condition has one key; this one has {keys}".replace("{", "{{").replace("}", "}}")
    raise PydanticCustomError("several-conditions", "{message}", {"message": message, "hint": _joined(value)})


def _joined(value: dict[str, object]) -> str:
    """Return the hint how to write a condition of several keys."""
    kind, *others = value
    if {*others} <= {"by", "with"} and kind in {"held", "shared", "consulted", "stated"}:
        name = "card" if kind in {"held", "shared"} else "by"
        inside = value[kind] if isinstance(value[kind], dict) else {name: value[kind]}
        whole = {**cast("dict[str, object]", inside), **{key: value[key] for key in others}}
        return f"write {on_one_line({kind: whole})}"
    if all(key in _KINDS for key in value) and not isinstance(value.get("by", {}), str):
        return f"join them: {on_one_line({'all': [{key: inner} for key, inner in value.items()]})}"
    return "join conditions with {all: [...]}; what belongs to one stands inside it"


def _bounded(value: object) -> object:
    """Refuse conditions nested deeper than `MAX_DEPTH` before pydantic walks into them."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH * 2):
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not level:
            return value
    raise ValueError(f"conditions can be nested at most {MAX_DEPTH} levels deep")


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Chose, Tag("chose")]
    | Annotated[EveryoneChose, Tag("everyone-chose")]
    | Annotated[Partners, Tag("partners")]
    | Annotated[Decided, Tag("decided")]
    | Annotated[OnTime, Tag("on-time")]
    | Annotated[Held, Tag("held")]
    | Annotated[Shared, Tag("shared")]
    | Annotated[Consulted, Tag("consulted")]
    | Annotated[Stated, Tag("stated")]
    | Annotated[Labels, Tag("labels")]
    | Annotated[Released, Tag("released")]
    | Annotated[CapitalHeld, Tag("capital")]
    | Annotated[Observed, Tag("observed")]
    | Annotated[By, Tag("by")],
    Discriminator(_kind),
    BeforeValidator(_one_key),
    BeforeValidator(_bounded),
]
for _model in (All, AnyOf, Not, Deadline, By):
    _model.model_rebuild(_types_namespace={"Condition": Condition})
