"""Exercises of many teams at one keyboard: every station can be reached, and the keys mean one thing each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.scenario.clock import LocalClock
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.probes import Probe
from tabletop.scenario.scenario import Scenario
from tabletop.scenario.template import template
from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.kit.list_window import ListWindow
from tabletop.tui.station.screen import StationScreen
from tests.tui.console.staging import MEDIUM, SMALL, Play, console


def of_teams(count: int, folder: Path) -> Scenario:
    """Return a new scenario of so many teams."""
    file = folder / "scenario.yaml"
    file.write_text(template("many", count), encoding="utf-8")
    return load_scenario(file).scenario


@pytest.mark.parametrize("size", [SMALL, MEDIUM, (200, 60)])
async def test_each_of_twelve_stations_opens(size: tuple[int, int], tmp_path: Path) -> None:
    play = Play(of_teams(12, tmp_path)).start()
    teams = list(play.session.state.script.scenario.teams)
    async with console(play, size) as desk:
        assert ("More teams" in desk.text) == (size[0] == 200)
        for key, team in zip(("f2", "f3", "f4", "f6", "f7", "f8", "f9"), teams, strict=False):
            await desk.press(key, "enter")
            assert isinstance(desk.app.screen, StationScreen)
            assert desk.app.screen.link.seat == team
        for number, team in enumerate(teams[7:]):
            await desk.press("f10")
            assert isinstance(desk.app.screen, ListWindow)
            await desk.press(*["down"] * number, "enter", "enter")
            assert isinstance(desk.app.screen, StationScreen)
            assert desk.app.screen.link.seat == team
        await desk.press("f10", "escape")
        assert isinstance(desk.app.screen, StationScreen)
        await desk.press("f1", "enter")
        assert isinstance(desk.app.screen, ConsoleScreen)


@pytest.mark.parametrize("teams", [2, 7, 8, 9])
async def test_probes_have_a_key_of_their_own(teams: int, tmp_path: Path) -> None:
    scenario = of_teams(teams, tmp_path)
    last = scenario.phases[0].id
    probe = Probe.model_validate(
        {"id": "who", "at": last, "asks": "Who?", "options": [{"text": "A"}, {"text": "B"}]}
    )
    play = Play(scenario.model_copy(update={"probes": (probe,)})).start().do(c.Gate())
    async with console(play, MEDIUM) as desk:
        await desk.press("ctrl+l")
        assert "Put these probes to every team?" in desk.text
        await desk.press("enter")
        assert isinstance(play.last().event, e.ProbesOpened)


@pytest.mark.parametrize(("size", "shown"), [(SMALL, "short"), (MEDIUM, "short"), ((200, 60), "names")])
async def test_no_clock_of_eight_teams_is_cut_off(size: tuple[int, int], shown: str, tmp_path: Path) -> None:
    scenario = of_teams(8, tmp_path)
    clock = LocalClock.model_validate({"zone": "+01:00", "anchors": [{"at": "T+0", "shows": "D 11:10"}]})
    play = Play(scenario.model_copy(update={"clock": clock})).start()
    async with console(play, size) as desk:
        line = next(line for line in desk.text.splitlines() if "11:10" in line)
        for name in scenario.teams.values():
            assert (name.name if shown == "names" else name.name[:3].upper()) in line
        assert "12:10" in line, "Sudland is an hour ahead"


async def test_f5_says_that_it_is_no_team(tmp_path: Path) -> None:
    play = Play(of_teams(4, tmp_path)).start()
    async with console(play, MEDIUM, toasts=True) as desk:
        await desk.press("f5")
        assert "F5 is no team" in desk.text
