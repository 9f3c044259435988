"""Who sits at the table and who holds each team's pen. Pure: every change makes a new roster.

The pen is the right to record decisions and statements for a team. Whoever joins a team whose pen is free
gets it, so that a team of one is never asked about it. A pen that the facilitator has taken back stays
back until the facilitator gives it away again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from immutables import Map

from tabletop.exercise.refusal import Refusal

Standing = Literal["connected", "silent", "closed", "away"]
"""Of a seat: its station is there, has fallen silent, was closed, or has not come since the host began."""


@dataclass(frozen=True, slots=True)
class SeatInfo:
    """One person at the table."""

    id: str
    """Says nothing to people and cannot be guessed."""
    acts_as: str
    """A team's id, or the word for a seat that plays no team."""
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat and the SHA-256 of the token that proves it."""

    info: SeatInfo
    proof: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Roster:
    """All seats in the order in which they were taken, and the pens."""

    seated: tuple[Seated, ...] = ()
    pens: Mapping[str, str | None] = Map()
    """By team, the seat that holds it; None while the facilitator keeps it; a free pen is not in here."""

    def seat(self, seat_id: str) -> SeatInfo | None:
        """The seat of that id."""
        return next((one.info for one in self.seated if one.info.id == seat_id), None)

    def joined(self, newcomer: Seated, *, plays: bool) -> Roster:
        """With one more seat; `plays` for one that sits with a team."""
        team, pens = newcomer.info.acts_as, self.pens
        if plays and team not in pens:
            pens = _with(pens, team, newcomer.info.id)
        return replace(self, seated=(*self.seated, newcomer), pens=pens)

    def proven_by(self, seat_id: str, proof: bytes) -> Roster:
        """With that seat known by another token from now on."""
        return replace(
            self,
            seated=tuple(replace(one, proof=proof) if one.info.id == seat_id else one for one in self.seated),
        )

    def without(self, seat_id: str) -> Roster:
        """With that seat gone, and its pen free."""
        return Roster(
            seated=tuple(one for one in self.seated if one.info.id != seat_id),
            pens=Map({team: holder for team, holder in self.pens.items() if holder != seat_id}),
        )

    def handed(self, team: str, to_seat: str, by: str) -> Roster | Refusal:
        """With the pen handed on by the seat that holds it."""
        if self.pens.get(team) != by:
            return Refusal("only who holds the pen can hand it over", "pen")
        return self.given(team, to_seat)

    def given(self, team: str, to_seat: str | None) -> Roster | Refusal:
        """With the pen at that seat, as the facilitator wants it; None for with the facilitator."""
        if to_seat is not None:
            seat = self.seat(to_seat)
            if seat is None or seat.acts_as != team:
                return Refusal("the pen can only go to a seat of the same team", "pen")
        return replace(self, pens=_with(self.pens, team, to_seat))


def _with(pens: Mapping[str, str | None], team: str, holder: str | None) -> Mapping[str, str | None]:
    return Map({**pens, team: holder})
