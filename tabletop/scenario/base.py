"""Base model and common field types of the scenario format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError

from tabletop.plaintext import find_control

T = TypeVar("T")


class Part(BaseModel):
    """A frozen part of a scenario: unknown keys are refused and nothing is converted silently."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


def no_control(text: str) -> str:
    """Return the text; raise ValueError if a control character is in it."""
    at = find_control(text)
    if at is not None:
        raise ValueError(f"the control character U+{ord(text[at]):04X} is not allowed in text")
    return text


def _as_list(value: object) -> object:
    """Wrap a single value in a list, so that authors may leave out the brackets."""
    if value is None or (isinstance(value, Sequence) and not isinstance(value, str)):
        return value
    return [value]


def _number_as_code(value: object) -> object:
    """Take a whole number for a code: many scripts number their injects 1, 2, 3."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class _OrWholeNumber:
    """Adds whole numbers to the JSON Schema of a code."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [handler(schema), {"type": "integer", "minimum": 0}]}


class _OneWithoutList:
    """Adds the form without brackets to the JSON Schema of a list."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


def _whole_number(value: object) -> object:
    """Refuse `true` and `1.0`, which compare equal to 1 in Python."""
    if isinstance(value, bool | float):
        raise PydanticKnownError("int_type")
    return value


Format = Annotated[Literal[1], BeforeValidator(_whole_number)]
"""The version of the scenario format that this program writes and reads."""

Id = Annotated[
    str,
    Field(min_length=1, max_length=64, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
]
"""An id: lower-case words joined by hyphens."""

NAMES: Final = "x-names"
"""Key of the JSON Schema under which a property says what kind of thing its ids name."""


@dataclass(frozen=True, slots=True)
class IdOf:
    """Says in the JSON Schema what kind of thing an id names, and which reserved words may stand for it."""

    kind: str
    reserved: tuple[str, ...] = ()

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {NAMES: [self.kind, *self.reserved]}


ALL: Literal["all"] = "all"
"""Stands for every team of the scenario wherever teams are listed."""

NONE: Literal["none"] = "none"
"""The outcome of a decision that nobody took."""

TeamId = Annotated[Id, IdOf("team")]
TeamOrAll = Annotated[Id, IdOf("team", ("all",))]
ObjectiveId = Annotated[Id, IdOf("objective")]
InjectId = Annotated[Id, IdOf("inject")]
EntryId = Annotated[Id, IdOf("entry")]
CardId = Annotated[Id, IdOf("card")]
DecisionId = Annotated[Id, IdOf("decision")]
OptionId = Annotated[Id, IdOf("option")]
OptionOrNone = Annotated[Id, IdOf("option", ("none",))]

Code = Annotated[
    str,
    Field(min_length=1, max_length=12, pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]*$"),
    BeforeValidator(_number_as_code),
    _OrWholeNumber(),
]
"""A short code on paper and in moves: T1, K4, A12a, or a whole number."""

OptionWord = Annotated[
    str,
    Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]*$"),
    BeforeValidator(_number_as_code),
    _OrWholeNumber(),
]
"""An option of the decision at hand, by its id or its letter."""

Line = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(no_control)]
"""One line of text shown to people."""

Text = Annotated[str, Field(min_length=1, max_length=10_000), AfterValidator(no_control)]
"""Text of several lines shown to people."""

Several = Annotated[tuple[T, ...], Field(strict=False)]
"""A list in the file; a tuple in the model."""

AnyNumber = Annotated[tuple[T, ...], Field(strict=False), BeforeValidator(_as_list), _OneWithoutList()]
"""One value, or a list of any number of values in the file; a tuple in the model."""

OneOrMore = Annotated[
    tuple[T, ...], Field(strict=False, min_length=1), BeforeValidator(_as_list), _OneWithoutList()
]
"""One value or a non-empty list of values in the file; a tuple in the model."""


def _half_steps(value: float) -> float:
    if value * 2 != int(value * 2):
        raise ValueError("points must be multiples of 0.5")
    return value


Points = Annotated[float, Field(ge=-10, le=10, allow_inf_nan=False), AfterValidator(_half_steps)]
"""Points of a score: a multiple of one half, between -10 and 10."""

Effects = dict[ObjectiveId, Points]
"""Points by objective id."""


def is_none(value: object) -> bool:
    """Return whether a value is absent, so that it is left out when it is written."""
    return value is None


def is_empty(value: object) -> bool:
    """Return whether a value is empty, so that it is left out when it is written."""
    return not value


def signs(effects: Effects) -> Effects:
    """Return +1 or −1 for each objective that is given or loses points; the number of points is not used."""
    return {goal: 1.0 if points > 0 else -1.0 for goal, points in effects.items() if points}


MAX_REASON_WORDS: Final = 12
"""A longer reason is not heard out when it is read aloud beside a mark."""


def _short(reason: str) -> str:
    words = len(reason.split())
    if words > MAX_REASON_WORDS:
        raise ValueError(f"a reason has at most {MAX_REASON_WORDS} words; this one has {words}")
    return reason


Reasons = dict[ObjectiveId, Annotated[Line, AfterValidator(_short)]]
"""Why something is good or bad, by objective id."""
