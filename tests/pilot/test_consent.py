"""Rules and objectives before STARTEX: shown from the console, initialled at a station, named on the wall."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.scenario.scenario import Scenario
from tabletop.tui.console.panels.msel import MselList
from tests.builders import tiny_scenario
from tests.tui.console.staging import MEDIUM, SMALL, Play, console
from tests.tui.station.playing import Play as StationPlay
from tests.tui.station.playing import StationApp, press, shown
from tests.tui.wall.hanging import WallApp, look


@pytest.mark.parametrize("size", [SMALL, MEDIUM])
async def test_the_console_shows_them_and_says_whose_initials_are_missing(size: tuple[int, int]) -> None:
    play = Play()
    async with console(play, size) as desk:
        await desk.press("ctrl+r")
        assert "Show the rules and objectives?" in desk.text
        await desk.press("enter")
        assert play.kinds()[-1] == "rules-shown"
        play.do(c.Initial(name="KN"), "tokyo")
        await desk.settle()
        await desk.press("ctrl+r")
        assert "Tokyo: KN Seoul: not initialled" in desk.text
        await desk.press("escape", "s")
        assert "STARTEX without all initials?" in desk.text
        await desk.press("enter")
        started = play.last().event
        assert isinstance(started, e.ExerciseStarted)
        assert started.not_initialled == ("washington", "seoul")


async def test_control_enters_initials_for_a_team_before_startex() -> None:
    play = Play().do(c.ShowRules())
    async with console(play, MEDIUM) as desk:
        await desk.press("v", "enter")
        assert "Washington: Initial the rules and objectives" in desk.text
        assert "I initials them" not in desk.text  # at the console I explains
        await desk.type("AB")
        await desk.press("enter")
        initialled = play.last().event
        assert isinstance(initialled, e.RulesInitialled)
        assert (initialled.team, initialled.name) == ("washington", "AB")


async def test_a_station_opens_what_is_shown_and_one_key_initials_it() -> None:
    play = StationPlay()
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        assert play.events("rules-initialled") == []
        play.do("facilitator", c.ShowRules())
        await press(pilot)
        assert "Rules and objectives" in shown(app)
        assert "I initials them for your team" in shown(app)
        await press(pilot, "i", *"KN", "enter")
        [initialled] = play.events("rules-initialled")
        assert isinstance(initialled, e.RulesInitialled)
        assert initialled.name == "KN"
        assert "Tokyo: KN" in shown(app)
        play.do("seoul", c.Initial(name="JH"))
        await press(pilot)
        assert "Seoul: JH" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (20, 5)])
async def test_the_wall_shows_them_with_the_initials_until_startex(size: tuple[int, int]) -> None:
    play = StationPlay()
    app = WallApp(play)
    async with app.run_test(size=size) as pilot:
        play.do("facilitator", c.ShowRules())
        play.do("tokyo", c.Initial(name="KN"))
        await look(pilot, app)
        lines = shown(app).splitlines()
        assert "EXERCISE" in lines[0]
        assert "EXERCISE" in lines[-1]
        if size[0] > 20:
            assert "Tokyo: KN" in shown(app)
            assert "Seoul: not initialled" in shown(app)
            assert "O1 " in shown(app)
            assert "BEFORE STARTEX" in shown(app)
        play.start()
        await look(pilot, app)
        assert "not initialled" not in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_rules_are_read_on_where_they_stand_and_where_they_are_initialled(
    size: tuple[int, int],
) -> None:
    play = StationPlay(long_rules())
    app = StationApp(play)
    async with app.run_test(size=size) as pilot:
        play.do("facilitator", c.ShowRules())
        await press(pilot)
        assert "more lines: PgDn" in shown(app)
        assert "Rule 80" not in shown(app)
        await read_on(pilot, app)
        await press(pilot, "i")
        assert "more lines: PgDn" in shown(app)
        assert app.screen.query_one("#name").size.height == 1
        await read_on(pilot, app)
        await press(pilot, *"KN", "enter")
        assert len(play.events("rules-initialled")) == 1


@pytest.mark.parametrize("size", [SMALL, MEDIUM])
async def test_the_page_for_the_room_is_read_on_with_the_key_that_it_names(size: tuple[int, int]) -> None:
    play = Play(long_rules())
    async with console(play, size) as desk:
        assert "more lines: PgDn" in desk.text
        assert "Rule 80" not in desk.text
        pages = 0
        while "Rule 80" not in desk.text and pages < 40:
            await desk.press("pagedown")
            pages += 1
        assert 0 < pages < 40
        await desk.press(*["pageup"] * pages)
        assert "Rule 1 " in desk.text
        play.start()
        await desk.settle()
        rows = desk.app.screen.query_one(MselList)
        before = rows.cursor
        await desk.press("pagedown")
        assert rows.cursor != before


async def read_on(pilot: Pilot[None], app: StationApp) -> None:
    """Turn the page until the last rule is there."""
    pages = 0
    while "Rule 80" not in shown(app) and pages < 40:
        await press(pilot, "pagedown")
        pages += 1
    assert 0 < pages < 40


def long_rules() -> Scenario:
    """A scenario with more ground rules than a page holds."""
    return tiny_scenario().model_copy(
        update={"ground_rules": tuple(f"Rule {number}" for number in range(1, 81))}
    )
