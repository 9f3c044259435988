"""Limits per address: open connections, new connections a second, and blocked addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CONNECTIONS: Final = 64
"""Default limit of open connections per address."""

CUT_COSTS: Final = 16.0
"""New connections that one dropped for flooding costs its address."""


@dataclass(slots=True)
class _Address:
    """State of one address."""

    left: float
    """Connections that it may open now."""
    at: float
    """When `left` was updated."""
    open: int = 0


class ConnectionLimits:
    """Decide on each new connection. All calls come from the network's thread."""

    def __init__(self, most: int = CONNECTIONS) -> None:
        """`most` limits both the open connections of an address and its new ones a second."""
        self.most = most
        self.blocked: frozenset[str] = frozenset()
        """Addresses from which nothing is accepted; replaced as a whole, from any thread."""
        self._known: dict[str, _Address] = {}

    def opened(self, address: str, now: float) -> bool:
        """Count a new connection; return whether it may stay. If so, `closed` has to follow."""
        known = self._refilled(address, now)
        if known.open >= self.most or known.left < 1:
            return False
        known.left -= 1
        known.open += 1
        return True

    def closed(self, address: str, now: float) -> None:
        """Count the end of a connection."""
        known = self._refilled(address, now)
        known.open -= 1
        if not known.open:
            self._forget(now)

    def flooded(self, address: str, now: float) -> None:
        """Reduce the new connections that an address may open, after it flooded."""
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
        """Forget idle addresses, once there are many."""
        if len(self._known) < 1_024:
            return
        idle = [a for a, known in self._known.items() if not known.open and now - known.at > 4]
        for address in idle:
            del self._known[address]
