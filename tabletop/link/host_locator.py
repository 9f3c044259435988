"""Choose the address at which a station looks for its host. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tabletop.errors import InputError
from tabletop.link.address import HostAddress, parse_address

ELSEWHERE_AFTER: Final = 3.0
"""Seconds for which a lost host is tried only at its last address: mostly it returns there."""


class HostLocator:
    """The last address of the host, and others where it may be by now.

    Only a host with a certificate is looked for elsewhere: without one, anybody could answer.
    """

    def __init__(self, known: HostAddress, others: Iterable[str] = ()) -> None:
        self.current = known
        self._others: tuple[HostAddress, ...] = ()
        self._turn = 0
        self._tried: set[HostAddress] = set()
        self._found_before = False
        self.learn(others)

    def learn(self, others: Iterable[str]) -> None:
        """Replace the other addresses."""
        if self.current.secure:
            found = dict.fromkeys(one for text in others if (one := _secure(text)) is not None)
            self._others = tuple(one for one in found if one != self.current)

    def next(self, lost_for: float) -> HostAddress:
        """Return the address to try next, after the host was lost for so many seconds."""
        place = self._choose(lost_for)
        self._tried.add(place)
        return place

    def _choose(self, lost_for: float) -> HostAddress:
        if self._found_before and lost_for < ELSEWHERE_AFTER:
            return self.current
        places = [self.current, *self._others]
        if self._found_before and self._others:  # alternate with the last address
            places = [place for other in self._others for place in (self.current, other)]
        turn, self._turn = self._turn, self._turn + 1
        return places[turn % len(places)]

    @property
    def tried_all(self) -> bool:
        """Whether every address was tried since the host was last found."""
        return self._tried >= {self.current, *self._others}

    def found(self, place: HostAddress) -> None:
        """Record that the host is at that address."""
        if place != self.current:
            self._others = (self.current, *(one for one in self._others if one != place))
            self.current = place
        self._turn, self._found_before = 0, True
        self._tried.clear()


def _secure(text: str) -> HostAddress | None:
    """Parse an address; return None if it is invalid or not encrypted."""
    try:
        place = parse_address(text)
    except InputError:
        return None
    return place if place.secure else None
