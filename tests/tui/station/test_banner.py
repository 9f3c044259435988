"""The lines at the top of a station and of its forms."""

from __future__ import annotations

from tabletop.tui.station.panes.banner import Banner
from tests.tui.station.playing import Play, StationApp


async def test_news_that_comes_before_the_lines_do_is_no_fault() -> None:
    """A form is on the screen a moment before the parts of its banner are."""
    app = StationApp(Play().start())
    async with app.run_test():
        early = Banner()
        early.show_model(app.station.model, app.station.memory, 0.0)
        assert not early.children
