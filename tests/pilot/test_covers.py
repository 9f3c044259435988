"""Handing one keyboard round: a cover says whose turn it is, and any seat's key calls for that seat."""

from __future__ import annotations

from pathlib import Path

from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.kit.list_window import ListWindow
from tabletop.tui.station.cover import CoverScreen, FacilitatorCover
from tabletop.tui.station.screen import StationScreen
from tests.pilot.test_many_teams import of_teams
from tests.tui.console.staging import MEDIUM, Console, Play, console


def seat(desk: Console) -> str:
    """Whose station is open."""
    here = desk.app.screen
    assert isinstance(here, StationScreen), here
    return here.link.seat


async def test_a_key_of_another_seat_on_a_cover_calls_for_that_seat() -> None:
    async with console(Play().start().release("notice"), MEDIUM) as desk:
        await desk.press("f4", "enter", "escape")
        assert isinstance(desk.app.screen, FacilitatorCover)
        await desk.press("f2")
        assert isinstance(desk.app.screen, CoverScreen)
        assert "Hand the keyboard to Washington." in desk.text
        await desk.press("enter")
        assert seat(desk) == "washington"


async def test_esc_goes_back_to_whoever_had_the_keyboard_last() -> None:
    async with console(Play().start(), MEDIUM) as desk:
        await desk.press("f4", "enter", "escape", "f2", "f3", "escape")
        assert seat(desk) == "seoul"
        await desk.press("f1", "enter")
        assert isinstance(desk.app.screen, ConsoleScreen)


async def test_a_key_that_does_nothing_on_a_cover_says_what_does() -> None:
    async with console(Play().start(), MEDIUM, toasts=True) as desk:
        await desk.press("f3", "n")
        assert "Enter opens Tokyo's station" in " ".join(desk.text.split())
        await desk.press("f3")
        assert "Hand the keyboard to Tokyo." in desk.text
        await desk.press("f1", "h")
        assert "Enter opens the console" in " ".join(desk.text.split())
        assert isinstance(desk.app.screen, FacilitatorCover)


async def test_a_team_without_a_key_is_called_from_the_list_on_a_cover(tmp_path: Path) -> None:
    play = Play(of_teams(12, tmp_path)).start()
    team = list(play.session.state.script.scenario.teams)[8]
    async with console(play, MEDIUM) as desk:
        await desk.press("f3", "f10")
        assert isinstance(desk.app.screen, ListWindow)
        await desk.press("down", "enter")
        assert isinstance(desk.app.screen, CoverScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, ConsoleScreen)
        await desk.press("f3", "f10", "down", "enter", "enter")
        assert seat(desk) == team
