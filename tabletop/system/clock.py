"""Sources of time, keys and randomness: the only module that asks the machine for them."""

from __future__ import annotations

import random
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _wall() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fresh_key() -> str:
    """Return a unique key for a command."""
    return secrets.token_hex(12)


def fresh_seed() -> int:
    """Return a seed for an exercise that was started without one."""
    return secrets.randbelow(2**31)


def random_bytes(count: int) -> bytes:
    """Return `count` unpredictable bytes, for codes, tokens and ids."""
    return secrets.token_bytes(count)


@dataclass(frozen=True, slots=True)
class Readings:
    """The clocks of a machine at one moment, in seconds."""

    monotonic: float
    """The clock that game time runs by. On most systems it stops while the computer sleeps."""
    elapsed: float
    """Since the computer was switched on, sleep included. Cannot be set."""
    utc: float
    """Since 1970. Can be set by people and time servers."""


def _elapsed() -> float:
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":  # runs during sleep, unlike time.monotonic
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


def _readings() -> Readings:
    return Readings(time.monotonic(), _elapsed(), time.time())


@dataclass(frozen=True, slots=True)
class TimeSource:
    """Monotonic seconds for the game clock, and UTC as text for people."""

    monotonic: Callable[[], float]
    wall: Callable[[], str]
    readings: Callable[[], Readings] | None = None
    """All clocks, to detect clock jumps; None for virtual time."""


SYSTEM_TIME = TimeSource(monotonic=time.monotonic, wall=_wall, readings=_readings)
"""The machine's own clocks."""


class VirtualTime:
    """Manual clock for headless play and for tests: it moves only when `seconds` is set."""

    def __init__(self, epoch: str = "2000-01-01T00:00:00.000Z") -> None:
        self.seconds = 0.0
        self.epoch = epoch

    def source(self) -> TimeSource:
        """Return this clock as a `TimeSource`; its wall clock always reads the epoch."""
        return TimeSource(monotonic=lambda: self.seconds, wall=lambda: self.epoch)


def _chance() -> Callable[[], float]:
    return random.Random().random  # noqa: S311 - jitter for retries, no security


chance = _chance()
"""Return a random number from 0 to 1."""
