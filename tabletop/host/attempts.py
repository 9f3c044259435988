"""How many wrong codes may be tried: enough for people who mistype, too few for a guesser.

At 100 tries a minute against 44 bits, eight hours of guessing find one of eight open codes with a chance
of two in a hundred million.
"""

from __future__ import annotations

from collections import deque
from typing import Final

PERIOD: Final = 60.0
"""Seconds that a wrong try counts."""

FROM_ONE: Final = 10
IN_ALL: Final = 100
"""Wrong tries in a period, from one address and from all, after which none is looked at."""

ALL: Final = ""
"""Stands for every address."""


class Attempts:
    """The wrong tries of the last minute; refused ones do not count, or a lock would never end."""

    def __init__(self) -> None:
        # Holds at most IN_ALL entries, because nothing is looked at beyond.
        self._wrong: deque[tuple[float, str]] = deque()
        self._told: dict[str, float] = {}

    def refused(self, address: str, now: float) -> bool:
        """Whether a try from there is not to be looked at."""
        return self._spent(address, now) is not None

    def wrong(self, address: str, now: float) -> str | None:
        """Count a wrong try. If that was one too many: the address, or `ALL`, that nobody was told of yet."""
        self._wrong.append((now, address))
        spent = self._spent(address, now)
        if spent is None or spent in self._told:
            return None
        self._told[spent] = now
        return spent

    def _spent(self, address: str, now: float) -> str | None:
        while self._wrong and now - self._wrong[0][0] >= PERIOD:
            self._wrong.popleft()
        self._told = {who: at for who, at in self._told.items() if now - at < PERIOD}
        if len(self._wrong) >= IN_ALL:
            return ALL
        return address if sum(one == address for _, one in self._wrong) >= FROM_ONE else None
