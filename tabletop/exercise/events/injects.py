"""Injects on their way to the teams, and the cards that teams hold and share."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tabletop.exercise.events.base import BaseEvent, Teams, Timing


class Paragraph(BaseModel):
    """A paragraph of an inject and the teams that read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    to: Teams
    text: str


class Written(BaseModel):
    """The words of an inject, as typed: nothing that a person types is refused or changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    sender: str
    channel: str
    to: Teams
    text: str


class InjectAdded(BaseEvent):
    """An inject that the scenario did not hold: ad hoc, or a backlash."""

    type: Literal["inject-added"] = "inject-added"
    entry: str
    code: str
    inject: Written


class InjectEdited(BaseEvent):
    """Its words were changed before release."""

    type: Literal["inject-edited"] = "inject-edited"
    entry: str
    title: str
    text: str


class InjectReaddressed(BaseEvent):
    """It will go to other teams than planned."""

    type: Literal["inject-readdressed"] = "inject-readdressed"
    entry: str
    to: Teams


class InjectHeld(BaseEvent):
    """It stays back until released or unheld by hand."""

    type: Literal["inject-held"] = "inject-held"
    entry: str
    reason: str = ""


class InjectUnheld(BaseEvent):
    """It is scheduled again."""

    type: Literal["inject-unheld"] = "inject-unheld"
    entry: str


class InjectSkipped(BaseEvent):
    """It will not go out: by hand, or because its branch was not taken."""

    type: Literal["inject-skipped"] = "inject-skipped"
    entry: str
    branch: bool = False
    reason: str = ""


class InjectReleased(BaseEvent):
    """It went out, with these words, to these teams."""

    type: Literal["inject-released"] = "inject-released"
    entry: str
    code: str
    title: str
    sender: str
    channel: str
    to: Teams
    text: str
    additions: tuple[Paragraph, ...] = ()
    due: int | None = None
    timing: Timing = "on-time"


class InjectRead(BaseEvent):
    """A team opened it."""

    type: Literal["inject-read"] = "inject-read"
    entry: str
    team: str


class CardReceived(BaseEvent):
    """A team now holds a card."""

    type: Literal["card-received"] = "card-received"
    team: str
    card: str
    code: str
    title: str
    text: str
    sanitised: str | None = None
    window: int
    tags: tuple[str, ...] = ()
    entry: str


class CardShared(BaseEvent):
    """A team gave a card to partners, as is or sanitised; `text` is what they read."""

    type: Literal["card-shared"] = "card-shared"
    by: str
    to: Teams
    card: str
    code: str
    title: str
    text: str
    window: int
    tags: tuple[str, ...] = ()
    sanitised: bool = False
    onward: bool = False
    decision: str | None = None


class LeaveGranted(BaseEvent):
    """The owner of a card let partners pass it on."""

    type: Literal["leave-granted"] = "leave-granted"
    by: str
    to: Teams
    card: str
    title: str


InjectEvent = (
    InjectAdded
    | InjectEdited
    | InjectReaddressed
    | InjectHeld
    | InjectUnheld
    | InjectSkipped
    | InjectReleased
    | InjectRead
    | CardReceived
    | CardShared
    | LeaveGranted
)
