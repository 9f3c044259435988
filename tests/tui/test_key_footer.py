"""The footer of keys: true after every change, and left alone while nothing changes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from tabletop.tui.widgets.key_footer import KeyFooter


class Keys(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("a", "ask", "Ask"), ("b", "bid", "Bid")]
    may_bid = False

    def compose(self) -> ComposeResult:
        yield KeyFooter(columns=2, needs=10)

    def action_ask(self) -> None: ...

    def action_bid(self) -> None: ...

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        return self.may_bid if action == "bid" else True

    def keys(self) -> list[FooterKey]:
        return list(self.query_one(Footer).query(FooterKey))

    def shown(self) -> list[str]:
        return [key.description for key in self.keys() if key.description in ("Ask", "Bid")]


async def test_the_footer_shows_what_can_be_pressed_now() -> None:
    app = Keys()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.shown() == ["Ask"]
        for app.may_bid in (True, False, True):
            app.refresh_bindings()
            await pilot.pause()
            assert app.shown() == (["Ask", "Bid"] if app.may_bid else ["Ask"])


async def test_keys_are_not_drawn_anew_with_everything_that_happens() -> None:
    app = Keys()
    async with app.run_test() as pilot:
        await pilot.pause()
        before = app.keys()
        app.refresh_bindings()
        await pilot.pause()
        assert app.keys() == before
