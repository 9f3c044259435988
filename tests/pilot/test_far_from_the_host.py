"""A terminal that is one station or a console, at a host on the network."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot

from tabletop.exercise import commands as c
from tabletop.exercise.events import Event
from tabletop.host.drafts import Draft, DraftStore, Kept
from tabletop.host.session import Session
from tabletop.link.outbox import Outbox, OutboxEntry
from tabletop.system.clock import SYSTEM_TIME
from tabletop.tui.app import TabletopApp
from tabletop.tui.kit import pending as under_way
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.station.app import StationApp
from tabletop.tui.station.screen import StationScreen
from tests.link.served import Room
from tests.tui.station.playing import press, shown, write


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    await room.start()
    yield room
    await room.stop()


async def test_f12_the_station_shows_what_comes_and_says_when_the_host_is_gone(room: Room) -> None:
    link = await room.link("tokyo")
    app = StationApp(link)
    async with app.run_test(size=(100, 30)) as pilot:
        room.session.submit("facilitator", c.Startex())
        room.session.submit("facilitator", c.Release(inject="notice"))
        await room.until(lambda: (pilot.app.refresh() is not None) and "Notice of a launch" in shown(app))
        await room.server.stop()
        await room.until(lambda: "NO LINK TO THE HOST" in shown(app))
        room.session = Session.resume(room.log, SYSTEM_TIME)
        await room.start()
        await room.until(lambda: "PAUSEX" in shown(app))
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        await pilot.press("y")
    assert link.live


async def test_f12_a_console_says_what_to_do_when_its_host_is_gone_and_when_it_was_sent_away(
    room: Room,
) -> None:
    """A lost link mends by itself; F5 would not help, and play may go on without this console."""
    link = await room.link("facilitator-1")
    app = TabletopApp({c.FACILITATOR: link}, front_desk=link)
    async with app.run_test(size=(100, 30)):
        await room.until(lambda: "Press S to start" in shown(app))
        await room.server.stop()
        await room.until(lambda: "NO LINK TO THE HOST" in shown(app))
        assert "start it again with --resume" in shown(app)
        assert "Press F5" not in shown(app)
        await room.start()
        await room.until(lambda: "NO LINK TO THE HOST" not in shown(app))
        room.hub.revoked("facilitator-1")
        await room.until(lambda: "THIS CONSOLE IS CUT OFF" in shown(app))
        assert "Ctrl+Q leaves" in shown(app)


async def decide(pilot: Pilot[None], why: str) -> None:
    """Choose the first option of the decision that waits, with a reason, and send it."""
    await press(pilot, "d", "1")
    await write(pilot, why)
    await press(pilot, "ctrl+s")


class KilledWhileSending:
    """What was on the disk of a station that was killed before its form had closed."""

    def read(self) -> Kept:
        draft = Draft("Decide", {"reason": "As agreed"}, {"options": ("quiet",)}, open=True, sent=True)
        return Kept({("tokyo", "decide/alert"): draft})

    def write(self, kept: Kept) -> None:
        """Keep nothing."""

    def remove(self) -> None:
        """There is nothing."""


def recorded(room: Room, kind: str) -> list[Event]:
    return [record.event for record in room.log.read() if record.event.type == kind]


async def test_n6_what_is_entered_while_the_host_is_away_waits_and_the_team_goes_on(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(under_way, "PATIENCE", 0.3)
    link = await room.link("tokyo")
    app = StationApp(link)
    async with app.run_test(size=(110, 36)) as pilot:
        room.session.submit("facilitator", c.Startex())
        room.session.submit("facilitator", c.Release(inject="sighting", confirm=True))
        await room.until(lambda: "Alert the public" in shown(app))
        await room.server.stop()
        await room.until(lambda: "NO LINK TO THE HOST" in shown(app))
        await decide(pilot, "As agreed")
        await room.until(lambda: under_way.WAITS[:50] in shown(app))
        assert isinstance(app.screen, StationScreen), "the form is gone"
        assert "Decision D2: Waits until play goes on" in shown(app)
        room.session = Session.resume(room.log, SYSTEM_TIME)
        await room.start()
        await room.until(lambda: "PAUSEX" in shown(app))
        await press(pilot, "c", "1", "tab", "tab")
        await write(pilot, "What do you see?")
        await press(pilot, "ctrl+s")
        await room.until(lambda: "Consultation of Washington: Waits until play goes on" in shown(app))
        assert isinstance(app.screen, StationScreen)
        room.session.submit("facilitator", c.Resume())
        await room.until(lambda: bool(recorded(room, "consult-requested")))
        assert len(recorded(room, "decision-recorded")) == 1
        await room.until(lambda: "Recorded: Consultation of Washington" in shown(app))
        assert not app.screen.memory.drafts.names


async def test_n6_what_an_earlier_run_left_waiting_is_told_of_and_if_refused_stands_in_its_form_again(
    room: Room,
) -> None:
    room.session.submit("facilitator", c.Startex())
    room.session.submit("facilitator", c.Release(inject="sighting", confirm=True))
    await room.restart()
    entry = OutboxEntry("kept", c.Decide(decision="alert", option="quiet", rationale="As agreed"))
    link = await room.link("tokyo", Outbox([entry]))
    app = StationApp(link, DraftStore(KilledWhileSending()))
    async with app.run_test(size=(110, 36)) as pilot:
        await room.until(lambda: "Decision D2: Waits until play goes on" in shown(app))
        await pilot.pause()
        assert isinstance(app.screen, StationScreen), "nobody is asked to send again what is being sent"
        assert not app.screen.memory.drafts.names
        room.session.submit("facilitator", c.Lapse(decision="alert"))
        room.session.submit("facilitator", c.Resume())
        await room.until(lambda: "Not recorded: Decision D2" in shown(app))
        assert isinstance(app.screen, StationScreen)
        await pilot.pause()
        assert app.screen.memory.drafts.get("decide/alert") == Draft(
            "Decision D2", {"reason": "As agreed"}, {"options": ("quiet",)}
        )
    assert not recorded(room, "decision-recorded")
