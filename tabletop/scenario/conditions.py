"""Models of conditions as authors write them: mappings with one key, never expressions to evaluate.

``{chose: {alert-decision: [okinawa, none]}}``, ``{not: {shared: detection}}``,
``{all: [...]}``. What each means during an exercise is in `tabletop.exercise.conditions`.
"""

from __future__ import annotations

from typing import Annotated, Literal, cast

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from tabletop.scenario.base import (
    CardId,
    DecisionId,
    EntryId,
    Line,
    OneOrMore,
    OptionOrNone,
    Part,
    TeamId,
    TeamOrAll,
)
from tabletop.scenario.gametime import GameTime
from tabletop.scenario.problems import quoted
from tabletop.scenario.reading.writing import on_one_line

MAX_DEPTH = 12
"""Maximum nesting depth of conditions; far more than a reader can follow."""


class All(Part):
    """True when every condition in the list is."""

    all: OneOrMore[Condition] = Field(description="True when every one of these is.")


class AnyOf(Part):
    """True when at least one condition in the list is."""

    any: OneOrMore[Condition] = Field(description="True when at least one of these is.")


class Not(Part):
    """True when the condition is not."""

    not_: Condition = Field(alias="not", description="True when this is not.")


class TeamChoice(Part):
    """Which options of a decision, and which team took one of them (else: any team asked)."""

    decision: DecisionId = Field(description="The decision.")
    options: OneOrMore[OptionOrNone] = Field(description="Its options, or 'none': it has decided nothing.")
    by: TeamId | None = Field(default=None, description="The team that took one; else any team asked.")


def _form(value: object) -> str:
    """Tell the long form, which has at least two of its keys, from a mapping of decisions."""
    keys = value.keys() if isinstance(value, dict) else ()
    long = isinstance(value, TeamChoice) or len(TeamChoice.model_fields.keys() & keys) > 1
    return "team-choice" if long else "options"


class _EitherForm:
    """Lets the JSON Schema accept what fits both forms: a decision may be called ``options``."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        made = handler(schema)
        made["anyOf"] = made.pop("oneOf")
        return made


class Chose(Part):
    """Some team asked, or the one that is named, took one of these options.

    ``none``: it has decided nothing.
    """

    chose: Annotated[
        Annotated[dict[DecisionId, OneOrMore[OptionOrNone]], Field(min_length=1), Tag("options")]
        | Annotated[TeamChoice, Tag("team-choice")],
        Discriminator(_form),
        _EitherForm(),
    ] = Field(description="Decision: options, any team asked; or a decision, its options and a team.")


class EveryoneChose(Part):
    """Every team asked took one of these options."""

    everyone_chose: dict[DecisionId, OneOrMore[OptionOrNone]] = Field(
        alias="everyone-chose", min_length=1, description="Decision: options, every team asked."
    )


class Decided(Part):
    """Every team asked has recorded each of these decisions."""

    decided: OneOrMore[DecisionId] = Field(description="Decisions recorded by every team asked.")


class OnTime(Part):
    """Every team asked recorded each of these decisions within its window."""

    on_time: OneOrMore[DecisionId] = Field(
        alias="on-time", description="Decisions recorded within their windows."
    )


def card_alone(value: object) -> object:
    """Expand the id of a card to ``{card: ID}``."""
    if isinstance(value, str):
        return {"card": value}
    if isinstance(value, dict | Part):
        return value
    hint = "write the card's id, or a block: {card: detection, with: [tokyo, seoul]}"
    raise PydanticCustomError("wrong_kind", "a card is named by its id or by a block of keys", {"hint": hint})


class SharedCard(Part):
    """A card, who shared it (else: anyone) and with whom (else: anyone)."""

    card: CardId = Field(description="The card.")
    by: TeamId | None = Field(default=None, description="Who shared it; else anyone.")
    with_: OneOrMore[TeamOrAll] | None = Field(
        default=None, alias="with", description="With whom, each of them; else anyone."
    )


class Shared(Part):
    """A card was shared; with each of the teams named."""

    shared: Annotated[SharedCard, BeforeValidator(card_alone, json_schema_input_type=CardId | SharedCard)] = (
        Field(description="A card that was shared.")
    )


class Consultation(Part):
    """Who consulted (asked and answered, either way round) with whom."""

    by: TeamId = Field(description="One of the two teams.")
    with_: OneOrMore[TeamOrAll] = Field(alias="with", description="The other team, or each of several.")


class Consulted(Part):
    """A team consulted with each of the teams named."""

    consulted: Consultation = Field(description="A consultation that took place.")


class Saying(Part):
    """Who spoke in public, and under which label (else: any)."""

    by: TeamId = Field(description="The team that spoke.")
    label: Line | None = Field(default=None, description="Under which label; else any.")


class Stated(Part):
    """A team spoke in public."""

    stated: Saying = Field(description="A statement made in public.")


class LabelsOn(Part):
    """The decision whose labels are compared."""

    decision: DecisionId = Field(description="The decision.")
    are: Literal["same", "differ"] = Field(description="'same' if all are equal, 'differ' if two are not.")


class Labels(Part):
    """The labels chosen by the teams asked are all the same, or two of them differ."""

    labels: LabelsOn = Field(description="Whether the labels of a decision are the same or differ.")


class Released(Part):
    """Each of these timeline entries was released."""

    released: OneOrMore[EntryId] = Field(description="Timeline entries that were released.")


class Deadline(Part):
    """A time and what had to be true by then."""

    at: GameTime = Field(description="The game time: 'T+30'.")
    that: Condition = Field(description="What had to be true by then.")


class By(Part):
    """The condition was already true at that game time."""

    by: Deadline = Field(description="A condition that had to be true at a time.")


_KINDS: dict[str, type[Part]] = {
    "all": All,
    "any": AnyOf,
    "not": Not,
    "chose": Chose,
    "everyone-chose": EveryoneChose,
    "decided": Decided,
    "on-time": OnTime,
    "shared": Shared,
    "consulted": Consulted,
    "stated": Stated,
    "labels": Labels,
    "released": Released,
    "by": By,
}
CONDITION_KEYS: tuple[str, ...] = tuple(_KINDS)
CONDITION_TYPES: tuple[type[Part], ...] = tuple(_KINDS.values())


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
    if {*others} <= {"by", "with"} and kind in {"shared", "consulted", "stated"}:
        name = "card" if kind == "shared" else "by"
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
    | Annotated[Decided, Tag("decided")]
    | Annotated[OnTime, Tag("on-time")]
    | Annotated[Shared, Tag("shared")]
    | Annotated[Consulted, Tag("consulted")]
    | Annotated[Stated, Tag("stated")]
    | Annotated[Labels, Tag("labels")]
    | Annotated[Released, Tag("released")]
    | Annotated[By, Tag("by")],
    Discriminator(_kind),
    BeforeValidator(_one_key),
    BeforeValidator(_bounded),
]
for _model in (All, AnyOf, Not, Deadline, By):
    _model.model_rebuild()
