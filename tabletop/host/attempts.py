"""Rate limits for wrong codes: enough tries for people who mistype, too few for guessing.

At 2,600 tries a minute against 44 bits, eight hours of guessing find one of eight open codes with a
probability of six in ten million.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import Final

from tabletop.system.addresses import origin

PERIOD: Final = 60.0
"""Seconds for which a wrong try counts."""

FROM_ONE: Final = 10
"""Wrong tries per period and address; further ones are not checked."""

IN_ALL: Final = 2_500
"""Wrong tries per period from all addresses; then only first tries are checked."""

FIRST_TRIES: Final = 100
"""First tries per period that are checked then, from addresses without a wrong try."""

ERRED: Final = 65_536
"""Number of addresses remembered for a wrong try."""

ALL: Final = ""
"""Stands for all addresses."""


class Attempts:
    """Count the wrong tries of the last minute. Rejected tries do not count, or a lock would never end.

    An IPv6 address counts as its /64, because one computer can use any address in it.
    """

    def __init__(self) -> None:
        # At most IN_ALL + FIRST_TRIES entries, because further tries are not checked.
        self._wrong: deque[tuple[float, str]] = deque()
        self._of: Counter[str] = Counter()
        self._first: deque[float] = deque()
        self._erred: dict[str, None] = {}
        self._told: dict[str, float] = {}

    def looked_at(self, address: str, now: float) -> bool:
        """Count a try; return whether it may be checked."""
        address = origin(address)
        spent = self._spent(address, now)
        if spent != ALL:
            return spent is None
        if address in self._erred or self._of[address] or len(self._first) >= FIRST_TRIES:
            return False
        self._first.append(now)
        return True

    def wrong(self, address: str, now: float) -> str | None:
        """Count a wrong try. Return the address, or `ALL`, if its limit is newly exceeded; else None."""
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
        """Return `ALL` or the address if its limit is reached; else None."""
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
