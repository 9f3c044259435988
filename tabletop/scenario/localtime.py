"""Convert game time to the local time of a place."""

from __future__ import annotations

from typing import Final

from tabletop.scenario.content import Anchor, LocalClock

_DAY: Final = 24 * 3600


def local_time(clock: LocalClock, at: int, utc: str) -> str:
    """Return the local time at game second `at` for the UTC offset `utc`: ``D-1 16:30``, ``D 06:27``.

    Time is counted from the latest anchor at or before `at`, or back from the first anchor. The day may
    differ from the day in the clock's own zone.
    """
    anchor = _anchor(clock, at)
    seconds = shown_seconds(anchor.shows) + at - anchor.at + _offset(utc) - _offset(clock.zone)
    day, rest = divmod(seconds, _DAY)
    hours, minutes = divmod(rest // 60, 60)
    return f"D{day:+d} {hours:02d}:{minutes:02d}" if day else f"D {hours:02d}:{minutes:02d}"


def _anchor(clock: LocalClock, at: int) -> Anchor:
    passed = [anchor for anchor in clock.anchors if anchor.at <= at]
    if passed:
        return max(passed, key=lambda anchor: anchor.at)
    return min(clock.anchors, key=lambda anchor: anchor.at)


def shown_seconds(shows: str) -> int:
    """Return the seconds from 00:00 on D-day to ``D-1 16:30``; the model allows no other form."""
    day, time = shows.removeprefix("D").split(" ")
    return int(day or "0") * _DAY + _seconds(time)


def _offset(utc: str) -> int:
    """Return the seconds of an offset such as ``-04:00``."""
    return -_seconds(utc[1:]) if utc.startswith("-") else _seconds(utc[1:])


def _seconds(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60
