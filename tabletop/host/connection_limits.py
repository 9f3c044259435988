"""How many connections an address may have at a time, how fast it may open them, and which are blocked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CONNECTIONS: Final = 64
"""Connections an address may have at a time, unless the host is told otherwise."""

CUT_COSTS: Final = 16.0
"""What a connection that was cut off for flooding takes of those that its address may open."""


@dataclass(slots=True)
class _Address:
    """What one address has and may have."""

    left: float
    """Connections that it may open now."""
    at: float
    """When that was so."""
    open: int = 0


class ConnectionLimits:
    """Decides about every connection when it comes. All calls come from the network's thread."""

    def __init__(self, most: int = CONNECTIONS) -> None:
        """`most` is how many connections an address may have, and also how many it may open a second."""
        self.most = most
        self.blocked: frozenset[str] = frozenset()
        """Addresses that nothing is accepted from; replaced as a whole, from any thread."""
        self._known: dict[str, _Address] = {}

    def opened(self, address: str, now: float) -> bool:
        """Count a connection that has come; return whether it may stay. If so, `closed` has to follow."""
        known = self._refilled(address, now)
        if known.open >= self.most or known.left < 1:
            return False
        known.left -= 1
        known.open += 1
        return True

    def closed(self, address: str, now: float) -> None:
        """Count a connection that is over."""
        known = self._refilled(address, now)
        known.open -= 1
        if not known.open:
            self._forget(now)

    def flooded(self, address: str, now: float) -> None:
        """A connection of it was cut off for flooding: it may open fewer for a while."""
        known = self._refilled(address, now)
        known.left = max(-float(self.most), known.left - CUT_COSTS)

    def _refilled(self, address: str, now: float) -> _Address:
        burst = 2.0 * self.most
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = _Address(burst, now)
        known.left, known.at = min(burst, known.left + (now - known.at) * self.most), now
        return known

    def _forget(self, now: float) -> None:
        """Forget addresses that nothing is held against, now and then."""
        if len(self._known) < 1_024:
            return
        idle = [a for a, known in self._known.items() if not known.open and now - known.at > 4]
        for address in idle:
            del self._known[address]
