"""Local time of a place: what the clock on its wall shows at a moment of the game."""

from __future__ import annotations

from typing import Final

from tabletop.scenario.content import Anchor, LocalClock

_DAY: Final = 24 * 3600


def local_time(clock: LocalClock, at: int, utc: str) -> str:
    """The local time at game second `at` where the offset from UTC is `utc`: ``D-1 16:30``, ``D 06:27``.

    Time runs on second by second from the latest anchor; before the first anchor it is counted back from it.
    The day may differ from the day in the clock's own zone.
    """
    anchor = _anchor(clock, at)
    seconds = _shown(anchor.shows) + at - anchor.at + _offset(utc) - _offset(clock.zone)
    day, rest = divmod(seconds, _DAY)
    hours, minutes = divmod(rest // 60, 60)
    return f"D{day:+d} {hours:02d}:{minutes:02d}" if day else f"D {hours:02d}:{minutes:02d}"


def _anchor(clock: LocalClock, at: int) -> Anchor:
    passed = [anchor for anchor in clock.anchors if anchor.at <= at]
    if passed:
        return max(passed, key=lambda anchor: anchor.at)
    return min(clock.anchors, key=lambda anchor: anchor.at)


def _shown(shows: str) -> int:
    """Seconds from midnight at the beginning of D-day to ``D-1 16:30``; the model allows no other form."""
    day, time = shows.removeprefix("D").split(" ")
    return int(day or "0") * _DAY + _seconds(time)


def _offset(utc: str) -> int:
    """Seconds of an offset such as ``-04:00``."""
    return -_seconds(utc[1:]) if utc.startswith("-") else _seconds(utc[1:])


def _seconds(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60
