"""What teams do."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tabletop.exercise.commands.base import Called, Needed, Wish, Words
from tabletop.scenario.base import OneOrMore


class Read(Wish):
    """Acknowledge an inject."""

    do: Literal["read"] = "read"
    inject: str


class Decide(Wish):
    """Record a decision, or amend it within its window."""

    do: Literal["decide"] = "decide"
    decision: str
    option: str
    rationale: Words = ""


class Propose(Wish):
    """Propose an option to whoever decides for the team; again, in place of what one proposed before.

    Over a network the host fills in who proposes, so that nobody speaks under another's name.
    """

    do: Literal["propose"] = "propose"
    decision: str
    option: str
    rationale: Words = ""
    by: Called = ""
    office: Called = ""
    person: Called = Field(default="", description="The seat of that person; the host fills it in.")


class Withdraw(Wish):
    """Withdraw what one proposed."""

    do: Literal["withdraw"] = "withdraw"
    decision: str
    by: Called = ""
    office: Called = ""
    person: Called = Field(default="", description="The seat of that person; the host fills it in.")


class Share(Wish):
    """Give a card to partners."""

    do: Literal["share"] = "share"
    card: str
    with_: OneOrMore[str] = Field(alias="with")
    sanitised: bool = False
    onward: bool = Field(default=False, description="They may pass it on.")


class Grant(Wish):
    """Let partners pass on a card of this team's own."""

    do: Literal["grant"] = "grant"
    card: str
    to: OneOrMore[str]


class Consult(Wish):
    """Ask partners before acting."""

    do: Literal["consult"] = "consult"
    with_: OneOrMore[str] = Field(alias="with")
    about: str | None = None
    text: Needed


class Answer(Wish):
    """Answer the latest open consultation of a partner, or the one named."""

    do: Literal["answer"] = "answer"
    from_: str = Field(alias="from")
    consult: str | None = None
    text: Needed


class State(Wish):
    """Speak in public."""

    do: Literal["state"] = "state"
    text: Needed
    label: Words | None = None
    about: str | None = None
    area: Words | None = Field(default=None, description="The area whose public it advises.")
    says: Words | None = Field(default=None, description="What it advises, in one word: shelter, all-clear.")


class Message(Wish):
    """Write to partners or to exercise control."""

    do: Literal["message"] = "message"
    to: OneOrMore[str]
    text: Needed
