"""What happened: decisions and injects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tabletop.scenario.options import option_name, option_words
from tabletop.scenario.quantities import Moment, Points, Stretch

Timeliness = Literal["in time", "late", "not taken", "open"]
Fate = Literal[
    "on time",
    "early",
    "late",
    "by hand",
    "ad hoc",
    "backlash",
    "held back",
    "skipped",
    "branch not taken",
    "not used",
    "not reached",
]


@dataclass(frozen=True)
class Choice:
    """An option of a decision, as the team read it."""

    id: str
    code: str
    title: str
    """A few words; may be empty."""
    text: str
    tradeoff: str | None

    @property
    def name(self) -> str:
        """What it is called."""
        return option_name(self.id, self.code, self.title)

    @property
    def words(self) -> str:
        """All that a team read of it, but for the dilemma."""
        return option_words(self.code, self.title, self.text)


@dataclass(frozen=True)
class Award:
    """Points that a decision brought on one objective."""

    objective: str
    points: Points
    rule: str
    reason: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Earlier:
    """A choice that a team took back within its window."""

    at: Moment
    option: str
    text: str
    rationale: str


@dataclass(frozen=True)
class Proposed:
    """What a member of a team proposed to whoever decided. `by` is None in an anonymous report."""

    at: Moment
    option: str
    """Its id; empty for a decision in the member's own words."""
    text: str
    rationale: str
    by: str | None
    office: str | None
    fate: Literal["stood", "replaced", "withdrawn"]
    taken: bool
    """The team decided so in the end."""
    evidence: tuple[int, ...]

    @property
    def who(self) -> str:
        """Name and office, as far as they are known and may be told."""
        if not self.by:
            return self.office or "a member of the team"
        return f"{self.by} ({self.office})" if self.office else self.by


@dataclass(frozen=True)
class DecisionRun:
    """One question put to one team, and what became of it."""

    id: str
    code: str
    title: str
    question: str
    team: str
    inject: str
    presented: Moment
    local: str | None
    due: Moment
    window: Stretch
    halved: bool
    taken: Moment | None
    outcome: Timeliness
    late_by: Stretch | None
    options: tuple[Choice, ...]
    chosen: Choice | None
    rationale: str
    nothing: str | None
    reason: str
    points: tuple[Award, ...]
    capital: Points
    earlier: tuple[Earlier, ...]
    evidence: tuple[int, ...]
    proposed: tuple[Proposed, ...] = ()
    own_words: str = ""
    """The decision in the team's own words; `chosen` is then what control judged it to be, if an option."""
    judgement: str = ""
    """How control judged these words; empty if they are still to be judged."""
    talked_first: str = ""
    """What the team talked about before the options opened."""
    opened: Moment | None = None
    """When the options opened, if the team talked first."""

    @property
    def others(self) -> tuple[Choice, ...]:
        """The options that were not chosen."""
        return tuple(option for option in self.options if option != self.chosen)


@dataclass(frozen=True)
class Opening:
    """When a team opened an inject, and how long after its release."""

    team: str
    at: Moment
    after: Stretch


@dataclass(frozen=True)
class AttachmentRun:
    """A file that was shown: what it shows in words, and with which injects."""

    file: str
    alt: str
    kind: str
    media: str
    sha256: str
    shown_with: tuple[str, ...]


@dataclass(frozen=True)
class ActionSeen:
    """A tick of an expected action."""

    outcome: Literal["done", "not-seen"]
    team: str | None
    at: Moment
    in_time: bool | None
    """Whether it was ticked by the time it was expected; None if no time was given, or it was not seen."""
    note: str
    author: str | None
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class ActionRun:
    """An expected action of an inject, and who saw it done or not."""

    number: int
    action: str
    team: str | None
    objective: str | None
    due: Moment | None
    seen: tuple[ActionSeen, ...]


@dataclass(frozen=True)
class InjectRun:
    """A row of the MSEL as played."""

    id: str
    code: str
    title: str
    sender: str
    channel: str
    to: tuple[str, ...]
    text: str
    paragraphs: tuple[str, ...]
    expected: str | None
    office: str | None
    storyline: str | None
    controller: str | None
    priority: str | None
    location: str | None
    actions: tuple[ActionRun, ...]
    planned: str
    due: Moment | None
    released: Moment | None
    local: str | None
    fate: Fate
    reason: str
    edited: bool
    readdressed: bool
    read: tuple[Opening, ...]
    unread: tuple[str, ...]
    decisions: tuple[str, ...]
    evidence: tuple[int, ...]
