"""The lines at the top of a station and of its forms."""

from __future__ import annotations

import asyncio

from tabletop.tui.station.panes.banner import Banner
from tests.tui.station.playing import Play, StationApp


async def test_news_that_comes_before_the_lines_do_is_no_fault() -> None:
    """A form is on the screen a moment before its banner is, and that before its parts are."""
    app = StationApp(Play().start())
    async with app.run_test():
        banner = Banner()
        await_mount = app.station.mount(banner)
        while not banner.query("#when"):
            banner.show_model(app.station.model, app.station.memory, 0.0)
            await asyncio.sleep(0)
        await await_mount
        banner.show_model(app.station.model, app.station.memory, 0.0)
        assert banner.query_one("#next").render().plain.strip()  # type: ignore[union-attr]
