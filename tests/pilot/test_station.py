"""A team at its station: everything it does reaches the log, and nothing it typed is lost."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual.events import Paste
from textual.widgets import TextArea

from tabletop.exercise import commands as c
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.keyed_list import KeyedList
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.panes.reading import ReadingPane
from tabletop.tui.station.screen import StationScreen
from tests.tui.station.playing import Play, StationApp, dialog, form_text, in_time, press, shown, write
from tests.tui.test_key_queue import until

SIZE = (80, 24)


def only(play: Play, kind: str) -> Any:  # noqa: ANN401 - each kind of event has its own fields
    """The one event of a type in the log."""
    (event,) = play.events(kind)
    return event


async def test_reading_an_inject_is_recorded_once() -> None:
    """By the key for what is new, by Enter, and not again."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot)
        assert "2 new [N] read" in shown(app)
        await press(pilot, "n")
        assert "A satellite will be launched southward" in shown(app)
        assert only(play, "inject-read").entry == "notice"
        await press(pilot, "up", "enter", "enter")
        assert "A fishing vessel saw a flash" in shown(app)
        assert [event.entry for event in play.events("inject-read")] == ["notice", "sighting"]  # type: ignore[attr-defined]
        assert "new [N]" not in shown(app)


async def test_a_page_is_marked_at_both_ends() -> None:
    """Besides the line at the top of the screen."""
    app = StationApp(Play().start())
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n")
        assert shown(app).count("EXERCISE EXERCISE EXERCISE") == 3


@pytest.mark.newcomer
async def test_deciding_and_amending() -> None:
    """Number, reason, Enter; and again while the window is open."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d")
        assert "D2 Alert the public  due in 3:00" in shown(app)
        number = 1 + [option.text for option in app.station.model.decisions.open[0].options].index("Nowhere")
        await press(pilot, str(number))
        await write(pilot, "No track yet")
        assert not play.events("decision-recorded")
        await press(pilot, "enter")
        decided = only(play, "decision-recorded")
        assert (decided.option, decided.rationale, decided.amended) == ("quiet", "No track yet", False)
        assert isinstance(app.screen, StationScreen)
        assert "D amends it until T+9." in shown(app)

        await press(pilot, "d")
        assert "can be amended for 3:00" in shown(app)
        assert dialog(app).picked("options") == ("quiet",)
        await press(pilot, "tab")
        await write(pilot, ", and none expected")
        await press(pilot, "ctrl+s")
        amended = play.events("decision-recorded")[1]
        assert amended.rationale == "No track yet, and none expected"  # type: ignore[attr-defined]


async def test_deciding_without_an_option_says_what_to_do() -> None:
    """Nothing is sent."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", "ctrl+s")
        assert "Choose an option first" in shown(app)
        assert not play.events("decision-recorded")


async def test_a_refusal_is_shown_and_what_was_typed_stays() -> None:
    """In the host's own words."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", "1")
        await write(pilot, "Because")
        play.do("facilitator", c.Pausex())
        await press(pilot, "enter")
        assert "Not recorded: play is paused" in shown(app)
        assert "PAUSEX" in shown(app)
        assert form_text(app) == "Because"
        play.do("facilitator", c.Resume())
        await press(pilot, "enter")
        assert only(play, "decision-recorded").rationale == "Because"


async def test_a_decision_that_lapses_under_the_dialog() -> None:
    """The heading says so, and sending is refused."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", "1")
        play.do("facilitator", c.Lapse(decision="alert"))
        await press(pilot)
        assert "closed: closed by exercise control" in shown(app)
        await press(pilot, "enter", "enter")
        assert "D2 is closed: nothing was recorded in time" in shown(app)
        await press(pilot, "escape")
        assert "Not sent: the decision is closed. Your draft is kept; 0 shows it." in shown(app)


