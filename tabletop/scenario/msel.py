"""The columns of a master scenario events list beside an inject's text: whom it is for, what is expected."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from tabletop.scenario.base import Line, ObjectiveId, OneOrMore, Part, TeamId, Text
from tabletop.scenario.gametime import Length, format_length


class ExpectedAction(Part):
    """Something that players are expected to do about an inject; evaluators tick it."""

    action: Line = Field(description="What they are expected to do.")
    by: Length | None = Field(default=None, description="How long after the inject goes out, at most.")
    team: TeamId | None = Field(default=None, description="The team that does it; else any.")
    objective: ObjectiveId | None = Field(default=None, description="The objective that it shows.")

    @property
    def words(self) -> str:
        """The action with its time: ``Tokyo rings Seoul, within 10 min``."""
        return self.action if self.by is None else f"{self.action}, within {format_length(self.by)}"


def _action_alone(value: object) -> object:
    """Expand the words of an action to ``{action: WORDS}``."""
    return {"action": value} if isinstance(value, str) else value


def _form(value: object) -> str:
    return "text" if isinstance(value, str) else "actions"


class _EitherForm:
    """Lets the JSON Schema accept what fits both forms."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        made = handler(schema)
        made["anyOf"] = made.pop("oneOf")
        return made


Expected = Annotated[
    Annotated[Text, Tag("text")]
    | Annotated[
        OneOrMore[
            Annotated[
                ExpectedAction, BeforeValidator(_action_alone, json_schema_input_type=Line | ExpectedAction)
            ]
        ],
        Tag("actions"),
    ],
    Discriminator(_form),
    _EitherForm(),
]
"""What is expected: a text, which evaluators tick as a whole, or a list of actions, each with its tick."""

_LINE: Final = 300
"""Characters of a `Line`, at most."""

Priority = Literal["low", "medium", "high"]


class MselFields(Part):
    """Columns of a master scenario events list that an inject has, and that a timeline entry may reword."""

    expected: Expected | None = Field(
        default=None,
        description="What the players are expected to do: a text, or a list of actions. Evaluators tick it; "
        "players never see it.",
    )
    for_: Line | None = Field(
        default=None,
        alias="for",
        description="The office it is addressed to. Everybody in the team reads it.",
    )
    storyline: Line | None = Field(default=None, description="The thread of the story it belongs to.")
    controller: Line | None = Field(default=None, description="Who in exercise control plays it.")
    priority: Priority | None = Field(default=None, description="How much it matters: low, medium or high.")
    location: Line | None = Field(default=None, description="Where it happens.")

    @property
    def actions(self) -> tuple[ExpectedAction, ...]:
        """The expected actions that can be ticked; a text is one of them."""
        if isinstance(self.expected, str):
            return (ExpectedAction(action=" ".join(self.expected.split())[:_LINE]),)
        return self.expected or ()

    @property
    def expected_text(self) -> str:
        """What is expected as a text; empty if it is a list of actions."""
        return self.expected if isinstance(self.expected, str) else ""


MSEL_FIELDS = tuple(MselFields.model_fields)
"""Names of these fields, of which each that an entry has replaces its inject's."""
