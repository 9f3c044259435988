"""Play a whole exercise from moves in virtual time: headless, or on a console at any speed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import ValidationError

from tabletop.errors import ExitCode, TabletopError
from tabletop.exercise import commands as c
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.schedule import gate_due, next_due
from tabletop.exercise.state import Stage
from tabletop.host.session import Session
from tabletop.playthrough.moves import Move
from tabletop.playthrough.reader import MoveReader
from tabletop.playthrough.remedies import remedy
from tabletop.scenario.gametime import format_time
from tabletop.scenario.problems import Problem, ProblemsFound
from tabletop.scenario.resolving import UnknownIdError
from tabletop.system.clock import VirtualTime

_BEFORE_STARTEX: Final = frozenset({c.ShowRules.verb(), c.Initial.verb()})
"""Moves at T+0 that are made before STARTEX."""
_FOLLOWS: Final = "this may follow from a move above that was refused: mend that one first"


class MoveRefusedError(TabletopError):
    """A move was refused, and the run stopped there."""


@dataclass(frozen=True, slots=True)
class RefusedMove:
    """A move that was refused while the run went on."""

    move: Move
    reason: str
    hint: str | None = None
    """What would make it right."""

    def __str__(self) -> str:
        return f"{self.move.where}: {self._said}"

    @property
    def problem(self) -> Problem:
        """The same as a problem of the moves file, with its line."""
        return self.move.problem("refused", self._said, hint=self.hint)

    @property
    def _said(self) -> str:
        return f"{self.move.called} by {self.move.seat} at {format_time(self.move.at)}: {self.reason}"


class MovesRefusedError(ProblemsFound):
    """Moves were refused although the run went on to its end."""

    exit_code = ExitCode.PROBLEMS

    @classmethod
    def of(cls, refusals: Sequence[RefusedMove]) -> MovesRefusedError:
        """Return the error about refused moves, in the order of play."""
        first, *others = (refusal.problem for refusal in refusals)
        return cls([first, *(replace(one, hint=_or_follows(one.hint)) for one in others)])


def _or_follows(hint: str | None) -> str:
    return f"{hint}; or {_FOLLOWS}" if hint else _FOLLOWS


class Playthrough:
    """Play moves at their times while injects are released when due.

    At one moment due injects come first, then moves, then the gate, then the injects that the gate releases,
    and at the scenario's length ENDEX. `time` must be the session's own.
    """

    def __init__(
        self,
        session: Session,
        time: VirtualTime,
        moves: Sequence[Move],
        *,
        refused: Callable[[RefusedMove], None] | None = None,
    ) -> None:
        """Without `refused`, a refused move raises `MoveRefusedError`; with it, play goes on."""
        self._session = session
        self._time = time
        self._moves = list(moves)
        self._refused = refused
        scenario = session.state.script.scenario
        self._length = scenario.length
        self._reader = MoveReader(scenario)
        self._moments = _moments(session, moves)

    @property
    def finished(self) -> bool:
        """Whether every moment has been played."""
        return not self._moments

    def start(self) -> None:
        """Make the moves that come before STARTEX, then give it, with automatic release of injects."""
        self._session.submit(c.FACILITATOR, c.Auto(on=True))
        before = [move for move in self._moves if move.at == 0 and move.fields.get("do") in _BEFORE_STARTEX]
        for move in before:
            self._moves.remove(move)
            self._make(move)
        self._session.submit(c.FACILITATOR, c.Startex())

    def run(self) -> None:
        """Play to the end. Raises `MoveRefusedError`."""
        self.start()
        while self._moments:
            self.play_until(self._moments[0])

    def play_until(self, game_time: float) -> None:
        """Play every moment up to and including a game time, and stop the clock there."""
        while self._moments and (moment := self._next_moment()) <= game_time:
            if moment == self._moments[0]:
                self._moments.pop(0)
            self._go_to(moment)
            self._play(moment)
        self._go_to(game_time)

    def _next_moment(self) -> int:
        """Return the next moment at which something is planned, or due after something that has happened."""
        state, now = self._session.state, self._session.now
        if not state.running:  # the clock stands, and nothing becomes due
            return self._moments[0]
        due = next_due(state, now)
        return self._moments[0] if due is None else min(self._moments[0], due)

    def _go_to(self, game_time: float) -> None:
        missing = game_time - self._session.exact_now
        if self._session.state.running and missing > 0:
            # Slightly too far rather than too short, so that whole seconds are reached exactly.
            self._time.seconds += missing / self._session.state.rate + 1e-7

    def _play(self, moment: int) -> None:
        self._session.tick()
        while self._moves and self._moves[0].at <= moment:
            self._make(self._moves.pop(0))
            self._session.tick()
        if self._session.state.running and gate_due(self._session.state, moment):
            self._session.submit(c.FACILITATOR, c.Gate())
            self._session.submit(c.FACILITATOR, c.BeginPhase())
            self._session.tick()
        playing = self._session.state.stage in (Stage.RUNNING, Stage.PAUSED, Stage.GATE)
        if moment >= self._length and playing:
            self._session.submit(c.FACILITATOR, c.Endex())

    def _make(self, move: Move) -> None:
        code = ""
        try:
            seat = self._reader.seat(move.seat)
            answer = self._session.submit(seat, self._reader.command(seat, move.fields, self._session.state))
            reason = answer.message if isinstance(answer, Refusal) else None
            code = answer.code if isinstance(answer, Refusal) else ""
        except UnknownIdError as unknown:
            reason = unknown.message
        except ValidationError as error:
            reason = str(error.errors()[0]["msg"])
        if reason is None:
            return
        verb = str(move.fields.get("do"))
        refused = RefusedMove(move, reason, remedy(verb, code, self._session.state.stage))
        if self._refused is None:
            raise MoveRefusedError(
                f"{refused}\nNothing after this move was played.", exit_code=ExitCode.PROBLEMS
            )
        self._refused(refused)


def _moments(session: Session, moves: Sequence[Move]) -> list[int]:
    scenario = session.state.script.scenario
    times = {scenario.length, *(phase.from_ for phase in scenario.phases), *(move.at for move in moves)}
    for entry in scenario.timeline:
        times |= {time for time in (entry.at, entry.latest) if time is not None}
    return sorted(times)
