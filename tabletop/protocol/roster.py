"""Seats and pens of an exercise. Pure: every change returns a new roster.

The pen is the right to record decisions and statements for a team. A seat that joins a team whose pen is free
gets it, so a team of one is never asked about it. A pen that the facilitator has taken back stays with the
facilitator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from immutables import Map
from pydantic import ConfigDict

from tabletop.exercise.refusal import Refusal

Standing = Literal["connected", "silent", "closed", "away"]
"""State of a seat's station: connected, silent, closed, or not seen since the host started (away)."""


@dataclass(frozen=True, slots=True)
class SeatInfo:
    """One person's seat."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    """Random; it tells people nothing and cannot be guessed."""
    acts_as: str
    """A team's id, or a control role."""
    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Seated:
    """A seat and the SHA-256 of its token."""

    info: SeatInfo
    proof: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Roster:
    """All seats in the order in which they were taken, and the pens."""

    seated: tuple[Seated, ...] = ()
    pens: Mapping[str, str | None] = Map()
    """By team, the seat that holds the pen; None while the facilitator keeps it; a free pen has no entry."""

    def seat(self, seat_id: str) -> SeatInfo | None:
        """Return the seat with that id, if any."""
        return next((one.info for one in self.seated if one.info.id == seat_id), None)

    def joined(self, newcomer: Seated, *, plays: bool) -> Roster:
        """Add a seat; `plays` if it belongs to a team."""
        team, pens = newcomer.info.acts_as, self.pens
        if plays and team not in pens:
            pens = _with(pens, team, newcomer.info.id)
        return replace(self, seated=(*self.seated, newcomer), pens=pens)

    def proven_by(self, seat_id: str, proof: bytes) -> Roster:
        """Replace the token hash of a seat."""
        return replace(
            self,
            seated=tuple(replace(one, proof=proof) if one.info.id == seat_id else one for one in self.seated),
        )

    def without(self, seat_id: str) -> Roster:
        """Remove a seat and free its pen."""
        return Roster(
            seated=tuple(one for one in self.seated if one.info.id != seat_id),
            pens=Map({team: holder for team, holder in self.pens.items() if holder != seat_id}),
        )

    def handed(self, team: str, to_seat: str, by: str) -> Roster | Refusal:
        """Hand the pen from the seat that holds it to another seat."""
        if self.pens.get(team) != by:
            return Refusal("only who holds the pen can hand it over", "pen")
        return self.given(team, to_seat)

    def given(self, team: str, to_seat: str | None) -> Roster | Refusal:
        """Give the pen to a seat on the facilitator's behalf; None keeps it with the facilitator."""
        if to_seat is not None:
            seat = self.seat(to_seat)
            if seat is None or seat.acts_as != team:
                return Refusal("the pen can only go to a seat of the same team", "pen")
        return replace(self, pens=_with(self.pens, team, to_seat))


def _with(pens: Mapping[str, str | None], team: str, holder: str | None) -> Mapping[str, str | None]:
    return Map({**pens, team: holder})
