"""Forms of a station: laid out for the terminal from the first moment, and when that changes."""

from __future__ import annotations

import pytest

from tabletop.tui.station.forms.team_form import TeamForm
from tests.tui.station.playing import Play, StationApp, press, shown


@pytest.mark.parametrize("key", ["d", "m", "c", "p"])
@pytest.mark.parametrize(("size", "looks"), [((80, 24), "-short"), ((200, 60), "-tall")])
async def test_a_form_is_laid_out_for_the_terminal(key: str, size: tuple[int, int], looks: str) -> None:
    app = StationApp(Play().start().until(6))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, key)
        assert isinstance(app.screen, TeamForm)
        assert app.screen.has_class(looks)


async def test_a_form_shows_its_keys_and_follows_the_size_of_the_terminal() -> None:
    """From the first moment, and from boxes to rules."""
    app = StationApp(Play().start().until(6))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "d")
        assert "Ctrl+S Record" in " ".join(shown(app).split())
        assert app.screen.has_class("-tall")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.screen.has_class("-short")
        assert app.screen.query_one("#box").region.width == 80
        assert "Ctrl+S Record" in " ".join(shown(app).split())


async def test_game_time_goes_on_in_the_border_of_a_form() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert "T+6:00" in shown(app)
        play.until(7)
        assert isinstance(app.screen, TeamForm)
        app.screen.show_news()
        await pilot.pause()
        assert "T+7:00" in shown(app)


async def test_rows_of_the_inbox_take_the_room_of_the_terminal_at_once() -> None:
    """Not at the next tick: nothing jumps under the eyes of whoever begins to read."""
    app = StationApp(Play().start().until(6))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "T+0 · " in shown(app)
        await pilot.resize_terminal(120, 24)
        assert "T+0 · " not in shown(app)
