"""The console asks how to go on when the host's clock has leapt (F16)."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.state import Stage
from tabletop.host.session import Session
from tabletop.system.clock import Readings, TimeSource
from tabletop.tui.console.dialogs.leap import LeapWindow
from tabletop.tui.kit.form import Form
from tests.builders import tiny_scenario
from tests.tui.console.staging import MEDIUM, SMALL, Console, Play, console


class LeapingPlay(Play):
    """A play on a machine whose time of day can be set, and which can stand still."""

    def __init__(self) -> None:
        super().__init__()
        self.set = 0.0
        source = self.time.source()
        time = TimeSource(
            monotonic=source.monotonic,
            wall=lambda: "2026-11-23T07:03:12.000Z",
            readings=lambda: Readings(self.time.seconds, self.time.seconds, self.time.seconds + self.set),
        )
        self.log = type(self.log)()
        self.session = Session.begin(self.log, tiny_scenario(), name="Rehearsal", seed=7, time=time)
        self.session.tick()

    def step(self, seconds: float) -> LeapingPlay:
        """Play on as a running program does."""
        for _ in range(int(seconds)):
            self.time.seconds += 1
            self.session.tick()
        return self

    def stand_still(self, seconds: float) -> None:
        """The program is stopped for so long."""
        self.time.seconds += seconds
        self.session.tick()

    def set_clock(self, seconds: float) -> None:
        """The machine's time of day is set."""
        self.set += seconds
        self.session.tick()


def playing() -> LeapingPlay:
    play = LeapingPlay()
    play.start()
    return play.step(60)


async def look(desk: Console) -> None:
    """Let the console look at the exercise, as it does four times a second."""
    desk.screen._look()
    await desk.settle()


async def asked(desk: Console) -> None:
    """Wait for the question."""
    await look(desk)
    assert isinstance(desk.app.screen, LeapWindow)


@pytest.mark.parametrize("size", [SMALL, MEDIUM])
async def test_f16_after_a_leap_the_console_asks_and_goes_on(size: tuple[int, int]) -> None:
    play = playing()
    async with console(play, size) as desk:
        play.stand_still(3_720)
        await asked(desk)
        assert "The host stood still for 1 h 2 min until 07:03 UTC." in desk.text
        assert "it stands at T+1." in desk.text
        await desk.press("enter")
        assert play.session.state.stage is Stage.PAUSED  # Enter is pressed by habit
        await desk.press("p")
        assert play.session.state.running
        assert play.session.now == 60
        assert not isinstance(desk.app.screen, LeapWindow)


async def test_f16_the_facilitator_may_make_up_for_what_was_missed() -> None:
    play = playing()
    async with console(play) as desk:
        play.stand_still(600)
        await asked(desk)
        assert "jump ahead to T+11 first" in desk.text
        await desk.press("a")
        assert play.session.now == 660
        assert play.session.state.stage is Stage.PAUSED  # what fell due does not go out in a burst
        assert "Play is paused." in desk.text


async def test_f16_who_leaves_the_question_is_told_below_and_not_asked_again() -> None:
    play = playing()
    async with console(play) as desk:
        play.set_clock(-3_600)
        await asked(desk)
        assert "jump ahead" not in desk.text  # nothing was missed
        await desk.press("a")
        assert isinstance(desk.app.screen, LeapWindow)
        await desk.press("escape")
        await look(desk)
        assert not isinstance(desk.app.screen, LeapWindow)
        assert "The host's clock jumped back 1 h." in desk.text
        await desk.press("p")
        assert play.session.state.stage is Stage.RUNNING
        assert "jumped back 1 h. Press" not in desk.text


async def test_f16_a_form_is_not_torn_from_under_the_hands() -> None:
    play = playing()
    async with console(play) as desk:
        await desk.press("j")
        play.stand_still(600)
        await look(desk)
        assert isinstance(desk.app.screen, Form)
        await desk.press("escape")
        await asked(desk)


async def test_f16_a_console_opened_later_asks_too_and_one_opened_after_the_answer_does_not() -> None:
    play = playing()
    play.stand_still(600)
    async with console(play) as desk:
        await asked(desk)
    play.do(c.Resume())
    async with console(play) as desk:
        await look(desk)
        assert not isinstance(desk.app.screen, LeapWindow)


async def test_f16_a_console_that_may_not_act_does_not_ask() -> None:
    play = playing()
    play.stand_still(600)
    play.log.why = "the disk is full"
    play.session.tick()
    async with console(play) as desk:
        await look(desk)
        assert not isinstance(desk.app.screen, LeapWindow)
        play.log.why = None
        await desk.press("f5")
        await asked(desk)
