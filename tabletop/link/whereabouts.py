"""At which of its addresses a station looks for its host. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tabletop.errors import InputError
from tabletop.link.address import HostAddress, parse_address

ELSEWHERE_AFTER: Final = 3.0
"""Seconds for which a host that was lost is looked for where it was: mostly it comes back there."""


class Whereabouts:
    """The address where the host was last, and others where it may be by now.

    Only a host that shows its certificate is looked for elsewhere: any other could be anybody.
    """

    def __init__(self, known: HostAddress, others: Iterable[str] = ()) -> None:
        self.current = known
        self._others: tuple[HostAddress, ...] = ()
        self._turn = 0
        self._tried: set[HostAddress] = set()
        self._found_before = False
        self.learn(others)

    def learn(self, others: Iterable[str]) -> None:
        """Look at these addresses too, in place of those that were known."""
        if self.current.secure:
            found = dict.fromkeys(one for text in others if (one := _secure(text)) is not None)
            self._others = tuple(one for one in found if one != self.current)

    def next(self, lost_for: float) -> HostAddress:
        """Where to try next, when the host has been lost for so many seconds."""
        place = self._choose(lost_for)
        self._tried.add(place)
        return place

    def _choose(self, lost_for: float) -> HostAddress:
        if self._found_before and lost_for < ELSEWHERE_AFTER:
            return self.current
        places = [self.current, *self._others]
        if self._found_before and self._others:  # every other time where it was
            places = [place for other in self._others for place in (self.current, other)]
        turn, self._turn = self._turn, self._turn + 1
        return places[turn % len(places)]

    @property
    def tried_all(self) -> bool:
        """Whether the host was looked for at every address since it was last found."""
        return self._tried >= {self.current, *self._others}

    def found(self, place: HostAddress) -> None:
        """The host is there."""
        if place != self.current:
            self._others = (self.current, *(one for one in self._others if one != place))
            self.current = place
        self._turn, self._found_before = 0, True
        self._tried.clear()


def _secure(text: str) -> HostAddress | None:
    """An address as a host or a file has it; None for one that is none, or that is not encrypted."""
    try:
        place = parse_address(text)
    except InputError:
        return None
    return place if place.secure else None
