"""Convert game time to the local time of a place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from tabletop.scenario.clock import Anchor, LocalClock

_DAY: Final = 24 * 3600


def local_time(clock: LocalClock, at: int, zone: str) -> str:
    """Return the local time at game second `at` in a zone: ``D-1 16:30``, ``D 06:27``.

    Time is counted from the latest anchor at or before `at`, or back from the first anchor. The day may
    differ from the day in the clock's own zone.
    """
    day, time = _shown(clock, at, zone)
    return f"D{day:+d} {time}" if day else f"D {time}"


def local_date(clock: LocalClock, at: int, zone: str) -> str:
    """Return the local time with its date, ``2026-06-03 06:27``; as `local_time` if the clock has none."""
    if clock.start is None:
        return local_time(clock, at, zone)
    day, time = _shown(clock, at, zone)
    return f"{date.fromisoformat(clock.start[:10]) + timedelta(days=day)} {time}"


def _shown(clock: LocalClock, at: int, zone: str) -> tuple[int, str]:
    anchor = _anchor(clock, at)
    ahead = offset_seconds(clock.utc(zone, at)) - offset_seconds(clock.utc(clock.zone, anchor.at))
    day, rest = divmod(shown_seconds(anchor.shows) + at - anchor.at + ahead, _DAY)
    hours, minutes = divmod(rest // 60, 60)
    return day, f"{hours:02d}:{minutes:02d}"


def _anchor(clock: LocalClock, at: int) -> Anchor:
    passed = [anchor for anchor in clock.meetings if anchor.at <= at]
    if passed:
        return max(passed, key=lambda anchor: anchor.at)
    return min(clock.meetings, key=lambda anchor: anchor.at)


def shown_seconds(shows: str) -> int:
    """Return the seconds from 00:00 on D-day to ``D-1 16:30``; the model allows no other form."""
    day, time = shows.removeprefix("D").split(" ")
    return int(day or "0") * _DAY + _seconds(time)


def offset_seconds(utc: str) -> int:
    """Return the seconds of an offset such as ``-04:00``."""
    return -_seconds(utc[1:]) if utc.startswith("-") else _seconds(utc[1:])


def _seconds(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60