async def test_sharing_a_card_sanitised() -> None:
    """From the page of its inject, to one partner; then leave to pass it on."""
    play = Play().start().until(6)
    app = StationApp(play, "washington")
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "n", "n", "s")
        assert "Share a card" in shown(app)
        await press(pilot, "ctrl+s")
        assert "Choose at least one partner" in shown(app)
        await press(pilot, "1", "tab", "2", "ctrl+s")
        event = only(play, "card-shared")
        assert (event.to, event.text, event.sanitised, event.onward) == (
            ("tokyo",),
            "An object is heading south.",
            True,
            False,
        )
        assert "Recorded: “First track” for Tokyo, in clean form." in shown(app)
        await press(pilot, "s")
        assert "has it in clean form" in shown(app)
        await press(pilot, "1", "tab", "2", "tab", "2", "ctrl+s")
        assert only(play, "leave-granted").to == ("tokyo",)


@pytest.mark.newcomer
async def test_consulting_and_the_answer() -> None:
    """Asked at one station, answered at another, read at the first."""
    play = Play().start().until(6)
    tokyo = StationApp(play)
    async with tokyo.run_test(size=SIZE) as pilot:
        await press(pilot, "c", "2", "tab", "2", "tab")
        await write(pilot, "Do you hold a track?")
        await press(pilot, "ctrl+s")
        asked = only(play, "consult-requested")
        assert (asked.to, asked.about, asked.text) == (("seoul",), "alert", "Do you hold a track?")
        assert "Recorded: Seoul consulted." in shown(tokyo)

    seoul = StationApp(play, "seoul")
    async with seoul.run_test(size=SIZE) as pilot:
        await press(pilot)
        assert "Tokyo asks [A] answer" in shown(seoul)
        await press(pilot, "a")
        assert "Do you hold a track?" in shown(seoul)
        await write(pilot, "Since 06:31.\nOne object.")
        await press(pilot, "ctrl+s")
        assert only(play, "consult-answered").text == "Since 06:31.\nOne object."
        assert "Tokyo asks [A]" not in shown(seoul)

    tokyo = StationApp(play)
    async with tokyo.run_test(size=SIZE) as pilot:
        await press(pilot, "n", "n", "n")
        assert "Seoul answered" in shown(tokyo)
        assert "One object." in shown(tokyo)


async def test_enter_sends_an_answer_as_the_keys_say() -> None:
    """An answer is one line, like a reason; pasted lines stay lines."""
    play = Play().start().until(6)
    play.do("tokyo", c.Consult(with_=("seoul",), text="Do you hold a track?"))
    app = StationApp(play, "seoul")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "a")
        assert "Enter or Ctrl+S Send" in shown(app)
        await write(pilot, "Since 06:31")
        await press(pilot, "enter")
        assert only(play, "consult-answered").text == "Since 06:31"


@pytest.mark.newcomer
async def test_speaking_in_public_asks_once_more() -> None:
    """Esc goes back to the words; Enter says them."""
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "p", "2", "tab")
        await write(pilot, "We have seen a launch.")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Confirm)
        assert "cannot be taken back" in shown(app)
        await pilot.press("escape")
        await press(pilot)
        assert form_text(app) == "We have seen a launch."
        assert not play.events("statement-made")
        await pilot.press("ctrl+s")
        await pilot.pause()
        await press(pilot, "enter")
        said = only(play, "statement-made")
        assert (said.text, said.label) == ("We have seen a launch.", "missile")


async def test_advice_to_the_public_is_one_line_of_few_words() -> None:
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "p", "2", "tab")
        await write(pilot, "Take shelter.")
        dialog(app).query_one("#area").focus()
        await pilot.pause()
        app.post_message(Paste("all of\nOkinawa\n"))
        await press(pilot)
        assert dialog(app).value("area") == "all of Okinawa"
        app.copy_to_clipboard("\nand\nAmami")
        await press(pilot, "ctrl+v")
        assert dialog(app).value("area") == "all of Okinawaand Amami"
        dialog(app).query_one("#says").focus()
        await write(pilot, "go home and stay there")
        await press(pilot, "ctrl+s")
        assert "Use one word, or at most three." in shown(app)
        assert not play.events("statement-made")


