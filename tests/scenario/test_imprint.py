"""Who wrote a scenario, which version it is, and how far it has been tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.authoring import at, load, problems

FORMAT = "format: 1  "
IMPRINT = """author: Planning cell
version: "1.2"
licence: CC BY 4.0
language: en
date: 2026-06-03
status: piloted
"""


def test_the_imprint_is_one_line(tmp_path: Path) -> None:
    scenario = load(tmp_path, (FORMAT, IMPRINT + FORMAT)).scenario
    assert scenario.imprint == "version 1.2 of 2026-06-03, piloted, by Planning cell, en, CC BY 4.0"
    assert load(tmp_path / "bare").scenario.imprint == ""


@pytest.mark.parametrize(
    ("written", "message", "pointed"),
    [
        ("status: final", "status", "final"),
        ("date: 3 June 2026", "a date is written year-month-day, as 2026-06-03", "3 June"),
        ("date: 2026-02-30", "a date is written year-month-day, as 2026-06-03", "2026-02-30"),
        ("language: English", "language", "English"),
        ("version: 1.2", "must be text", "1.2"),
    ],
)
def test_what_is_wrong_in_it_is_named(written: str, message: str, pointed: str, tmp_path: Path) -> None:
    [found] = problems(tmp_path, (FORMAT, f"{written}\n{FORMAT}"))
    assert message in found.message
    assert at(found).startswith(pointed)


def test_a_team_has_a_briefing_of_its_own(tmp_path: Path) -> None:
    own = ("    name: Norland\n", "    name: Norland\n    briefing: Your radar is old.\n")
    teams = load(tmp_path, own).scenario.teams
    assert [team.briefing for team in teams.values()] == ["Your radar is old.", None]
