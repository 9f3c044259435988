"""Where time, keys and seeds come from: the only module that asks the machine for them."""

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
    """A key that no other command carries."""
    return secrets.token_hex(12)


def fresh_seed() -> int:
    """A seed for an exercise that was not given one."""
    return secrets.randbelow(2**31)


def random_bytes(count: int) -> bytes:
    """Bytes that nobody can guess, for codes, tokens and ids."""
    return secrets.token_bytes(count)


@dataclass(frozen=True, slots=True)
class Readings:
    """What the clocks of a machine say at one moment, all in seconds."""

    monotonic: float
    """What the game clock runs by. On most systems it stands while the computer sleeps."""
    elapsed: float
    """Since the computer was switched on, sleep included. Nobody can set it."""
    utc: float
    """Since 1970. People, and time servers, set it."""


def _elapsed() -> float:
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":  # goes on in sleep, unlike time.monotonic
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()


def _readings() -> Readings:
    return Readings(time.monotonic(), _elapsed(), time.time())


@dataclass(frozen=True, slots=True)
class TimeSource:
    """Monotonic seconds for the game clock and UTC text for people."""

    monotonic: Callable[[], float]
    wall: Callable[[], str]
    readings: Callable[[], Readings] | None = None
    """All clocks, to notice when one leaps; None where time is made up and cannot."""


SYSTEM_TIME = TimeSource(monotonic=time.monotonic, wall=_wall, readings=_readings)
"""The machine's own time."""


class VirtualTime:
    """Time that stands until it is set: for headless play and for tests."""

    def __init__(self, epoch: str = "2000-01-01T00:00:00.000Z") -> None:
        self.seconds = 0.0
        self.epoch = epoch

    def source(self) -> TimeSource:
        """This time as a `TimeSource`; its wall clock always says the epoch."""
        return TimeSource(monotonic=lambda: self.seconds, wall=lambda: self.epoch)


def _chance() -> Callable[[], float]:
    return random.Random().random  # noqa: S311 - spreads retries; guards nothing


chance = _chance()
"""A number from 0 to 1, another at every call."""
