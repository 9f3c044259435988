"""The last lines of a screen: true after every change, and the way out always on them."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType

from tabletop.exercise import commands as c
from tabletop.host.local_link import LocalLink
from tabletop.scenario.scenario import Scenario
from tabletop.tui.app import TabletopApp
from tabletop.tui.kit.key_line import BindingKeys
from tests.builders import tiny_scenario
from tests.tui.console.staging import Play, console
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


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_keys_of_the_stations_and_of_the_hot_wash_never_fall_off(size: tuple[int, int]) -> None:
    play = Play().start().release("notice", "sighting")
    async with console(play, size) as desk:
        last = " ".join(shown(desk.app).splitlines()[-2:])
        assert "F2-F4 Teams" in last or all(f"F{number} " in last for number in (2, 3, 4))
        play.do(c.Endex()).do(c.HotWash())
        await desk.settle()
        last = " ".join(shown(desk.app).splitlines()[-2:])
        assert "Y Rate" in last
        assert "I Explain" in last


async def test_scores_that_do_not_fit_say_how_many_more_there_are_and_which_key_shows_them() -> None:
    async with console(Play(ten_objectives()).start(), (80, 24)) as desk:
        await desk.press("4")
        assert "O10" not in desk.text
        assert "more: PgDn" in desk.text
        await desk.press("pagedown")
        assert "O10" in desk.text
        await desk.press("pageup")
        assert "O10" not in desk.text


async def test_the_keys_of_a_long_form_stay_on_a_small_screen() -> None:
    play = Play(ten_objectives()).start().release("notice", "sighting")
    async with console(play, (60, 20)) as desk:
        play.do(c.Decide(decision="alert", words="Islands only. " * 12), "tokyo")
        await desk.settle()
        await desk.press("ctrl+g")
        assert "Enter or Ctrl+S record" in desk.text
        await desk.press(*["tab"] * 10)
        assert "O10" in desk.text
        assert "Enter or Ctrl+S record" in desk.text


def ten_objectives() -> Scenario:
    """The tiny scenario with as many objectives as a real one."""
    scenario = tiny_scenario()
    first = next(iter(scenario.objectives.values()))
    more = {
        f"more-{number}": first.model_copy(update={"code": f"O{number}", "title": f"Matter {number}"})
        for number in range(len(scenario.objectives) + 1, 11)
    }
    return scenario.model_copy(update={"objectives": {**scenario.objectives, **more}})


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
