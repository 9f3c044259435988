"""A player at a team's seat: what it sees becomes commands, each at a game time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.rehearsal.players import Form, Player

SEEN: Final = (
    e.DecisionPresented,
    e.DecisionRecorded,
    e.DecisionLapsed,
    e.CardReceived,
    e.ConsultRequested,
    e.ExerciseStarted,
    e.PhaseBegan,
    e.ExerciseEnded,
)
"""The events that a player acts on."""

_REPLY: Final = 20
"""Game seconds before a team asks its partners in a new phase, and before one answers."""


@lru_cache(maxsize=4096)
def _decide(decision: str, option: str) -> c.Decide:
    """Return the command; it is the same in every play."""
    return c.Decide(decision=decision, option=option)


@dataclass(frozen=True, slots=True)
class Turn:
    """Commands in order of preference: the first that is granted is enough."""

    commands: tuple[c.Command, ...]
    decision: str | None = None
    """The decision that it takes; None if it does something else."""
    until: int = 0
    """A refused turn is tried again up to this game second."""


class PlayerSeat:
    """The acts of one player that are still to come."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.team = player.team
        self._waiting: list[tuple[int, int, Turn]] = []
        self._number = 0
        self._open: dict[str, None] = {}
        """Decisions that nobody has taken for this team, by hand perhaps."""

    def see(self, event: e.Event, at: int) -> None:
        """Take in an event as this seat's `view` shows it."""
        if isinstance(event, e.DecisionPresented):
            self._open[event.decision] = None
            self._asked(event, at)
        elif isinstance(event, e.DecisionRecorded | e.DecisionLapsed):
            self._open.pop(event.decision, None)
        elif isinstance(event, e.CardReceived):
            self._received(event, at)
        elif isinstance(event, e.ConsultRequested):
            if event.by != self.team and self.player.answers:
                answer = c.Answer(from_=event.by, consult=event.consult, text="Agreed.")
                self._plan(at + _REPLY, Turn((answer,)))
        elif isinstance(event, e.ExerciseStarted | e.PhaseBegan):
            self._began(event.phase, at)
        elif isinstance(event, e.ExerciseEnded):
            self._waiting.clear()

    @property
    def next_at(self) -> int | None:
        """The game second of the next act; None if there is none."""
        return self._waiting[0][0] if self._waiting else None

    def take(self, now: int) -> Turn | None:
        """Return the next turn that is due and still has a purpose, and remove it."""
        while self._waiting and self._waiting[0][0] <= now:
            turn = heappop(self._waiting)[2]
            if turn.decision is None or turn.decision in self._open:
                return turn
        return None

    def refused(self, turn: Turn, now: int) -> None:
        """Try a refused turn again later, while there is time."""
        left = turn.until - now
        if left > 0:
            self._plan(now + max(5, left // 2) if left > 5 else turn.until, turn)

    def postpone(self, turn: Turn, at: int) -> None:
        """Give a turn at another time, which had nothing wrong with it."""
        self._plan(at, turn)

    def forget(self, now: int) -> None:
        """Drop what was due by now but decisions that are open: the rest was done before a restart."""
        kept = [item for item in self._waiting if item[0] > now or item[2].decision is not None]
        self._waiting = sorted(kept)

    def _plan(self, at: int, turn: Turn) -> None:
        self._number += 1
        heappush(self._waiting, (at, self._number, turn))

    def _asked(self, event: e.DecisionPresented, at: int) -> None:
        wanted = self.player.options(event)
        if wanted:
            when = at + int((event.due - at) * self.player.moment(event))
            decide = tuple(_decide(event.decision, option) for option in wanted)
            self._plan(when, Turn(decide, event.decision, until=event.due))

    def _received(self, event: e.CardReceived, at: int) -> None:
        partners = defaultdict(list)
        for partner in self.player.scenario.partners(self.team):
            partners[self.player.form(event, partner)].append(partner)
        when = at + int(event.window * self.player.passes_at(event))
        for form in (Form.CLEAN, Form.RAW):
            if partners[form]:
                share = c.Share(card=event.card, with_=tuple(partners[form]), sanitised=form is Form.CLEAN)
                self._plan(when, Turn((share,)))

    def _began(self, phase: str, at: int) -> None:
        partners = self.player.scenario.partners(self.team)
        asked = tuple(partner for partner in partners if self.player.asks(phase, partner))
        if asked:
            consult = c.Consult(with_=asked, text="How do you see it?")
            self._plan(at + _REPLY, Turn((consult,)))
