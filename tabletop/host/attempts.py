"""How many wrong codes may be tried: enough for people who mistype, too few for a guesser.

At 2,600 tries a minute against 44 bits, eight hours of guessing find one of eight open codes with a chance
of six in ten million.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import Final

from tabletop.system.addresses import origin

PERIOD: Final = 60.0
"""Seconds that a wrong try counts."""

FROM_ONE: Final = 10
"""Wrong tries in a period from one address, after which none is looked at."""

IN_ALL: Final = 2_500
"""Wrong tries in a period from all addresses, after which only first tries are looked at."""

FIRST_TRIES: Final = 100
"""So many of these in a period, from addresses that never erred."""

ERRED: Final = 65_536
"""Addresses that are remembered because they erred once."""

ALL: Final = ""
"""Stands for every address."""


class Attempts:
    """The wrong tries of the last minute; refused ones do not count, or a lock would never end.

    An IPv6 address counts as its /64, any address of which one computer can take.
    """

    def __init__(self) -> None:
        # Holds at most IN_ALL + FIRST_TRIES entries, because nothing is looked at beyond.
        self._wrong: deque[tuple[float, str]] = deque()
        self._of: Counter[str] = Counter()
        self._first: deque[float] = deque()
        self._erred: dict[str, None] = {}
        self._told: dict[str, float] = {}

    def looked_at(self, address: str, now: float) -> bool:
        """Count a try; return whether it is to be looked at."""
        address = origin(address)
        spent = self._spent(address, now)
        if spent != ALL:
            return spent is None
        if address in self._erred or self._of[address] or len(self._first) >= FIRST_TRIES:
            return False
        self._first.append(now)
        return True

    def wrong(self, address: str, now: float) -> str | None:
        """Count a wrong try. If that was one too many: the address, or `ALL`, that nobody was told of yet."""
        address = origin(address)
        self._wrong.append((now, address))
        self._of[address] += 1
        self._erred.pop(address, None)
        self._erred[address] = None
        if len(self._erred) > ERRED:
            del self._erred[next(iter(self._erred))]
        spent = self._spent(address, now)
        if spent is None or spent in self._told:
            return None
        self._told[spent] = now
        return spent

    def _spent(self, address: str, now: float) -> str | None:
        """Return `ALL` or the address if its tries of this period are used up."""
        while self._wrong and now - self._wrong[0][0] >= PERIOD:
            _, old = self._wrong.popleft()
            self._of[old] -= 1
            if not self._of[old]:
                del self._of[old]
        while self._first and now - self._first[0] >= PERIOD:
            self._first.popleft()
        self._told = {who: at for who, at in self._told.items() if now - at < PERIOD}
        if self._of[address] >= FROM_ONE:
            return address
        return ALL if len(self._wrong) >= IN_ALL else None