async def test_a_statement_and_a_consultation_can_be_about_a_decision_that_was_taken() -> None:
    """On 24 rows too there is room for both lists and the words."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "d", "1", "tab")
        await press(pilot, "ctrl+s")
        assert only(play, "decision-recorded").decision == "alert"
        await press(pilot, "p", "2", "tab", "2", "tab")
        await write(pilot, "We have seen a launch.")
        assert "We have seen a launch." in shown(app)
        assert "2 D2 Alert the public" in shown(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        await press(pilot, "enter")
        said = play.events("statement-made")[-1]
        assert (said.label, said.about) == ("missile", "alert")  # type: ignore[attr-defined]
        await press(pilot, "c", "1", "tab", "2", "tab")
        await write(pilot, "Will you follow?")
        await press(pilot, "ctrl+s")
        assert only(play, "consult-requested").about == "alert"


async def test_writing_to_exercise_control() -> None:
    """And back to whoever wrote."""
    play = Play().start()
    play.do("facilitator", c.Message(to=("tokyo",), text="Is all well?"))
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n", "n")
        assert "Is all well?" in shown(app)
        await press(pilot, "m")
        assert dialog(app).picked("partners") == ("control",)
        await press(pilot, "tab")
        await write(pilot, "Yes.")
        await press(pilot, "ctrl+s")
        sent = play.events("message-sent")[1]
        assert (sent.to, sent.text) == (("control",), "Yes.")  # type: ignore[attr-defined]


async def test_a_draft_survives_escape_events_and_a_hand_over() -> None:
    """Half-typed text is never lost."""
    play, desk = Play().start().until(4), StationMemory()
    app = StationApp(play, desk=desk)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "m", "1", "tab")
        await write(pilot, "We are about to")
        play.until(6)
        await press(pilot)
        assert dialog(app).query_one(TextArea).text == "We are about to"
        assert dialog(app).focused is dialog(app).query_one(TextArea)
        await press(pilot, "escape")
        assert "Your draft is kept" in shown(app)
        assert "D2 due in" in shown(app)
    again = StationApp(play, desk=desk)
    async with again.run_test(size=SIZE) as pilot:
        await press(pilot, "m")
        assert (form_text(again), dialog(again).picked("partners")) == (
            "We are about to",
            ("washington",),
        )
        await press(pilot, "ctrl+s", "m")
        assert form_text(again) == ""


async def test_an_untouched_dialog_leaves_no_draft() -> None:
    """And no word about one."""
    desk = StationMemory()
    app = StationApp(Play().start(), desk=desk)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "p", "escape")
        assert not desk.drafts.names
        assert "draft" not in shown(app)


async def test_the_cursor_stays_on_its_row_when_something_arrives() -> None:
    """However much comes above it."""
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "n")
        inbox = app.screen.query_one("#inbox", KeyedList)
        assert inbox.key == "inject/notice"
        play.until(6)
        await press(pilot)
        assert (inbox.key, inbox.highlighted) == ("inject/notice", 1)
        assert app.screen.query_one(ReadingPane).key == "inject/notice"


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_what_to_do_next_follows_while_a_form_is_open_at_a_gate(size: tuple[int, int]) -> None:
    """A line that still asks for a decision which the gate has closed misleads."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "m")
        assert "[D] decide" in shown(app)
        play.do("facilitator", c.Gate())
        await press(pilot)
        assert "PHASE ENDED" in shown(app)
        assert "[D] decide" not in shown(app)
        assert "as you see fit" not in shown(app)
        play.do("facilitator", c.BeginPhase())
        await press(pilot)
        assert "Aftermath" in shown(app)


@pytest.mark.parametrize("keys", [(), ("m",), ("question_mark",), ("ctrl+p",)])
async def test_a_real_world_emergency_stands_above_everything(keys: tuple[str, ...]) -> None:
    """At once, over a dialog too; and the marking does not contradict it."""
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, *keys)
        play.do("facilitator", c.Emergency(text="Fire on floor 2."))
        await pilot.pause()
        await press(pilot)
        screen = shown(app)
        assert "REAL WORLD  REAL WORLD  REAL WORLD" in screen
        assert "REAL-WORLD EMERGENCY" in screen
        assert "Fire on floor 2." in screen
        assert "EXERCISE" not in screen
        await press(pilot, "escape")
        assert "EXERCISE" not in shown(app)  # nor on the page that was open, under a form
        play.do("facilitator", c.StandDown())
        await press(pilot)
        assert "REAL WORLD" not in shown(app)
        assert "PAUSEX" in shown(app)


