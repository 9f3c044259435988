"""N7: two consoles: what one settles is not asked at the other, and no window keeps a key from acting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from tabletop.exercise import commands as c
from tabletop.exercise.state import Stage
from tabletop.protocol import messages
from tabletop.system.clock import Readings, TimeSource, VirtualTime
from tabletop.tui.console.dialogs.emergency import EmergencyAlert
from tabletop.tui.console.dialogs.leap import LeapWindow
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.window import Window
from tests.host.hosted import House, Joined
from tests.pilot.test_rooms import Room, facilitating, stage


class Machine(VirtualTime):
    """A machine on which it is seen when the program stands still."""

    def source(self) -> TimeSource:
        return replace(super().source(), readings=lambda: Readings(self.seconds, self.seconds, self.seconds))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, Machine("2000-01-01T07:03:00.000Z"))


def other_console(house: House) -> Joined:
    """Somebody else takes the exercise over."""
    other = house.join(c.FACILITATOR, "Sato")
    other.say(messages.TakeOver())
    return other


def open_window(room: Room) -> Screen[Any] | None:
    """The window on top; None if the console can be seen."""
    top: Screen[Any] = room.app.screen
    return None if top is room.app.console_screen else top


async def look(room: Room) -> None:
    """Let the window on top look whether it is settled, as it does four times a second."""
    await room.settle()
    window = room.app.screen
    if isinstance(window, Window):
        window.close_if_settled()
    await room.settle()


def leap(house: House) -> None:
    """The host stands still for ten minutes."""
    house.time.seconds += 600
    house.hosting.tick()


@pytest.mark.parametrize("window", ["b", "l", "i", "question_mark"])
async def test_n7_z_takes_over_from_within_any_window(house: House, window: str) -> None:
    house.do(c.Startex())
    async with facilitating(house) as room:
        await room.press(window)
        below = room.app.screen
        assert open_window(room) is below
        other = other_console(house)
        await room.settle()
        await room.press("z")
        assert isinstance(room.app.screen, Confirm)
        assert "Take over?" in room.text
        await room.press("y")
        assert room.app.screen is below
        chair = other.last(messages.Chair)
        assert isinstance(chair, messages.Chair)
        assert not chair.yours


async def test_n7_where_text_is_typed_z_is_a_letter(house: House) -> None:
    house.do(c.Startex())
    async with facilitating(house) as room:
        await room.press("n")
        assert isinstance(room.app.screen, Form)
        other_console(house)
        await room.settle()
        await room.press("z", "z")
        assert isinstance(room.app.screen, Form)
        assert "zz" in room.text


async def test_n7_the_console_that_runs_the_exercise_is_not_asked_to_take_over(house: House) -> None:
    async with facilitating(house) as room:
        await room.press("b", "z")
        assert not isinstance(room.app.screen, Confirm)


async def test_n7_the_host_stood_still_is_asked_of_who_may_act_and_closes_once_settled(
    house: House,
) -> None:
    house.do(c.Startex())
    async with facilitating(house) as room:
        await room.settle()
        leap(house)
        await look(room)
        assert isinstance(open_window(room), LeapWindow)
        other = other_console(house)
        await look(room)
        assert open_window(room) is None
        await look(room)
        assert open_window(room) is None
        await room.press("z", "y")
        await look(room)
        assert isinstance(open_window(room), LeapWindow)
        house.do(c.Resume())
        await look(room)
        assert open_window(room) is None
        assert stage(house) is Stage.RUNNING
        assert other.connection.ended is None


async def test_n7_a_question_about_the_course_closes_once_another_console_answered_it(
    house: House,
) -> None:
    house.do(c.Startex())
    async with facilitating(house) as room:
        await room.press("ctrl+x")
        assert "End the exercise (ENDEX)?" in room.text
        house.do(c.Endex())
        await look(room)
        assert open_window(room) is None
        assert stage(house) is Stage.ENDED


async def test_n7_an_emergency_that_was_declared_elsewhere_is_not_stood_down_by_the_second_press(
    house: House,
) -> None:
    house.do(c.Startex())
    async with facilitating(house) as room:
        await room.press("ctrl+e")
        assert isinstance(room.app.screen, EmergencyAlert)
        house.do(c.Emergency())
        await look(room)
        assert not isinstance(room.app.screen, EmergencyAlert)
        assert stage(house) is Stage.EMERGENCY


@pytest.mark.parametrize("window", ["", "b", "n", "question_mark"])
async def test_n7_ctrl_e_stops_play_from_a_console_that_only_reads(house: House, window: str) -> None:
    house.do(c.Startex())
    async with facilitating(house) as room:
        if window:
            await room.press(window)
        other_console(house)
        await room.settle()
        await room.press("ctrl+e")
        assert "This console only reads: it takes over first." in room.text
        await room.press("ctrl+e")
        assert stage(house) is Stage.EMERGENCY
