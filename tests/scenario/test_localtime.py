"""Local time: anchors, offsets, midnights."""

import pytest

from tabletop.scenario.clock import LocalClock
from tabletop.scenario.localtime import local_time

CLOCK = LocalClock.model_validate(
    {
        "zone": "+09:00",
        "anchors": [
            {"at": "T+0", "shows": "D-2 05:30"},
            {"at": "T+10", "shows": "D-1 06:00"},
            {"at": "T+35", "shows": "D 06:27"},
            {"at": "T+98", "shows": "D+2 09:00"},
        ],
    }
)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (0, "D-2 05:30"),
        (59, "D-2 05:30"),
        (60, "D-2 05:31"),
        (10 * 60 - 1, "D-2 05:39"),
        (10 * 60, "D-1 06:00"),
        (35 * 60, "D 06:27"),
        (36 * 60 + 30, "D 06:28"),
        (98 * 60, "D+2 09:00"),
        (98 * 60 + 15 * 3600, "D+3 00:00"),
    ],
)
def test_time_runs_on_from_the_latest_anchor(at: int, shown: str) -> None:
    """Each anchor sets the clock; between anchors it runs second by second."""
    assert local_time(CLOCK, at, "+09:00") == shown


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        ("+09:00", "D 06:27"),
        ("-04:00", "D-1 17:27"),
        ("+00:00", "D-1 21:27"),
        ("+05:45", "D 03:12"),
        ("-09:30", "D-1 11:57"),
        ("+14:00", "D 11:27"),
    ],
)
def test_another_place_shows_another_time_and_perhaps_another_day(utc: str, shown: str) -> None:
    """Offsets are taken from the zone that the anchors are written in."""
    assert local_time(CLOCK, 35 * 60, utc) == shown


def test_a_day_begins_at_midnight_and_not_before() -> None:
    """The last minute of a day and the first of the next."""
    clock = LocalClock.model_validate({"anchors": [{"at": "T+0", "shows": "D-1 23:59"}]})
    assert local_time(clock, 59, "+00:00") == "D-1 23:59"
    assert local_time(clock, 60, "+00:00") == "D 00:00"
    assert local_time(clock, 60, "+01:00") == "D 01:00"
    assert local_time(clock, 60, "-01:00") == "D-1 23:00"
    assert local_time(clock, 24 * 3600 + 60, "+00:00") == "D+1 00:00"


def test_before_the_first_anchor_time_is_counted_back() -> None:
    """A scenario may anchor its clock later than STARTEX."""
    clock = LocalClock.model_validate({"zone": "+09:00", "anchors": [{"at": "T+35", "shows": "D 00:10"}]})
    assert local_time(clock, 0, "+09:00") == "D-1 23:35"


def test_the_order_of_anchors_does_not_matter() -> None:
    """The latest that has passed counts, wherever it stands in the list."""
    backwards = LocalClock(zone=CLOCK.zone, anchors=tuple(reversed(CLOCK.anchors)))
    for at in range(0, 120 * 60, 97):
        assert local_time(backwards, at, "-04:00") == local_time(CLOCK, at, "-04:00")
