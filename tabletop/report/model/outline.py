"""What was played, and the summary of it."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.scenario.quantities import Moment, Points, Score, Stretch


@dataclass(frozen=True)
class TeamInfo:
    """A team and the offices that decide in it."""

    id: str
    name: str
    offices: tuple[str, ...]


@dataclass(frozen=True)
class PhaseRun:
    """A phase as planned and as played."""

    id: str
    title: str
    planned: Moment
    began: Moment | None
    ended: Moment | None


@dataclass(frozen=True)
class CourseEvent:
    """A turn in the course of the exercise: STARTEX, PAUSEX, a gate, ENDEX."""

    at: Moment
    what: str
    detail: str
    wall: str | None


@dataclass(frozen=True)
class RuleUse:
    """A rule and how much it gave and took."""

    id: str
    title: str
    entries: int
    gained: Points
    lost: Points


@dataclass(frozen=True)
class Overview:
    """What was played, by whom, when and for how long."""

    exercise: str
    scenario: str
    scenario_id: str
    scenario_hash: str
    imprint: str
    """Version, status and author of the scenario, on one line; may be empty."""
    program: str
    headless: bool
    """Whether the program played it from a file of moves, in virtual time."""
    initialled: tuple[str, ...]
    """Who initialled the rules and objectives for each team; none in an anonymous report."""
    judges: tuple[str, ...]
    """Who judged: observed, ticked, rated or adjusted; none in an anonymous report."""
    practice: str
    """Who played the teams that the program played; empty if people played all of them."""
    consent: str
    """Who initialled the rules and objectives; empty if they were not shown."""
    incomplete: str
    """What was recorded and lost, so that it is missing here; empty if nothing is."""
    rescored: str
    """That it was made under other rules than it is scored by; empty if it was not."""
    date: str | None
    stage: str
    started: bool
    ended: bool
    played: Stretch
    planned: Stretch
    real: Stretch | None
    players: str | None
    sponsor: str | None
    handling: str | None
    """To whom the report may go; None for people to fill in."""
    scope: str | None
    threat: str | None
    summary: str | None
    situation: str | None
    zone: str | None
    teams: tuple[TeamInfo, ...]
    phases: tuple[PhaseRun, ...]
    course: tuple[CourseEvent, ...]
    rules: tuple[RuleUse, ...]
    events: int
    chain_head: str | None

    @property
    def title(self) -> str:
        """What the exercise is called: by the scenario's title, if its name is only the scenario's id."""
        return self.scenario if self.exercise == self.scenario_id else self.exercise


@dataclass(frozen=True)
class Turn:
    """The ledger's entries for one thing a team did or left undone, added up."""

    team: str
    at: Moment
    points: Points
    objectives: tuple[str, ...]
    """On which it gained or lost, as `points` say."""
    against: tuple[str, ...]
    """On which it did the opposite."""
    reason: str
    """Of one of its marks."""
    sources: int
    """From how many rules its marks came; all those of options count as one."""
    alike: int
    """How many such moments came to as much, itself included."""
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class SummaryParagraph:
    """A paragraph of the executive summary with the word it begins under."""

    title: str
    text: str


@dataclass(frozen=True)
class Summary:
    """The executive summary: figures and finished prose."""

    score: Score | None = None
    rule_score: Score | None = None
    words: str | None = None
    paragraphs: tuple[SummaryParagraph, ...] = ()
    best: Turn | None = None
    costliest: Turn | None = None


@dataclass(frozen=True)
class PhasePrompts:
    """Questions for the room about one phase."""

    phase: str
    prompts: tuple[str, ...]
