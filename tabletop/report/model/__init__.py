"""What an after-action report says, as plain data. Every format is made from this and from nothing else.

Teams and objectives are named by ids; `AfterActionReport.team_name` and `.goal` say how people call them.
Text that people typed is kept as typed: making it harmless is each renderer's own matter, since what is
harmless depends on the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tabletop.exercise.events import CONTROL
from tabletop.report.model.coordination import JointDecision, Tie
from tabletop.report.model.exchange import (
    CardRun,
    CardsJudged,
    ConsultationRecord,
    Pair,
    StatementRecord,
    Traffic,
)
from tabletop.report.model.explanation import Improvement, Outlook
from tabletop.report.model.outline import Overview, PhasePrompts, Summary
from tabletop.report.model.picture import InformationRun, SharedPicture
from tabletop.report.model.play import AttachmentRun, DecisionRun, InjectRun
from tabletop.report.model.results import (
    Adjustment,
    CapitalRun,
    LockedOut,
    ObjectiveResult,
    Observation,
    PlanRow,
    RatersAgreement,
    RatingRun,
    RuleResult,
    Sample,
    SelfRatingRun,
)
from tabletop.rules.anchors import AnchorTable
from tabletop.rules.ledger import LedgerEntry


@dataclass(frozen=True)
class AfterActionReport:
    """The whole report."""

    anonymous: bool
    day: date | None
    """Of STARTEX, for the names of files; None where no date is told."""
    overview: Overview
    summary: Summary
    objectives: tuple[ObjectiveResult, ...]
    not_exercised: tuple[ObjectiveResult, ...]
    anchors: AnchorTable | None
    """What was reached beside silence, chance and the best play found."""
    ratings: tuple[RatingRun, ...]
    agreement: RatersAgreement | None
    """How often people agree who rated the same objective of the same team; None if none did."""
    self_ratings: tuple[SelfRatingRun, ...]
    """What teams gave themselves at gates. It counts for nothing."""
    bands: Mapping[str, float]
    """The score from which each rating is proposed, the best one first."""
    outlooks: tuple[Outlook, ...]
    improvements: tuple[Improvement, ...]
    """What would have helped the exercise as a whole most."""
    improvement_plan: tuple[PlanRow, ...]
    prices: int
    """Bad marks that came with a choice than which no other would have brought more in all."""
    locks: tuple[LockedOut, ...]
    """Options that partners chose and that were locked to a team."""
    progress: tuple[Sample, ...]
    decisions: tuple[DecisionRun, ...]
    crossings: tuple[RuleResult, ...]
    ties: tuple[Tie, ...]
    joint: tuple[JointDecision, ...]
    cards: tuple[CardRun, ...]
    timed: tuple[CardsJudged, ...]
    """Which cards are judged by the time at which they reached partners."""
    sharing: tuple[Pair, ...]
    consultations: tuple[ConsultationRecord, ...]
    statements: tuple[StatementRecord, ...]
    messages: tuple[Traffic, ...]
    capital: tuple[CapitalRun, ...]
    picture: SharedPicture
    information: tuple[InformationRun, ...]
    observations: tuple[Observation, ...]
    adjustments: tuple[Adjustment, ...]
    msel: tuple[InjectRun, ...]
    attachments: tuple[AttachmentRun, ...]
    ground_rules: tuple[str, ...]
    prompts: tuple[PhasePrompts, ...]
    ledger: tuple[LedgerEntry, ...]
    judges_coordination: bool = field(repr=False)
    """Whether a rule of the scenario judges how several teams work together."""
    names: Mapping[str, str] = field(repr=False)
    """What teams are called, by id."""
    goals: Mapping[str, tuple[str, str]] = field(repr=False)
    """Code and title of each objective, by id."""

    files: Mapping[str, str] = field(repr=False)
    """The bytes of each attached file in base 64, by its name."""

    @property
    def all_objectives(self) -> tuple[ObjectiveResult, ...]:
        """Every objective, exercised or not, in the order of the scenario."""
        known = {goal.id: goal for goal in (*self.objectives, *self.not_exercised)}
        return tuple(known[goal] for goal in self.goals)

    def team_name(self, team: str) -> str:
        """Return what people call a team; exercise control can be a sender or a receiver too."""
        return "Exercise control" if team == CONTROL else self.names[team]

    def team_names(self, teams: Iterable[str]) -> str:
        """Return what people call the teams."""
        return ", ".join(map(self.team_name, teams))

    def code(self, objective: str) -> str:
        """Return an objective's code."""
        return self.goals[objective][0]

    def goal(self, objective: str) -> str:
        """Return an objective's code and title."""
        return " ".join(self.goals[objective])
