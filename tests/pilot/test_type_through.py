"""Text typed while a choice has the focus is text, and chooses nothing."""

from __future__ import annotations

import pytest

from tabletop.exercise.events import ConsultRequested, DecisionRecorded, MessageSent
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.picks import Picks
from tabletop.tui.kit.words_field import WordsField
from tests.tui.console.staging import MEDIUM, console
from tests.tui.console.staging import Play as ConsolePlay
from tests.tui.station.playing import Play, StationApp, dialog, press, shown, write

SPACE = {" ": "space", "?": "question_mark", ",": "comma"}


def keys(text: str) -> list[str]:
    """The keys of a text, one by one, as a person presses them."""
    return [SPACE.get(character, character) for character in text]


async def test_a_reason_typed_before_the_choice_is_the_reason_and_chooses_nothing() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", *keys("We tell Tokyo now"))
        assert not dialog(app).picked("options")
        assert "We tell Tokyo now" in shown(app)
        await press(pilot, "enter")
        assert not play.events("decision-recorded")
        assert "Choose an option first: press its number." in shown(app)
        await press(pilot, "2")
        assert "Choose an option first" not in shown(app)
        await press(pilot, "enter")
        (record,) = play.events("decision-recorded")
        assert isinstance(record, DecisionRecorded)
        assert record.rationale == "We tell Tokyo now"


@pytest.mark.parametrize(("key", "kind"), [("c", "consult-requested"), ("m", "message-sent")])
async def test_what_is_missing_gets_the_cursor_and_the_key_that_is_named_works(key: str, kind: str) -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, key)
        dialog(app).query_one("#words").focus()
        await write(pilot, "BULLETIN?")
        await press(pilot, "ctrl+s")
        assert "Choose at least one: press their number." in shown(app)
        await press(pilot, "1")
        assert dialog(app).query_one(WordsField).text == "BULLETIN?"
        assert "Choose at least one" not in shown(app)
        await press(pilot, "ctrl+s")
        (event,) = play.events(kind)
        assert isinstance(event, ConsultRequested | MessageSent)
        assert event.to == ("washington",)
        assert event.text == "BULLETIN?"


async def test_a_number_is_corrected_by_another_and_letters_are_the_reason() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "1", "2")
        second = dialog(app).query_one("#options", Picks).items[1].key
        assert dialog(app).picked("options") == (second,)
        await press(pilot, *keys("Both at once"), "enter")
        (record,) = play.events("decision-recorded")
        assert isinstance(record, DecisionRecorded)
        assert (record.option, record.rationale) == (second, "Both at once")


async def test_after_enter_a_number_belongs_to_the_reason() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "2", "enter", *keys("1 of 2 would wait"), "enter")
        (record,) = play.events("decision-recorded")
        assert isinstance(record, DecisionRecorded)
        assert record.rationale == "1 of 2 would wait"


async def test_a_paste_on_a_choice_goes_to_the_text() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d", "1")
        await write(pilot, "2 lines\nd\n1\n")
        assert "2 lines" in dialog(app).query_one(WordsField).text
        assert not play.events("decision-recorded")


async def test_what_partners_are_asked_is_typed_wherever_the_focus_is() -> None:
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c", "1", "tab", *keys("Shall we name it together?"), "ctrl+s")
        (asked,) = play.events("consult-requested")
        assert isinstance(asked, ConsultRequested)
        assert asked.text == "Shall we name it together?"


async def test_a_note_to_a_rating_is_typed_wherever_the_focus_is() -> None:
    play = ConsolePlay().start().until(6)
    async with console(play, MEDIUM) as desk:
        await desk.press("y", *keys("Slow, but together"))
        assert isinstance(desk.app.screen, Form)
        assert desk.app.screen.value("note") == "Slow, but together"
