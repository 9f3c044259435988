"""A decision that is sent again as it stands: unchanged, and no refusal."""

from __future__ import annotations

from tests.tui.station.playing import Play, StationApp, press, shown


async def test_an_amendment_that_changes_nothing_is_called_unchanged() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "1", "enter", *"now", "enter")
        await press(pilot, "d", "ctrl+s")
        assert "Unchanged: " in shown(app)
        await press(pilot, "escape")
        assert ": Unchanged" in shown(app)
        assert "Refused" not in shown(app)
    assert len(play.events("decision-recorded")) == 1
