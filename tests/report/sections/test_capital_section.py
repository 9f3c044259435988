"""Domestic capital, team by team."""

from __future__ import annotations

from tabletop.report.sections.capital import write_capital
from tests.report.sections.saying import block, decide, report, said


def test_used_up_it_brings_a_backlash() -> None:
    text = said(write_capital, report(decide(400, "tokyo", "alert", "nationwide"), until=500))
    assert text == block("""
        What each team could still afford at home. Used up, it brings a backlash.

        Team        Start  Lowest  End  Backlashes
        Washington      6       6    6  none
        Tokyo           6       0    2  T+6:40
        Seoul           6       6    6  none
        """)


def test_what_nobody_spent_stays() -> None:
    rows = said(write_capital, report(until=60)).splitlines()[-3:]
    assert rows == [f"{team:10}      6       6    6  none" for team in ("Washington", "Tokyo", "Seoul")]
