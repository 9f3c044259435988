"""How capitals worked together: who gave what to whom and how fast, who asked whom, who decided when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.report.model.exchange import ConsultationRecord
from tabletop.scenario.options import option_name
from tabletop.scenario.quantities import Moment, Stretch


@dataclass(frozen=True)
class Handover:
    """A card given to a partner for the first time; `after` counts from when the giver had it."""

    card: str
    code: str
    title: str
    at: Moment
    after: Stretch
    within: bool
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Act:
    """A decision taken, or words said in public."""

    what: str
    at: Moment
    public: bool
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Asking:
    """One partner asked once. `implied` if an option stood for it, which asks and answers at once."""

    at: Moment
    about: str | None
    implied: bool
    answered: Stretch | None
    """How long after; None if it never was."""
    before: Act | None
    """What the asker did next."""
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Tie:
    """What one team gave another and asked of it."""

    by: str
    to: str
    cards: int
    within: int
    median: Stretch | None
    handovers: tuple[Handover, ...]
    asked: int
    answered: int
    unanswered: int
    median_answer: Stretch | None
    implied: int
    askings: tuple[Asking, ...]


@dataclass(frozen=True)
class JointAnswer:
    """What a capital decided, how long after it was asked."""

    team: str
    option: str
    title: str
    """The title of the option; may be empty."""
    text: str
    at: Moment
    after: Stretch
    late: bool
    evidence: tuple[int, ...]

    @property
    def name(self) -> str:
        """What the option is called; ``own words`` if the team wrote its decision itself."""
        return option_name(self.option, self.option if self.title else "", self.title)


@dataclass(frozen=True)
class JointDecision:
    """A decision put to several capitals; the first to decide stands first."""

    id: str
    code: str
    title: str
    put: Moment
    lag: Stretch | None
    """From the first to the last; None if fewer than two decided."""
    answers: tuple[JointAnswer, ...]
    missing: tuple[str, ...]
    """Who did not decide, or has not yet."""

    @property
    def name(self) -> str:
        """Code and title."""
        return f"{self.code} {self.title}" if self.code else self.title


@dataclass(frozen=True)
class Coordination:
    """The coordination matrix, decisions that several capitals took, and who consulted whom."""

    ties: tuple[Tie, ...]
    joint: tuple[JointDecision, ...]
    consultations: tuple[ConsultationRecord, ...]
    judged: bool
    """Whether a rule of the scenario judges it."""
    names: Mapping[str, str]
    """What teams are called, by id."""
