"""Public advice from a station: where, and what the public should do."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.station.app import StationApp
from tests.pilot.test_pen import SIZE, Capital, capital
from tests.tui.station.playing import press, write

__all__ = ["capital"]


async def test_v1_a_team_advises_the_public_in_its_form(capital: Capital) -> None:
    app = StationApp(capital.tanaka)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "p")
        for field, words in (("words", "Stay inside."), ("area", "islands")):
            app.screen.query_one(f"#{field}").focus()
            await write(pilot, words)
        await press(pilot, "ctrl+s")
        await capital.shows(pilot, "Advice to the public needs both")
        app.screen.query_one("#says").focus()
        await write(pilot, "shelter")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Confirm)
        await capital.shows(pilot, "Advice to the public in islands: shelter")
        await press(pilot, "enter")
        await capital.until(lambda: bool(capital.of(e.StatementMade)))
    (said,) = capital.of(e.StatementMade)
    assert isinstance(said, e.StatementMade)
    assert (said.text, said.area, said.says) == ("Stay inside.", "islands", "shelter")
