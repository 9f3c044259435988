"""What the first keys in a form do: a proposed time gives way; no habit records a choice without a reason."""

from __future__ import annotations

import pytest

from tests.tui.console.staging import MEDIUM, Console, console
from tests.tui.console.staging import Play as ConsolePlay
from tests.tui.station.playing import Play, StationApp, dialog, press, shown, write


async def jumped(desk: Console, *keys: str) -> int:
    await desk.press("j", *keys, "enter")
    return int(desk.screen.now)


@pytest.mark.parametrize(
    ("keys", "minutes"),
    [(tuple("T+8"), 8), (tuple("9"), 9), ((), 5), (("end", "backspace", "7"), 7)],
    ids=["typed over", "a number alone", "as proposed", "edited"],
)
async def test_w9_a_time_typed_in_jump_takes_the_place_of_the_proposed_one(
    keys: tuple[str, ...], minutes: int
) -> None:
    async with console(ConsolePlay().start().release("notice"), MEDIUM) as desk:
        assert await jumped(desk, *keys) == minutes * 60


async def test_w9_enter_twice_records_no_choice_without_a_reason() -> None:
    """The first chooses, the second asks; a reason and Enter record, or Ctrl+S without one."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "enter", "enter", "enter")
        assert not play.events("decision-recorded")
        assert "Give a reason, or press Ctrl+S to record without one." in shown(app)
        assert dialog(app).picked("options")
        await write(pilot, "Because")
        await press(pilot, "enter")
        assert len(play.events("decision-recorded")) == 1


async def test_w9_ctrl_s_records_a_choice_without_a_reason() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "enter", "enter", "ctrl+s")
        assert len(play.events("decision-recorded")) == 1


async def test_w9_a_reason_given_before_stands_for_an_amended_choice() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "1")
        await write(pilot, "Because")
        await press(pilot, "enter", "d", "2", "enter")
        assert len(play.events("decision-recorded")) == 2
