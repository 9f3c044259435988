"""The shared picture, and what was not known when it was needed."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.rules.critical_information import seconds_by
from tabletop.scenario.quantities import Moment, Stretch


@dataclass(frozen=True)
class AnswerRun:
    """A team's answer to a probe; `answer` is None if it gave none. `mark` is None if nothing was true."""

    team: str
    answer: str | None
    text: str
    told: bool
    mark: float | None


@dataclass(frozen=True)
class ProbeRun:
    """A probe as it was asked, what was true then, and what each team answered."""

    probe: str
    gate: str
    at: Moment
    asks: str
    truth: tuple[str, ...]
    answers: tuple[AnswerRun, ...]
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class SharedPicture:
    """Per cent right and shared over all probes, and each probe."""

    right: float | None
    shared: float | None
    probes: tuple[ProbeRun, ...]


@dataclass(frozen=True)
class InformationPoint:
    """How long a team had acted without a card that a partner held, by a game time."""

    at: Moment
    without: Stretch


@dataclass(frozen=True)
class InformationRun:
    """How that grew for one team."""

    team: str
    points: tuple[InformationPoint, ...]
    total: Stretch
    cards: tuple[str, ...] = ()
    """The cards that it lacked meanwhile, by code and title."""

    def by(self, at: int) -> Stretch:
        """Return how long it had been by a game time."""
        return Stretch(seconds_by(tuple((int(one.at), int(one.without)) for one in self.points), at))
