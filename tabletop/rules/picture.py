"""The shared picture: what each team answered to the probes, what was true, and whom it had reached.

Truth is the log: an answer is right if its condition held when the probes were opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from tabletop.exercise.commands.probes import UNKNOWN
from tabletop.exercise.state import Exercise, ProbeState
from tabletop.scenario.probes import Probe

RIGHT: Final = 1.0
WRONG: Final = 0.0
NOT_TOLD: Final = 0.25
"""For a team that says that it does not know, and truly was not told."""


@dataclass(frozen=True, slots=True)
class TeamAnswer:
    """What a team answered to a probe: the letter of an answer, ``unknown``, or nothing."""

    team: str
    option: str | None
    text: str
    told: bool
    """Whether something by which it could know had reached it."""
    mark: float

    @property
    def right(self) -> bool:
        """Whether the answer was true."""
        return self.mark == RIGHT


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """A probe that was put to the teams, with what was true."""

    probe: str
    gate: str
    at: int
    seq: int
    asks: str
    truth: tuple[str, ...]
    """The text of each answer that was right; usually one."""
    answers: tuple[TeamAnswer, ...]

    @property
    def answered(self) -> bool:
        """Whether any team answered it."""
        return any(answer.option is not None for answer in self.answers)

    @property
    def counts(self) -> bool:
        """Whether a team answered it and an answer was right, so that the answers can be judged."""
        return self.answered and bool(self.truth)


@dataclass(frozen=True, slots=True)
class Picture:
    """How well the teams saw the situation, and how far they saw the same."""

    probes: tuple[ProbeResult, ...]

    @property
    def answered(self) -> bool:
        """Whether any team answered any probe."""
        return any(probe.answered for probe in self.probes)

    @property
    def right(self) -> float | None:
        """Per cent of what all answers could have been; None if nothing could be judged."""
        return _percent([answer.mark for answer in self._answers()])

    @property
    def shared(self) -> float | None:
        """Per cent of pairs of teams that gave the same right answer; None without pairs."""
        pairs = [pair for probe in self.probes if probe.counts for pair in combinations(probe.answers, 2)]
        return _percent([float(one.right and one.option == other.option) for one, other in pairs])

    def team(self, team: str) -> float | None:
        """Per cent of what a team's answers could have been."""
        return _percent([answer.mark for answer in self._answers() if answer.team == team])

    def _answers(self) -> Iterator[TeamAnswer]:
        return (answer for probe in self.probes if probe.counts for answer in probe.answers)


NO_PICTURE: Final = Picture(())


def shared_picture(state: Exercise) -> Picture:
    """Return the picture that the teams had, probe by probe in the order of the scenario."""
    planned = state.script.scenario.probes
    asked = [(probe, state.probes[probe.id]) for probe in planned if probe.id in state.probes]
    return Picture(tuple(_result(state, *one) for one in asked))


def _result(state: Exercise, probe: Probe, asked: ProbeState) -> ProbeResult:
    return ProbeResult(
        probe=probe.id,
        gate=asked.gate,
        at=asked.at,
        seq=asked.seq,
        asks=asked.asks,
        truth=tuple(probe.answers[letter].text for letter in asked.right),
        answers=tuple(_answer(probe, asked, team) for team in state.script.scenario.teams),
    )


def _answer(probe: Probe, asked: ProbeState, team: str) -> TeamAnswer:
    option, told = asked.answer(team), team in asked.told
    if option in asked.right:
        mark = RIGHT
    else:
        mark = NOT_TOLD if option == UNKNOWN and probe.told_by and not told else WRONG
    text = asked.options.get(option or "", "")
    return TeamAnswer(team, option, text, told, mark)


def _percent(marks: list[float]) -> float | None:
    return 100 * sum(marks) / len(marks) if marks else None
