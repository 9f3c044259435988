"""Commands of teams."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import AliasChoices, Field, model_validator

from tabletop.exercise.commands.base import (
    BaseCommand,
    NonEmptyText,
    OptionalText,
    PersonName,
    TypedText,
)
from tabletop.exercise.commands.consent import Initial
from tabletop.exercise.commands.probes import AnswerProbes
from tabletop.exercise.commands.self_ratings import RateSelf
from tabletop.scenario.base import OneOrMore


class Read(BaseCommand):
    """Acknowledge an inject."""

    do: Literal["read"] = "read"
    inject: str


class Decide(BaseCommand):
    """Record a decision, or amend it within its window."""

    do: Literal["decide"] = "decide"
    decision: str
    option: str = ""
    words: OptionalText = Field(
        default="", description="The decision in the team's own words, not an option."
    )
    rationale: TypedText = ""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.option.strip()) == bool(self.words):
            raise ValueError("name the 'option', or give the decision in the team's own 'words'")
        return self


class Propose(BaseCommand):
    """Propose an option, or words, to the one who decides for the team; it replaces an earlier proposal.

    Over a network the host fills in the proposer, so that nobody can use another's name.
    """

    do: Literal["propose"] = "propose"
    decision: str
    option: str = ""
    words: OptionalText = Field(default="", description="A decision in one's own words, not an option.")
    rationale: TypedText = ""
    by: PersonName = ""
    office: PersonName = ""
    person: PersonName = Field(default="", description="The seat of that person; the host fills it in.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.option.strip()) == bool(self.words):
            raise ValueError("name the 'option', or propose a decision in your own 'words'")
        return self


class Withdraw(BaseCommand):
    """Withdraw one's proposal."""

    do: Literal["withdraw"] = "withdraw"
    decision: str
    by: PersonName = ""
    office: PersonName = ""
    person: PersonName = Field(default="", description="The seat of that person; the host fills it in.")


class Share(BaseCommand):
    """Give a card to partners."""

    do: Literal["share"] = "share"
    card: str
    with_: OneOrMore[str] = Field(alias="with")
    sanitised: bool = Field(
        default=False, validation_alias=AliasChoices("sanitised", "clean"), description="In its clean form."
    )
    onward: bool = Field(default=False, description="They may pass it on.")


class Grant(BaseCommand):
    """Let partners pass on a card of this team's own."""

    do: Literal["grant"] = "grant"
    card: str
    to: OneOrMore[str]


class Consult(BaseCommand):
    """Ask partners before acting."""

    do: Literal["consult"] = "consult"
    with_: OneOrMore[str] = Field(alias="with")
    about: str | None = None
    text: NonEmptyText


class Answer(BaseCommand):
    """Answer the latest open consultation of a partner, or the one named."""

    do: Literal["answer"] = "answer"
    from_: str = Field(alias="from")
    consult: str | None = None
    text: NonEmptyText


class State(BaseCommand):
    """Speak in public."""

    do: Literal["state"] = "state"
    text: NonEmptyText
    label: OptionalText | None = None
    about: str | None = None
    area: OptionalText | None = Field(default=None, description="The area whose public it advises.")
    says: OptionalText | None = Field(
        default=None, description="What it advises, in one word: shelter, all-clear."
    )


class Message(BaseCommand):
    """Write to partners or to exercise control."""

    do: Literal["message"] = "message"
    to: OneOrMore[str]
    text: NonEmptyText


TeamCommand = (
    Initial
    | Read
    | Decide
    | Propose
    | Withdraw
    | Share
    | Grant
    | Consult
    | Answer
    | State
    | Message
    | AnswerProbes
    | RateSelf
)
