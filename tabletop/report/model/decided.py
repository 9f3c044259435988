"""What could be chosen in each decision, and what it was good or bad for: also what nobody chose."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.scenario.options import option_words
from tabletop.scenario.quantities import Moment, Points


@dataclass(frozen=True, slots=True)
class OptionMark:
    """A mark that an option carries, with its reason; `when` says under which condition, `teams` for whom."""

    objective: str
    code: str
    points: Points
    why: str
    when: str = ""
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choosing:
    """A team that chose an option, and when; `at` is None if it decided nothing."""

    team: str
    name: str
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class LockedTo:
    """A team to which an option was locked, and why."""

    team: str
    name: str
    locked: str
    """The reason that it read."""


@dataclass(frozen=True, slots=True)
class ExplainedOption:
    """An option with its marks, who chose it, to whom it was locked; without an `id`: deciding nothing."""

    id: str
    letter: str
    title: str
    text: str
    marks: tuple[OptionMark, ...]
    chosen: tuple[Choosing, ...]
    locked: tuple[LockedTo, ...] = ()
    cost: str = ""
    """The domestic capital that it costs or brings, by team; empty if it moves none."""

    @property
    def words(self) -> str:
        """The option as a team reads it."""
        return option_words(self.letter, self.title, self.text)


@dataclass(frozen=True, slots=True)
class ExplainedDecision:
    """A decision that was put: every option with its marks, and which choices of several teams fit."""

    id: str
    code: str
    title: str
    teams: tuple[str, ...]
    objectives: tuple[str, ...]
    options: tuple[ExplainedOption, ...]
    fits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExplainedSituation:
    """One situation that could move a score: what it gave, and the best and the worst that it could give."""

    at: Moment | None
    source: str
    what: str
    mark: Points
    best: Points
    worst: Points
