"""Decisions put to teams: the talk before, the proposals, what was taken, what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from immutables import Map

from tabletop.exercise.events import Mark


@dataclass(frozen=True, slots=True)
class DecisionState:
    """A decision put to one team."""

    presented_at: int
    window: int
    due: int
    entry: str
    phase: str
    options: tuple[str, ...]
    presented_seq: int
    option: str | None = None
    rationale: str = ""
    decided_at: int | None = None
    seq: int = 0
    """Sequence number of the event that recorded or lapsed it."""
    late: bool = False
    lapsed: bool = False
    capital: int = 0
    words: str = ""
    """The decision in the team's own words; `option` is then what control judged it to be, if anything."""
    judged_seq: int = 0
    """Sequence number of the event that judged the words; 0 while they are to be judged."""
    marks: tuple[Mark, ...] = ()
    """What control judged the words to be, objective by objective."""
    locked: Map[str, str] = field(default_factory=Map)
    """Options that the team cannot choose now, each with the reason that it reads."""
    unlocked: frozenset[str] = frozenset()
    """Options that exercise control opened."""
    decided_phase: str = ""
    """The phase in which the option that stands was recorded."""
    had: Map[str, Account] | None = None
    """The accounts of all teams when it was recorded or lapsed, before its own cost."""
    settled: tuple[int, int] = (0, 0)
    """The least and the most `capital` that a backlash has settled."""

    def charged(self, capital: int) -> int:
        """Return how much of a cost or gain the account still holds: what a backlash settled is no part."""
        least, most = self.settled
        return capital - max(least, min(most, capital))

    def stands_with(self, option: str) -> bool:
        """Return whether this is the option that the team took, and not in its own words."""
        return self.decided_at is not None and not self.words and self.option == option

    @property
    def open(self) -> bool:
        """Whether nothing has been recorded and it has not lapsed."""
        return self.decided_at is None and not self.lapsed

    def may_choose(self, now: int) -> bool:
        """Return whether the team may take it, or amend what it took."""
        return not self.lapsed and (self.decided_at is None or now <= self.due)

    @property
    def to_judge(self) -> bool:
        """Whether it is in the team's own words and control has not judged it."""
        return bool(self.words) and not self.judged_seq


@dataclass(frozen=True, slots=True)
class Discussion:
    """What one team talks about before a decision opens."""

    began_at: int
    window: int
    opens: int
    due: int
    entry: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An option, or a decision in `words`, proposed by one member of a team."""

    option: str
    rationale: str
    at: int
    seq: int
    words: str = ""


def proposer_key(person: str, name: str) -> str:
    """Return the key of a team member in `proposals`: the seat id, or the name if there is no seat."""
    return person or f"name {name}"


class Balance(NamedTuple):
    """A team's domestic capital after an event."""

    at: int
    capital: int


@dataclass(frozen=True, slots=True)
class Account:
    """A team's domestic capital."""

    capital: int
    balances: tuple[Balance, ...] = ()
    """What it was after each event that changed it, the first at the start."""
    backlashes: int = 0

    def changed(self, capital: int, at: int) -> Account:
        """Return the account with that capital after an event."""
        return replace(self, capital=capital, balances=(*self.balances, Balance(at, capital)))

    def left_at(self, now: int) -> int:
        """Return the capital as it was at a game time."""
        known = (balance.capital for balance in reversed(self.balances) if balance.at <= now)
        return next(known, self.capital)
