"""Looking at a team's station from the console: by keys, and without leaving a trace."""

from __future__ import annotations

import pytest

from tabletop.tui.console.seen_as import SeenAsScreen
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.station.commands import COMMANDS
from tests.tui.console.staging import MEDIUM, SMALL, Play, console


@pytest.mark.parametrize("size", [SMALL, MEDIUM])
async def test_the_station_is_shown_in_a_frame_and_nothing_can_be_entered(size: tuple[int, int]) -> None:
    play = Play().start().release("notice").until(5)
    async with console(play, size) as desk:
        before = len(play.session.records)
        await desk.press("f")
        await desk.type("tok")
        await desk.press("enter")
        assert isinstance(desk.app.screen, SeenAsScreen)
        assert "SEEN AS TOKYO – read only" in desk.text
        assert "Notice of a launch" in desk.text
        await desk.press("n", "d", "a", "s", "c", "p", "m", "tab", "enter", "ctrl+s")
        assert isinstance(desk.app.screen, SeenAsScreen)
        assert len(play.session.records) == before
        await desk.press("escape")
        assert not isinstance(desk.app.screen, SeenAsScreen)
        await desk.press("r")
        assert len(play.session.records) > before


async def test_no_key_of_the_station_that_enters_something_is_offered() -> None:
    play = Play().start().release("notice").until(5)
    async with console(play) as desk:
        await desk.press("f", "enter")
        offered = {active.binding.action for active in desk.app.screen.active_bindings.values()}
        entering = {"decide", "answer", "share", "consult", "state", "message"}
        assert entering <= COMMANDS.by_id.keys()
        assert not offered & {f"give('{command}')" for command in entering}


async def test_a_row_that_asks_for_a_decision_opens_no_form() -> None:
    play = Play().start().release("notice").until(5).release("detection")
    async with console(play) as desk:
        before = len(play.session.records)
        await desk.press("f")
        await desk.type("wash")
        await desk.press("enter", "shift+tab", "enter")
        assert isinstance(desk.app.screen, SeenAsScreen)
        assert "nothing can be entered here for Washington" in desk.text
        assert len(play.session.records) == before


async def test_an_inject_is_previewed_before_it_goes_out_and_nothing_happens() -> None:
    play = Play().start()
    async with console(play) as desk:
        before = len(play.session.records)
        await desk.press("space")
        if not isinstance(desk.app.screen, SeenAsScreen):
            await desk.press("enter")
        assert "PREVIEW: AS" in desk.text
        assert "A satellite will be launched southward" in desk.text
        assert len(play.session.records) == before
        await desk.press("escape")
        assert not isinstance(desk.app.screen, ReadingWindow | SeenAsScreen)
        assert play.session.state.inject("notice").released_at is None
