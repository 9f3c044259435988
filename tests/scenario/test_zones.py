"""Real dates, and time zones by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.scenario.clock import LocalClock
from tabletop.scenario.localtime import local_date, local_time
from tabletop.scenario.scenario import Scenario
from tests.scenario.authoring import Edit, at, load, problems

FIRST = "format: 1 "
NORLAND = '    utc: "+01:00"              # its local time; quotes keep it text\n'


def clock(text: str) -> Edit:
    return FIRST, f"clock: {text}\n{FIRST}"


def zone(name: str) -> Edit:
    return NORLAND, f"    zone: {name}\n"


def clock_of(folder: Path, *edits: Edit) -> LocalClock:
    found = load(folder, *edits).scenario.clock
    assert found is not None
    return found


def test_each_team_s_local_time_is_that_of_its_zone_on_the_day(tmp_path: Path) -> None:
    edits = clock("{start: 2026-06-03 05:30, zone: Asia/Tokyo}"), zone("America/New_York")
    scenario = load(tmp_path, *edits).scenario
    assert scenario.clock is not None
    shown = [local_time(scenario.clock, 60, team.local_zone) for team in scenario.teams.values()]
    assert shown == ["D-1 16:31", "D-1 22:31"]  # summer time in New York; Sudland has '+02:00'
    assert local_time(scenario.clock, 60, scenario.clock.zone) == "D 05:31"
    assert local_date(scenario.clock, 60, "America/New_York") == "2026-06-02 16:31"


def test_clocks_that_are_set_forward_during_play_are_right(tmp_path: Path) -> None:
    found = clock_of(tmp_path, clock("{start: 2026-03-29 01:50, zone: Europe/Berlin}"))
    assert [local_time(found, at, "Europe/Berlin") for at in (0, 599, 600)] == [
        "D 01:50",
        "D 01:59",
        "D 03:00",
    ]


def test_an_anchor_may_follow_the_start(tmp_path: Path) -> None:
    text = '{start: 2026-03-28 23:00, zone: Europe/Berlin, anchors: [{at: T+20, shows: "D+1 09:00"}]}'
    found = clock_of(tmp_path, clock(text), zone("America/New_York"))
    assert local_date(found, 1200, "Europe/Berlin") == "2026-03-29 09:00"
    assert local_date(found, 1199, "America/New_York") == "2026-03-28 18:19"
    assert local_date(found, 1200, "America/New_York") == "2026-03-29 03:00"


def test_the_offsets_travel_with_the_scenario(tmp_path: Path) -> None:
    edits = clock("{start: 2026-06-03 05:30, zone: Asia/Tokyo}"), zone("America/New_York")
    scenario = load(tmp_path, *edits).scenario
    again = Scenario.model_validate_json(scenario.model_dump_json())
    assert again == scenario
    assert again.clock is not None
    assert [shift.utc for shift in again.clock.offsets["America/New_York"]] == ["-04:00"]


@pytest.mark.parametrize(
    ("edits", "message", "hint", "pointed"),
    [
        (
            [clock("{start: 2026-06-03 05:30, zone: Asia/Tokio}")],
            "unknown time zone",
            "Asia/Tokyo",
            "Asia/Tok",
        ),
        ([clock("{start: 2026-06-03 05:30, zone: Tokyo}")], "unknown time zone", "Asia/Tokyo", "Tokyo"),
        (
            [clock("{start: 2026-06-03 05:30}"), zone("Europe/Berln")],
            "unknown time",
            "Europe/Berlin",
            "Europe",
        ),
        ([clock("{start: 2026-03-29 02:30, zone: Europe/Berlin}")], "does not exist", "03:30", "2026"),
        ([clock("{start: 2026-06-31 02:30}")], "a start is a date and a time", None, "2026"),
        ([clock("{start: soon}")], "a start is a date and a time", None, "soon"),
        ([clock("{zone: '+09:00'}")], "'start' with date and time, or 'anchors'", None, "{zone"),
        ([clock("{start: 2026-06-03 05:30, zone: '+9:00'}")], "a zone is a name", None, "'+9:00'"),
        ([zone("Asia/Tokyo")], "depends on the date", "'start'", "Asia/Tokyo"),
        (
            [clock("{start: 2026-06-03 05:30}"), (NORLAND, f"{NORLAND}    zone: Asia/Tokyo\n")],
            "both 'utc' and 'zone'",
            "keep 'zone'",
            "utc",
        ),
    ],
)
def test_what_is_wrong_with_a_clock_or_a_zone_is_named(
    edits: list[Edit], message: str, hint: str | None, pointed: str, tmp_path: Path
) -> None:
    [found] = problems(tmp_path, *edits)
    assert (found.severity, message in found.message) == ("error", True), found
    assert at(found).startswith(pointed)
    assert hint is None or hint in (found.hint or "")


def test_a_start_that_comes_twice_is_said(tmp_path: Path) -> None:
    [found] = problems(tmp_path, clock("{start: 2026-10-25 02:30, zone: Europe/Berlin}"))
    assert (found.severity, found.code) == ("warning", "ambiguous-time")
    assert "'+02:00' or '+01:00'" in (found.hint or "")
