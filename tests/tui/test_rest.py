"""A test of a screen goes on when everything that a key brings about has been done."""

from __future__ import annotations

import asyncio

from textual.app import App, ComposeResult
from textual.widgets import Label

from tests.tui.rest import at_rest
from tests.tui.station.playing import shown


class Chain(App[None]):
    """A key brings about something, which brings about something else, and so on."""

    def __init__(self) -> None:
        super().__init__()
        self.links = 0

    def compose(self) -> ComposeResult:
        """What is counted."""
        yield Label("0")

    def on_key(self) -> None:
        """Begin."""
        self._go_on()

    def _go_on(self) -> None:
        self.links += 1
        self.query_one(Label).update(str(self.links))
        if self.links < 60:
            again = self.call_later if self.links % 2 else self.call_after_refresh
            again(self._go_on)


async def test_all_that_a_key_brings_about_is_done_and_drawn() -> None:
    app = Chain()
    async with app.run_test() as pilot:
        await pilot.press("a")
        assert app.links == 60
        assert shown(app).split() == ["60"]


async def test_a_terminal_that_changes_its_size_is_followed() -> None:
    app = Chain()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(91, 30)
        assert app.screen.size.width == 91


async def test_what_is_held_back_while_screens_change_is_drawn() -> None:
    app = Chain()
    async with app.run_test() as pilot:
        app.query_one(Label).update("later")
        app.delay_update(0.1)
        await pilot.pause()
        assert shown(app).split() == ["later"]


async def test_what_never_rests_is_left_to_itself() -> None:
    async def never() -> None:
        while True:
            await asyncio.sleep(0)

    app = Chain()
    async with app.run_test():
        restless = asyncio.create_task(never())
        await at_rest(max_sleep=0.05)
        assert not restless.done()
        restless.cancel()
