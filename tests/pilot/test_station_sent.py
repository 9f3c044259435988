"""What was sent from a station and how far it has come, on the station's own screen."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tabletop.exercise import commands as c
from tabletop.link.outbox import Outbox, OutboxEntry
from tabletop.tui.station.app import StationApp as Alone
from tests.link.served import Room
from tests.tui.station.playing import Play, StationApp, press, shown


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    await room.start()
    yield room
    await room.stop()


async def test_the_last_command_stands_in_the_foot_line_with_the_seats_own_number() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        assert "Recorded #" not in shown(app), "that something was opened is nothing that was sent"
        answer = await app.station.link.submit(c.Message(to=("seoul",), text="Are you there?"))
        await press(pilot)
        app.station._tick()
        await pilot.pause()
        assert f"Message to Seoul: Recorded #{answer.last}" in shown(app)  # type: ignore[union-attr]
        refused = await app.station.link.submit(c.Answer.model_validate({"from": "seoul", "text": "x"}))
        app.station._tick()
        await pilot.pause()
        assert f"Answer to Seoul: Refused: {refused.message[:20]}" in shown(app)  # type: ignore[union-attr]
        await press(pilot, "l")
        text = shown(app)
        assert "Sent from this terminal" in text
        assert text.count("Message to Seoul: Recorded") == 1


async def test_f01_what_was_left_in_the_outbox_by_a_crash_is_shown_with_what_became_of_it(room: Room) -> None:
    console = await room.link("facilitator-1")
    await console.submit(c.Startex())
    left = Outbox(
        [
            OutboxEntry("a", c.Message(to=("seoul",), text="before the crash")),
            OutboxEntry("b", c.Read(inject="no-such-inject")),
            OutboxEntry("c", c.Answer.model_validate({"from": "seoul", "text": "x"})),
        ]
    )
    link = await room.link("tokyo", outbox=left)
    app = Alone(link)
    async with app.run_test(size=(100, 40)) as pilot:
        await room.until(lambda: all(one.answered for one in link.submissions))
        await pilot.press("l")
        await room.until(lambda: (app.refresh() is not None) and "Answer to Seoul: Refused" in shown(app))
        assert "Message to Seoul: Recorded #2 → Delivered" in shown(app)
