"""Models of cards: what one says, from whom its raw form is kept, and how it passes on."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from tabletop.scenario.base import AnyNumber, CardId, Code, Id, Line, OneOrMore, Part, TeamId, TeamOrAll, Text
from tabletop.scenario.conditions import Condition
from tabletop.scenario.gametime import Length


class Passing(Part):
    """A standing rule by which a card passes on by itself, in its holder's name, when it is dealt."""

    when: Condition | None = Field(
        default=None, description="Judged when the card is dealt; else it always passes."
    )
    to: OneOrMore[TeamOrAll] = Field(default=("all",), description="Partners that get it, or 'all'.")
    clean: bool = Field(
        default=True, description="It passes in its clean form, if it has one; false: all of it passes."
    )
    name: Line | None = Field(
        default=None, description="What people call the rule: 'the data rule of May'. Every team may read it."
    )


def _to_teams(value: object) -> object:
    """Expand a team, or ``all``, to ``{to: [TEAM]}``."""
    return {"to": [value]} if isinstance(value, str) else value


class CardContent(Part):
    """What a card says and what may be done with it; its id stands before it."""

    code: Code | None = Field(default=None, description="A short code on paper: 'K1'.")
    title: Line = Field(description="What it is, in a few words.")
    text: Text | None = Field(default=None, description="What the card says; else the text of its inject.")
    clean: Text | None = Field(
        default=None, description="Its clean form: what it says once sources are taken out."
    )
    sanitised: Text | None = Field(default=None, description="An older word for 'clean'.")
    holder: TeamId | None = Field(
        default=None, description="The team that gets it; else the only team addressed."
    )
    window: Length = Field(description="Time to share it in.")
    tags: AnyNumber[Id] = Field(default=(), description="Words of yours that rules look for.")
    caveat: AnyNumber[TeamOrAll] = Field(
        default=(), description="Teams from which its raw form is to be kept, or 'all'."
    )
    passes: Annotated[
        AnyNumber[Annotated[Passing, BeforeValidator(_to_teams, json_schema_input_type=TeamOrAll | Passing)]],
        Field(),
    ] = Field(default=(), description="Standing rules by which it passes on by itself, or 'all'.")

    @model_validator(mode="after")
    def _one_clean_form(self) -> Self:
        if self.clean is not None and self.sanitised is not None:
            raise ValueError("'clean' and 'sanitised' mean the same; keep 'clean'")
        return self

    @property
    def clean_form(self) -> str | None:
        """What it says once sources are taken out, if the author wrote that."""
        return self.clean or self.sanitised


class Card(CardContent):
    """A piece of information that a team holds and may share."""

    id: Id = Field(description="Its id, by which options and conditions name it.")


class Sharing(Part):
    """A card that an option shares by itself."""

    card: CardId = Field(description="The card.")
    with_: OneOrMore[TeamOrAll] = Field(default=("all",), alias="with", description="Partners, or 'all'.")
    sanitised: bool | None = Field(
        default=None, description="An older way to say which form: true as in 'shares', false 'shares-raw'."
    )
    onward: bool = Field(default=False, description="The partners may pass it on.")
