"""Addresses that flood the host: counted, reported to exercise control, and blocked at its request."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tabletop.errors import InputError
from tabletop.plaintext import visible
from tabletop.system.addresses import origin
from tabletop.system.clock import TimeSource

TOLD_AGAIN: Final = 300.0
"""Seconds after which exercise control is told again of an address that continues."""

NAMED: Final = 20
"""Addresses listed besides the blocked ones: the latest that were dropped."""


class FloodTally:
    """Count dropped connections in the network's thread until the session's thread collects them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}

    def add(self, address: str) -> None:
        """Count a connection that was dropped or rejected."""
        with self._lock:
            if address in self._counts or len(self._counts) < 256:
                self._counts[address] = self._counts.get(address, 0) + 1

    def take(self) -> Mapping[str, int]:
        """Return the counts since the last call."""
        with self._lock:
            counts, self._counts = self._counts, {}
        return counts


@dataclass(frozen=True, slots=True)
class FloodingAddress:
    """An address as shown to exercise control."""

    address: str
    cut: int
    """Connections that were dropped or rejected."""
    blocked: bool


class Floods:
    """Flooding and blocked addresses. All calls come from the session's thread."""

    def __init__(self, time: TimeSource, alarm: Callable[[str], None]) -> None:
        """`alarm` is called with a sentence for exercise control."""
        self._time = time
        self._alarm = alarm
        self._cut: dict[str, int] = {}
        self._told: dict[str, float] = {}
        self._blocked: dict[str, None] = {}
        self.version = 0
        """Incremented at every change."""
        self.on_block: Callable[[frozenset[str]], None] | None = None
        """Called with all blocked addresses when they change."""

    def saw(self, counts: Mapping[str, int]) -> None:
        """Add counts of the network; alert exercise control once per address, and again if it continues."""
        now = self._time.monotonic()
        for address, count in counts.items():
            self.version += 1
            self._cut[address] = self._cut.pop(address, 0) + count
            told = self._told.get(address)
            if address not in self._blocked and (told is None or now - told >= TOLD_AGAIN):
                self._told[address] = now
                self._alarm(
                    f"{visible(address[:60])} floods this host and is cut off each time; play goes on. The "
                    "seats window (B) can block it"
                )
        while len(self._cut) > NAMED:
            oldest = next(iter(self._cut))
            del self._cut[oldest]
            self._told.pop(oldest, None)

    @property
    def blocked(self) -> frozenset[str]:
        """The addresses from which nothing is accepted."""
        return frozenset(self._blocked)

    def listed(self) -> tuple[FloodingAddress, ...]:
        """Return the addresses that were dropped or are blocked, the latest last."""
        known = dict.fromkeys([*self._cut, *self._blocked])
        return tuple(
            FloodingAddress(address, self._cut.get(address, 0), address in self._blocked) for address in known
        )

    def block(self, typed: str) -> None:
        """Accept nothing more from an address. Raises `InputError`."""
        address = origin(typed.strip())
        if not _is_address(address):
            raise InputError(f"'{visible(typed[:60])}' is not an address; type one like 10.0.0.9")
        self._blocked[address] = None
        self._changed()

    def unblock(self, typed: str) -> None:
        """Accept connections from an address again. Raises `InputError`."""
        address = origin(typed.strip())
        if address not in self._blocked:
            raise InputError(f"{visible(typed[:60])} is not blocked")
        del self._blocked[address]
        self._told.pop(address, None)
        self._changed()

    def _changed(self) -> None:
        self.version += 1
        if self.on_block is not None:
            self.on_block(self.blocked)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True
