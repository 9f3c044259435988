"""A station whose host takes its time with an answer."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.exercise.refusal import Refusal
from tabletop.host.local_link import LocalLink
from tabletop.protocol.submission import UNANSWERED, Answer, Submission
from tabletop.tui.kit import pending as under_way
from tabletop.tui.station.forms.share import ShareForm
from tabletop.tui.station.screen import StationScreen
from tests.tui.station.playing import Play, StationApp, form_text, press, shown, write
from tests.tui.test_key_queue import type_at_once, until


class SlowLink(LocalLink):
    """Answer once the test lets it."""

    def __init__(self, play: Play, seat: str) -> None:
        super().__init__(play.session, seat)
        self.answers = asyncio.Event()
        self.instead: Answer | None = None
        """What is answered without asking the host."""
        self.waiting: list[Submission] = []

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """What waits for an answer as well, as a link to a host far away has it."""
        return (*super().submissions, *self.waiting)

    async def submit(self, command: c.Command, key: str | None = None) -> Answer:
        if not isinstance(command, c.Read):
            self.waiting.append(Submission(key or "", command))
            await self.answers.wait()
            self.waiting.clear()
            if self.instead is not None:
                return self.instead
        return await super().submit(command, key)


class Slow(StationApp):
    """A station on such a link."""

    def __init__(self, play: Play, seat: str = "tokyo") -> None:
        super().__init__(play, seat)
        self.link = SlowLink(play, seat)
        self.station = StationScreen(self.link)


async def answered(app: Slow, pilot: Pilot[None]) -> None:
    """Let the host answer, and everything that follows happen."""
    app.link.answers.set()
    for _ in range(6):
        await pilot.pause()


async def sent(pilot: Pilot[None]) -> None:
    """Decide, with a reason, and send it."""
    await press(pilot, "d", "1")
    await write(pilot, "Because")
    await press(pilot, "ctrl+s")


@pytest.fixture
def play() -> Play:
    return Play().start().until(6)


async def test_a_form_that_is_left_while_its_command_is_on_its_way_does_not_say_not_sent(play: Play) -> None:
    """Nor does it keep a draft, which would be sent a second time."""
    app = Slow(play)
    async with app.run_test(size=(100, 30)) as pilot:
        await sent(pilot)
        assert "Sending" in shown(app)
        await press(pilot, "escape")
        assert app.screen is app.station
        assert "On its way" in shown(app)
        assert "Not sent" not in shown(app)
        assert not app.station.memory.drafts.names
        await answered(app, pilot)
        assert len(play.events("decision-recorded")) == 1
        assert "Recorded: Decision D2" in shown(app)
        assert app.left == 0


async def test_what_is_refused_after_its_form_has_closed_stands_in_it_again(play: Play) -> None:
    """And the station says why."""
    app = Slow(play)
    async with app.run_test(size=(100, 30)) as pilot:
        await sent(pilot)
        await press(pilot, "escape")
        play.do("facilitator", c.Pausex())
        await answered(app, pilot)
        assert "Not recorded: Decision D2: play is paused" in shown(app)
        await press(pilot, "d")
        assert form_text(app) == "Because"


async def test_what_may_be_recorded_already_is_not_offered_as_if_it_had_never_been_sent(play: Play) -> None:
    """The link ends, as when people leave; the outbox keeps the command and sends it the next time."""
    app = Slow(play)
    async with app.run_test(size=(100, 30)) as pilot:
        await sent(pilot)
        await press(pilot, "escape")
        app.link.instead = Refusal("it is not known whether this was recorded", UNANSWERED)
        await answered(app, pilot)
        (name,) = app.station.memory.drafts.names
        kept = app.station.memory.drafts.get(name)
        assert kept is not None
        assert kept.sent
        assert "Not recorded" not in shown(app)


async def test_a_form_does_not_wait_for_a_host_that_does_not_answer(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The team can go on."""
    monkeypatch.setattr(under_way, "PATIENCE", 0.0)
    app = Slow(play)
    async with app.run_test(size=(100, 30)) as pilot:
        await sent(pilot)
        await until(pilot, lambda: app.screen is app.station)
        assert "On its way" in shown(app)
        await answered(app, pilot)
        assert len(play.events("decision-recorded")) == 1


async def test_keys_behind_ctrl_s_act_on_the_station_and_not_on_the_form(play: Play) -> None:
    """Also when the host has not answered yet."""
    app = Slow(play, "washington")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "n", "m", "1", "tab")
        await write(pilot, "We are here")
        type_at_once(app, ["ctrl+s", "s"])
        for _ in range(6):
            await pilot.pause()
        assert form_text(app) == "We are here"
        await answered(app, pilot)
        await until(pilot, lambda: isinstance(app.screen, ShareForm))
        assert play.events("message-sent")[0].text == "We are here"  # type: ignore[attr-defined]


async def test_what_waits_for_the_host_is_not_called_nothing(play: Play) -> None:
    app = Slow(play)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await sent(pilot)
        await press(pilot, "escape", "0")
        assert "L shows how far each entry has come." in shown(app)
        await answered(app, pilot)
