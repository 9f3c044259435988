"""Objectives, scores, judgements, and the improvement plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tabletop.rules.tally import FEWEST_TOGETHER, Tally
from tabletop.scenario.objectives import Letter
from tabletop.scenario.quantities import Level, Moment, Points, Score


@dataclass(frozen=True)
class ScoreRow:
    """A team's score on an objective; `rule_score` is what the rules alone gave."""

    team: str
    score: Score | None
    rule_score: Score | None
    earned: float
    adjusted: Points
    best: float
    worst: float
    situations: int = 0
    well: int = 0
    badly: int = 0
    proposed: Letter | None = None
    """The rating that the score proposes."""

    @property
    def tally(self) -> Tally:
        """How many situations arose, and how they went."""
        return Tally(self.situations, self.well, self.badly)

    @property
    def shown(self) -> Score | None:
        """The bar as readers see it: None with too few situations to rate."""
        return self.score if self.tally.rated else None


PlanSource = Literal["observation", "objective", "lock", "adjustment"]
"""Where a row of the improvement plan comes from."""


@dataclass(frozen=True)
class Occasion:
    """When something was seen, of whom, and the events that show it."""

    team: str | None
    at: Moment
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class ReportFinding:
    """A strength or an area for improvement. What holds of several teams stands there once, with each.

    `points` were given on each occasion; an observation has none.
    """

    source: Literal["rule", "adjustment", "observation"]
    text: str
    points: Points | None
    rule: str | None
    occasions: tuple[Occasion, ...]


@dataclass(frozen=True)
class ObjectiveResult:
    """An objective with its scores and what explains them."""

    id: str
    code: str
    title: str
    why: str | None
    weight: float
    time_critical: bool
    score: Score | None
    rule_score: Score | None
    gap: Score | None
    teams: tuple[ScoreRow, ...]
    strengths: tuple[ReportFinding, ...]
    improvements: tuple[ReportFinding, ...]
    analysis: str = ""
    """What gave and cost marks, and what would have helped, in a few sentences."""
    more_strengths: str = ""
    """Decisions and habits with a good mark that is not among the strengths shown."""
    more_improvements: str = ""
    """Decisions and habits with a bad mark that is not among the areas for improvement shown."""
    proposed: Letter | None = None
    """The rating that the score of all teams proposes."""

    @property
    def name(self) -> str:
        """Code and title."""
        return f"{self.code} {self.title}"

    @property
    def tally(self) -> Tally:
        """The situations of all teams together."""
        return Tally.total(standing.tally for standing in self.teams)

    @property
    def rated(self) -> bool:
        """Whether all teams can be rated together: two of them are rated, or there is only one team."""
        return sum(standing.tally.rated for standing in self.teams) >= min(FEWEST_TOGETHER, len(self.teams))

    @property
    def shown(self) -> Score | None:
        """What stands for all teams as readers see it: None where they cannot be rated together."""
        return self.score if self.rated else None

    @property
    def adjusted(self) -> bool:
        """Whether a person changed a score on it."""
        return any(standing.adjusted for standing in self.teams)


@dataclass(frozen=True)
class RuleResult:
    """What a rule that compares teams found; `points` for each of the teams on each of the objectives."""

    rule: str
    title: str
    at: Moment
    text: str
    points: Points
    teams: tuple[str, ...]
    objectives: tuple[str, ...]
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Sample:
    """All scores at one moment: overall, by objective, by objective and team."""

    at: Moment
    overall: Score | None
    objectives: Mapping[str, Score | None]
    teams: Mapping[str, Mapping[str, Score | None]]


@dataclass(frozen=True)
class Observation:
    """What an evaluator or the facilitator saw."""

    at: Moment
    text: str
    about: str | None
    team: str | None
    objective: str | None
    kind: Literal["strength", "improvement"] | None
    author: str | None
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Adjustment:
    """A score changed by a person. Both scores are those at the end of the log."""

    at: Moment
    team: str
    objective: str
    points: Points
    reason: str
    rule_score: Score | None
    score: Score | None
    author: str | None
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class RatingRun:
    """How an objective was performed on the HSEEP scale: as the score proposes, and as one person gave it.

    `team` is None for all teams together.
    """

    objective: str
    team: str | None
    proposed: Letter | None
    given: Letter | None
    note: str
    at: Moment | None
    author: str | None
    evidence: tuple[int, ...]

    @property
    def stands(self) -> Letter | None:
        """What was given, else what is proposed."""
        return self.given or self.proposed


@dataclass(frozen=True)
class SelfRatingRow:
    """What a team gave itself on an objective, and what others gave it."""

    objective: str
    own: Letter
    given: tuple[Letter, ...]
    """What evaluators gave for this team."""
    given_to_all: tuple[Letter, ...]
    """What they gave for all teams together."""
    proposed: Letter | None


@dataclass(frozen=True)
class SelfRatingRun:
    """How a team rated itself at one gate, as last recorded; `gate` is a phase, or `end`."""

    gate: str
    at: Moment
    team: str
    ratings: tuple[SelfRatingRow, ...]
    note: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class RatersAgreement:
    """How often two people who rated the same gave the same letter: per cent of pairs."""

    percent: float
    pairs: int
    alike: int


@dataclass(frozen=True)
class PlanRow:
    """A row of the improvement plan; action, owner and date are for people to fill in."""

    number: int
    issue: str
    teams: tuple[str, ...]
    objectives: tuple[str, ...]
    evidence: tuple[int, ...]
    action: str = ""
    owner: str = ""
    due: str = ""
    start: str = ""
    priority: str = ""
    marks: int = 0
    """How many bad marks stand behind it; 0 for an observation."""
    source: PlanSource = "observation"


@dataclass(frozen=True)
class LockedOut:
    """An option that partners chose and that was locked to a team, why, and on what its capital had gone."""

    team: str
    text: str
    objectives: tuple[str, ...]
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class ImprovementPlan:
    """The rows of the plan, how many bad marks came with a choice that was best, and what was locked."""

    rows: tuple[PlanRow, ...] = ()
    prices: int = 0
    locks: tuple[LockedOut, ...] = ()


@dataclass(frozen=True)
class CapitalStep:
    """A change of a team's domestic capital."""

    at: Moment
    capital: Level
    change: Points
    reason: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class CapitalRun:
    """A team's domestic capital from start to end."""

    team: str
    start: Level
    end: Level
    lowest: Level
    backlashes: tuple[Moment, ...]
    steps: tuple[CapitalStep, ...]
