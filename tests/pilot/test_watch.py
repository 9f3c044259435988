"""Observers and evaluators at work: an observer sees, an evaluator notes and rates as well."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.host.draft_file import DraftsOnDisk
from tabletop.host.drafts import DraftStore
from tabletop.host.session import Session
from tabletop.system.clock import SYSTEM_TIME
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.one_seat import SeatApp
from tabletop.tui.overview.explain import ExplainWindow
from tabletop.tui.overview.log import LogList
from tabletop.tui.watch.screen import WatchScreen
from tests.builders import expecting
from tests.link.served import Room
from tests.tui.station.playing import Play, press, shown
from tests.tui.watch.watching import WatchApp

SMALL, LARGE = (80, 24), (200, 60)


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    await room.start()
    yield room
    await room.stop()


def judged(play: Play) -> list[e.Event]:
    return [record.event for record in play.session.records if isinstance(record.event, e.JudgementEvent)]


@pytest.mark.parametrize("size", [SMALL, (120, 40), LARGE])
@pytest.mark.parametrize("seat", ["observer", "evaluator"])
async def test_what_happens_is_seen_as_it_happens(seat: str, size: tuple[int, int]) -> None:
    play = Play().start()
    app = WatchApp(play, seat)
    async with app.run_test(size=size) as pilot:
        play.until(6)
        play.do("tokyo", c.Message(to=("seoul",), text="Between the two of us."))
        await press(pilot)
        text = shown(app)
        assert "Tokyo wrote to Seoul: Between the two of us." in text
        assert "EXERCISE EXERCISE EXERCISE" in text
        assert "RUNNING" in text
        assert ("Y Rate" in text) == (seat == "evaluator")


async def test_the_list_follows_the_newest_unless_somebody_reads_further_up() -> None:
    play = Play().start().until(6)
    app = WatchApp(play, "observer")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "up", "up", "up")
        events = app.seated.query_one(LogList)
        assert not events.follows
        for number in range(30):
            play.do("tokyo", c.Message(to=("seoul",), text=f"Line {number}"))
        await press(pilot)
        assert "Line 29" not in shown(app)
        await press(pilot, "end")
        assert "Line 29" in shown(app)
        play.do("tokyo", c.Message(to=("seoul",), text="The very last"))
        await press(pilot)
        assert "The very last" in shown(app)


async def test_an_evaluator_notes_what_the_cursor_is_on() -> None:
    play = Play().start().until(5)
    app = WatchApp(play)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot)
        assert "was asked to decide D1" in shown(app)  # the last event, and the cursor on it
        await press(pilot, "o", *"Slow", "enter", "3")
        assert judged(play) == [e.ObservationMade(text="Slow", about="push-track")]
        assert "Recorded #" in shown(app)
        assert app.screen is app.seated


async def test_an_evaluator_ticks_an_expected_action() -> None:
    play = Play(expecting()).start().until(6)
    app = WatchApp(play)
    async with app.run_test(size=LARGE) as pilot:
        await press(pilot, "l")
        assert "Push the track" in shown(app)
        await press(pilot, "ctrl+s")
        [ticked] = judged(play)
        assert isinstance(ticked, e.ActionTicked)
        assert (ticked.entry, ticked.number, ticked.outcome) == ("detection", 1, "done")
        assert "Recorded #" in shown(app)


async def test_an_action_that_was_done_earlier_is_ticked_with_its_time() -> None:
    play = Play(expecting()).start().until(6)
    app = WatchApp(play)
    async with app.run_test(size=LARGE) as pilot:
        await press(pilot, "l")
        assert "Done at" in shown(app)
        app.screen.query_one(Input).value = "9"
        await press(pilot, "ctrl+s")
        assert "it cannot have been done later than now" in " ".join(shown(app).split())
        app.screen.query_one(Input).value = "5:30"
        await press(pilot, "ctrl+s")
        [ticked] = judged(play)
        assert isinstance(ticked, e.ActionTicked)
        assert ticked.happened == 330


async def test_an_evaluator_rates_an_objective_and_adjusts_a_score() -> None:
    play = Play().start().until(9)
    app = WatchApp(play)
    async with app.run_test(size=LARGE) as pilot:
        await press(pilot, "y")
        form = app.screen
        assert isinstance(form, Form)
        form._made["rating"][0].value = "S"  # type: ignore[attr-defined]
        form._made["note"][0].text = "Late"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s", "t")
        form = app.screen
        assert isinstance(form, Form)
        form._made["reason"][0].text = "Asked twice"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert [type(event) for event in judged(play)] == [e.RatingGiven, e.ScoreAdjusted]
        assert shown(app).count("Recorded #") == 2


async def test_what_others_rated_is_shown_once_the_evaluator_has_rated(tmp_path: Path) -> None:
    """In the list too, and after a restart of the terminal."""
    play = Play().start().until(9)
    drafts = DraftStore(DraftsOnDisk(tmp_path / "drafts.json", "0123"))
    others = c.Grade(objective="share", rating="U", note="A deaf wall")
    name = next(iter(play.session.state.script.scenario.objectives))
    assert name == others.objective
    app = WatchApp(play, drafts=drafts)
    async with app.run_test(size=LARGE) as pilot:
        play.session.submit("evaluator", others, name="R. Other")
        await press(pilot)
        assert "R. Other rated" in shown(app)
        assert "shown once you have rated it" in shown(app)
        assert "A deaf wall" not in shown(app)
        await press(pilot, "y")
        form = app.screen
        assert isinstance(form, Form)
        form._made["rating"][0].value = "S"  # type: ignore[attr-defined]
        form._made["note"][0].text = "Late"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        app.seated._look()
        await press(pilot)
        assert "A deaf wall" in shown(app)
        play.session.submit("evaluator", c.Grade(objective="share", team="tokyo", rating="M", note="Silent"))
        await press(pilot)
    again = WatchApp(play, drafts=DraftStore(DraftsOnDisk(tmp_path / "drafts.json", "0123")))
    async with again.run_test(size=LARGE) as pilot:
        await press(pilot)
        assert "A deaf wall" in shown(again)
        await press(pilot, "y")
        assert "You rated S" in " ".join(shown(again).split())


@pytest.mark.parametrize("key", ["o", "y", "t", "3"])
async def test_b16_an_observer_is_offered_nothing_that_would_be_refused(key: str) -> None:
    play = Play().start().until(6)
    app = WatchApp(play, "observer")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, key)
        assert app.screen is app.seated
        assert "Yours" not in shown(app)
        await press(pilot, "question_mark")
        assert isinstance(app.screen, ReadingWindow)
        assert "rate how an objective" not in shown(app)
    assert not judged(play)


async def test_before_startex_there_is_nothing_to_judge_and_the_rules_can_be_read() -> None:
    app = WatchApp(Play())
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "o")
        assert app.screen is app.seated
        await press(pilot, "i")
        assert isinstance(app.screen, ExplainWindow)
        await press(pilot, "escape", "q")
        assert isinstance(app.screen, Confirm)


async def test_a_refusal_keeps_what_was_typed() -> None:
    play = Play().start().until(5)
    app = WatchApp(play)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "o", *"Slow")
        play.do("facilitator", c.Endex())
        play.do("facilitator", c.Close())
        await press(pilot, "enter")
        assert isinstance(app.screen, Form)
        assert "record of this exercise is closed" in shown(app)
        assert "Slow" in shown(app)


async def test_f10_what_is_noted_while_the_host_is_gone_is_recorded_once_it_is_back(room: Room) -> None:
    link = await room.newcomer("evaluator-1")
    app = SeatApp(lambda: WatchScreen(link))
    async with app.run_test(size=(100, 30)) as pilot:
        room.session.submit("facilitator", c.Startex())
        await room.until(lambda: "STARTEX" in shown(app))
        await room.server.stop()
        await room.until(lambda: "No word from the host since" in shown(app))
        await press(pilot, "3", "o", *"Nobody called.", "enter")
        await room.until(lambda: isinstance(app.screen, WatchScreen) and "Sending" in shown(app))
        room.session = Session.resume(room.log, SYSTEM_TIME)
        await room.start()
        await room.until(lambda: "Recorded #" in shown(app))
        noted = [record.event for record in room.log.read() if isinstance(record.event, e.JudgementEvent)]
        assert [event.text for event in noted if isinstance(event, e.ObservationMade)] == ["Nobody called."]


async def test_what_the_host_refuses_after_all_is_back_in_its_form(room: Room) -> None:
    link = await room.newcomer("evaluator-1")
    app = SeatApp(lambda: WatchScreen(link))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        room.session.submit("facilitator", c.Startex())
        await room.until(lambda: "STARTEX" in shown(app))
        await room.server.stop()
        await room.until(lambda: "No word from the host since" in shown(app))
        await press(pilot, "3", "o", *"Nobody called.", "enter")
        await room.until(lambda: isinstance(app.screen, WatchScreen) and "Sending" in shown(app))
        room.session = Session.resume(room.log, SYSTEM_TIME)
        room.log.close()
        room.session.tick()
        await room.start()
        await room.until(lambda: "Refused: nothing can be recorded: the log is closed" in shown(app))
        assert "Observed: Nobody called." in shown(app)
        await press(pilot, "1")
        await room.until(lambda: "Not recorded:" in shown(app))  # whatever panel is open
        await press(pilot, "o")
        form = app.screen
        assert isinstance(form, Form)
        assert form.value("text") == "Nobody called."
