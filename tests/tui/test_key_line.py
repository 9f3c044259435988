"""The last lines of a screen: true after every change, and the way out always on them."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType

from tabletop.host.local_link import LocalLink
from tabletop.tui.app import TabletopApp
from tabletop.tui.kit.key_line import BindingKeys
from tests.tui.console.staging import Play
from tests.tui.station.playing import press, shown


class Keys(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        ("a", "ask", "Ask"),
        ("b", "bid", "Bid"),
        ("c", "count", "Count what there is"),
        ("question_mark", "help", "Help"),
        ("f1", "leave", "Leave"),
    ]
    may_bid: bool | None = False
    asked = 0

    def compose(self) -> ComposeResult:
        yield BindingKeys()

    def action_ask(self) -> None:
        self.asked += 1

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        return self.may_bid if action == "bid" else True


async def test_it_shows_what_can_be_pressed_now() -> None:
    app = Keys()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Bid" not in shown(app)
        for app.may_bid in (True, False, None):
            app.refresh_bindings()
            await pilot.pause()
            assert ("b Bid" in shown(app)) == (app.may_bid is not False)


async def test_a_key_can_be_clicked() -> None:
    app = Keys()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(BindingKeys, offset=(1, 0))
        await pilot.pause()
        assert app.asked == 1


async def test_help_and_the_way_out_keep_their_place_where_room_is_short() -> None:
    app = Keys()
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.pause()
        assert "? Help  f1 Leave" in shown(app).split("\n")[-1]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_the_way_back_to_the_console_stands_on_the_last_line_of_a_station(
    size: tuple[int, int],
) -> None:
    play = Play().start()
    teams = play.session.state.script.scenario.teams
    app = TabletopApp({seat: LocalLink(play.session, seat) for seat in ("facilitator", *teams)})
    async with app.run_test(size=size) as pilot:
        await press(pilot, "f3", "enter")
        assert "F1 Leave" in shown(app).split("\n")[-1]
        await press(pilot, "f1", "enter")
        assert "F1 Leave" not in shown(app)
