"""How times are written on screens."""

import pytest

from tabletop.tui.kit.times import game_clock, span


@pytest.mark.parametrize(
    ("at", "shown"),
    [(0, "T+0:00"), (59.9, "T+0:59"), (2172, "T+36:12"), (3600, "T+60:00"), (7325, "T+122:05")],
)
def test_game_time_counts_minutes_as_everything_else_does(at: float, shown: str) -> None:
    """What is due at T+118:06 must not have to be compared with a clock that says T+1:59."""
    assert game_clock(at) == shown


def test_lengths() -> None:
    """Of either sign."""
    assert (span(-45), span(130), span(3661)) == ("0:45", "2:10", "1:01:01")
