"""Play a scenario from STARTEX to ENDEX in virtual time, with `decide`, `apply` and the scorer alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.apply import apply, create
from tabletop.exercise.decide import advance, decide
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.schedule import Quiet, gate_due, next_due
from tabletop.exercise.state import Exercise
from tabletop.exercise.view import view
from tabletop.rehearsal.seat import SEEN, PlayerSeat, Turn
from tabletop.rules.gate_bonus import credits_at_gate
from tabletop.rules.scoring import Scorer

Keep = Callable[[Record], None]
"""Takes each record of a play, where somebody wants them."""


class Start:
    """An exercise at its first record. Every play begins from a copy, so that a scenario is compiled once."""

    def __init__(self, first: Record) -> None:
        self.first = first
        self.state = create(first)
        self._scorer = Scorer(self.state.script.scenario)
        self._scorer.see(first, self.state)

    def scorer(self) -> Scorer:
        """Return a scorer that has seen the first record."""
        return self._scorer.fork()


class Game:
    """One play. Times are game seconds; it jumps to the next one at which anything is due."""

    def __init__(
        self, start: Start, seats: Sequence[PlayerSeat], *, seed: int, keep: Keep | None = None
    ) -> None:
        self.state: Exercise = start.state.changed(seed=seed)
        self.scorer = start.scorer()
        self.now = 0
        self._seats = seats
        self._by_team: Mapping[str, PlayerSeat] = {seat.team: seat for seat in seats}
        self._keep = keep
        self._wall = start.first.wall
        self._quiet: Quiet | None = None

    def run(self) -> None:
        """Play from STARTEX to ENDEX."""
        self._give(c.FACILITATOR, c.Auto(on=True))
        self._give(c.FACILITATOR, c.Startex())
        length = self.state.script.scenario.length
        while self.state.running:
            self._moment()
            if self.now >= length:
                self._give(c.FACILITATOR, c.Endex())
                return
            self.now = min(length, self._next())

    def _next(self) -> int:
        """Return the next moment at which anything is due, for control or for a team."""
        phases = (phase.from_ for phase in self.state.script.scenario.phases)
        due = next_due(self.state, self.now)
        acts = (seat.next_at for seat in self._seats)
        return min(
            [
                self.state.script.scenario.length,
                *(start for start in phases if start > self.now),
                *([] if due is None else [due]),
                *(at for at in acts if at is not None),
            ]
        )

    def _moment(self) -> None:
        """Play what is due now: injects first, then the teams' turns, then the gate."""
        self._settle()
        for seat in self._seats:
            while (turn := seat.take(self.now)) is not None:
                self._act(seat, turn)
        if gate_due(self.state, self.now):
            self._give(c.FACILITATOR, c.Gate())
            for credit in list(credits_at_gate(self.state.script.scenario, self.scorer)):
                self._give(c.CLOCK, credit)
            self._give(c.FACILITATOR, c.BeginPhase())
            self._settle()

    def _settle(self) -> None:
        while due := advance(self.state, self.now, self._quiet):
            self._record(due, c.CLOCK)
        self._quiet = Quiet(self.state, self.now)

    def _act(self, seat: PlayerSeat, turn: Turn) -> None:
        if any(self._give(seat.team, command) for command in turn.commands):
            self._settle()
        else:
            seat.refused(turn, self.now)

    def _give(self, seat: str, command: c.Command | c.Credit) -> bool:
        """Give a command; return whether it was granted."""
        granted = decide(self.state, seat, command, self.now)
        if isinstance(granted, Refusal):
            return False
        self._record(granted, seat)
        return True

    def _record(self, events: Sequence[e.Event], by: str) -> None:
        for event in events:
            record = Record(
                seq=self.state.seq + 1, at=self.now, wall=self._wall, seat=by, key="", digest="", event=event
            )
            self.state = apply(self.state, record)
            self.scorer.see(record, self.state)
            if self._keep is not None:
                self._keep(record)
            if isinstance(event, SEEN):
                self._show(event)

    def _show(self, event: e.Event) -> None:
        for team, seat in self._by_team.items():
            seen = view(event, team)
            if seen is not None:
                seat.see(seen, self.now)
