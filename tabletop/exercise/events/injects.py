"""Events of injects, and of the cards that teams hold and share."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tabletop.exercise.events.base import BaseEvent, Teams, Timing
from tabletop.exercise.events.decisions import KeptCard


class Paragraph(BaseModel):
    """A paragraph of an inject and the teams that read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    to: Teams
    text: str


class InjectContent(BaseModel):
    """The content of an inject, exactly as typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    sender: str
    channel: str
    to: Teams
    text: str
    office: str = ""
    """The office in the teams that it is addressed to."""


class Attached(BaseModel):
    """A file that came with an inject: its name, what it shows in words, its media type and size in bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    file: str
    alt: str
    media: str
    size: int


class InjectAdded(BaseEvent):
    """An inject that is not in the scenario was added: ad hoc, or a backlash."""

    type: Literal["inject-added"] = "inject-added"
    entry: str
    code: str
    inject: InjectContent


class InjectEdited(BaseEvent):
    """An inject's title or text was changed before release."""

    type: Literal["inject-edited"] = "inject-edited"
    entry: str
    title: str
    text: str


class InjectReaddressed(BaseEvent):
    """An inject was addressed to other teams than planned."""

    type: Literal["inject-readdressed"] = "inject-readdressed"
    entry: str
    to: Teams


class InjectHeld(BaseEvent):
    """An inject was held until it is released or unheld by hand."""

    type: Literal["inject-held"] = "inject-held"
    entry: str
    reason: str = ""


class InjectUnheld(BaseEvent):
    """An inject was put back on the schedule."""

    type: Literal["inject-unheld"] = "inject-unheld"
    entry: str


class InjectSkipped(BaseEvent):
    """An inject was skipped, by hand or because its branch was not taken."""

    type: Literal["inject-skipped"] = "inject-skipped"
    entry: str
    branch: bool = False
    reason: str = ""


class DelayBegan(BaseEvent):
    """What an inject follows became true; it is due after its delay."""

    type: Literal["delay-began"] = "delay-began"
    entry: str
    due: int
    """Game second at which it is due."""


class InjectReleased(BaseEvent):
    """An inject was released with this content to these teams."""

    type: Literal["inject-released"] = "inject-released"
    entry: str
    code: str
    title: str
    sender: str
    channel: str
    to: Teams
    text: str
    office: str = ""
    additions: tuple[Paragraph, ...] = ()
    attachments: tuple[Attached, ...] = ()
    due: int | None = None
    timing: Timing = "on-time"


class InjectRead(BaseEvent):
    """A team opened an inject."""

    type: Literal["inject-read"] = "inject-read"
    entry: str
    team: str


class CardReceived(BaseEvent):
    """A team received a card."""

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
    caveat: Teams = ()
    """Teams from which its raw form is to be kept."""
    keeps: tuple[KeptCard, ...] = ()
    """From whom an earlier decision of the team keeps it in this phase."""


class StandingRule(BaseModel):
    """A rule by which a card passed on by itself, in its holder's name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = ""
    """What people call it; may be empty."""
    when: str = ""
    """Its condition in words; only for those who see everything."""


class CardDealt(BaseEvent):
    """A team holds a card from the start of a shorter form of the scenario; `text` is what it reads."""

    type: Literal["card-dealt"] = "card-dealt"
    team: str
    card: str
    code: str
    title: str
    text: str
    owner: str
    """The team whose card it is; it may share it by hand, others need its leave."""
    sanitised: str | None = None
    """What the owner passes on without its sources."""
    clean: bool = False
    """The team got it without its sources."""
    window: int
    tags: tuple[str, ...] = ()
    caveat: tuple[str, ...] = ()


class CardShared(BaseEvent):
    """A team shared a card with partners, as is or sanitised; `text` is what they read."""

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
    caveat: Teams = ()
    """Teams from which its raw form is to be kept."""
    standing: StandingRule | None = None
    """The rule by which it passed on by itself; None if the team shared it."""


class LeaveGranted(BaseEvent):
    """The owner of a card allowed partners to pass it on."""

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
    | DelayBegan
    | InjectReleased
    | InjectRead
    | CardReceived
    | CardDealt
    | CardShared
    | LeaveGranted
)