async def test_an_emergency_takes_away_the_last_question_unanswered() -> None:
    """Nothing is said in public by someone who leaves the room."""
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "p", "tab")
        await write(pilot, "We regret")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        play.do("facilitator", c.Emergency(text="Fire"))
        await pilot.pause()
        await press(pilot, "escape")
        assert form_text(app) == "We regret"
        assert not play.events("statement-made")


async def test_trouble_with_the_log_is_shown_and_nothing_is_lost() -> None:
    """The band says whom to tell; the text stays."""
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "m", "1", "tab")
        await write(pilot, "Hello")
        play.log.close()
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "Not recorded: the host cannot record at the moment" in shown(app))
        assert form_text(app) == "Hello"
        async with asyncio.timeout(10):
            while "NOTHING CAN BE RECORDED" not in shown(app):
                await pilot.pause(0.01)


async def test_boards_on_a_small_screen_take_the_place_of_the_page() -> None:
    """Esc brings the page back; only then does it leave."""
    app = StationApp(Play().start().until(6), "seoul")
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "k")
        assert "own · not shared" in shown(app)
        await press(pilot, "l")
        assert "Received the card “Flash”." in shown(app)
        await press(pilot, "t")
        assert "Nobody has said anything yet." in shown(app)
        await press(pilot, "escape")
        assert "Situation and ground rules" in shown(app)
        assert app.left == 0
        await press(pilot, "escape")
        assert app.left == 1
        await press(pilot, "k", "f1")
        assert app.left == 2


async def test_a_large_screen_shows_all_boards_at_once() -> None:
    """Beside the page."""
    app = StationApp(Play().start().until(6), "seoul")
    async with app.run_test(size=(200, 60)) as pilot:
        await press(pilot)
        for title in ("To do", "Inbox", "Cards [K]", "Talk [T]", "Log [L]"):
            assert title in shown(app)


async def test_help_lists_every_key() -> None:
    """From the declarations."""
    app = StationApp(Play().start())
    async with app.run_test(size=(80, 50)) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(app.screen, ReadingWindow)
        for word in (
            "Decide",
            "Answer",
            "Share",
            "Consult",
            "Public",
            "Message",
            "Cards",
            "Talk",
            "Log",
            "Leave",
        ):
            assert word in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, StationScreen)


async def test_the_palette_offers_the_same_keys() -> None:
    """And does what they do."""
    app = StationApp(Play().start())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+p")
        await press(pilot, *"consult")
        await pilot.pause(0.5)
        assert "ask partners before you act" in shown(app)
        await press(pilot, "down", "enter")
        await pilot.pause(0.2)
        assert "Consult partners before you act" in shown(app)


async def test_nothing_is_watched_once_the_station_is_gone() -> None:
    """A screen that was taken away must not be drawn on."""
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot)
        await app.pop_screen()
        play.until(6)
        await press(pilot)
    assert not play.session._listeners


async def test_before_startex_the_briefing_is_there_to_read() -> None:
    """And the band says to wait."""
    app = StationApp(Play())
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot)
        assert "BEFORE STARTEX" in shown(app)
        assert "Your offices" in shown(app)


async def test_with_a_dialog_open_the_calm_band_stands_once() -> None:
    """Where there is room, the station's own can be seen above the box, and so can the clock."""
    app = StationApp(Play())
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "m")
        assert shown(app).count("BEFORE STARTEX") == 1
        assert "TOKYO" in shown(app)
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert shown(app).count("BEFORE STARTEX") == 1


async def test_why_nothing_could_be_recorded_is_not_said_any_longer_once_play_goes_on() -> None:
    play = Play().start()
    app = StationApp(play)
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "p", "1")
        await write(pilot, "We watch")
        play.do("facilitator", c.Pausex())
        await press(pilot, "ctrl+s", "enter")
        await until(pilot, lambda: "Not recorded: play is paused" in shown(app))
        play.do("facilitator", c.Resume())
        await in_time(pilot, lambda: "Not recorded" not in shown(app))
        assert form_text(app) == "We watch"
