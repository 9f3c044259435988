"""An exercise run from the console, from STARTEX to the closed record, by keys alone."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from textual.widgets import Input, OptionList, Select

from tabletop.exercise import commands as c
from tabletop.exercise.state import InjectStatus, Stage
from tabletop.host.local_link import LocalLink
from tabletop.protocol.submission import Answer
from tabletop.scenario.gametime import format_time
from tabletop.tui.console.commands import COMMANDS
from tabletop.tui.console.dialogs.emergency import EmergencyAlert, StoppedScreen
from tabletop.tui.console.panels.trouble import TroubleBand
from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.emergency_screen import EmergencyScreen
from tabletop.tui.kit.fields import TickBox
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.list_window import ListWindow
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.overview.log import LogWindow
from tabletop.tui.station.cover import CoverScreen, FacilitatorCover
from tabletop.tui.station.forms.speak import MessageForm
from tabletop.tui.station.screen import StationScreen
from tests.builders import tiny_scenario, with_storylines
from tests.tui.console.staging import LARGE, MEDIUM, SMALL, Console, Play, console
from tests.tui.station.playing import form_text


def last(desk: Console, kind: str) -> Any:  # noqa: ANN401 - each kind of event has its own fields
    """The latest event, which must be of a type."""
    event = desk.play.last().event
    assert event.type == kind, event
    return event


def stage(play: Play) -> Stage:
    """Where the exercise stands."""
    return play.session.state.stage


async def test_closing_a_phase_early_names_what_was_still_to_come() -> None:
    play = Play().start()
    async with console(play) as desk:
        await desk.press("g")
        words = " ".join(desk.text.replace("│", " ").split())
        assert "Its planned time is not over yet." in words or "Due and not released: K1" in words
        assert re.search(r"This phase has \d more injects? to come: K\d", words), words
        assert re.search(r"(are|is) due at once in the next phase", words), words


@pytest.mark.newcomer
async def test_a_whole_exercise_by_keys() -> None:
    """What the line advises is enough to get to the end."""
    play = Play()
    async with console(play) as desk:
        assert "All is ready. Press S to start" in desk.text
        await desk.press("s")
        assert stage(play) is Stage.RUNNING
        assert "K1 is due now: press R to release it" in desk.text
        await desk.press("r")
        assert last(desk, "inject-released").entry == "notice"
        await desk.until(5)
        await desk.press("r")
        assert play.session.state.inject("detection").status is InjectStatus.RELEASED
        await desk.until(10)
        assert "K3 was due 4:00 ago: press R" in desk.text
        await desk.press("r")
        await desk.press("g")
        assert isinstance(desk.app.screen, Confirm)
        assert "Washington: D1 Share the first track due 3:00 ago" in desk.text
        assert "Tokyo: D2 Alert the public due in 3:00" in desk.text
        await desk.press("enter")
        assert stage(play) is Stage.GATE
        assert "1. Who knew what, and when?" in desk.text
        await desk.press("g", "enter")
        assert play.session.state.phase == "aftermath"
        await desk.press("ctrl+x")
        assert isinstance(desk.app.screen, Confirm)
        await desk.press("enter")
        assert isinstance(desk.app.screen, Confirm), "Enter alone does not end an exercise"
        await desk.press("y")
        assert stage(play) is Stage.ENDED
        await desk.press("w")
        assert stage(play) is Stage.HOT_WASH
        await desk.press("c", "y")
        assert stage(play) is Stage.CLOSED
        assert "The record is closed. `tabletop report Rehearsal` writes it up." in desk.text
        await desk.press("ctrl+q")
        assert "nothing more can be entered" in desk.text
        assert "--resume" not in desk.text


async def test_a_jump_that_nothing_precedes_is_proposed_to_the_gate_and_not_beyond() -> None:
    later = tiny_scenario().model_dump(mode="json", by_alias=True)["timeline"]
    entries = [{**entry, "at": "T+12"} if entry.get("at") not in (None, "T+0") else entry for entry in later]
    async with console(Play(tiny_scenario(timeline=entries)).start().release("notice"), MEDIUM) as desk:
        await desk.press("j")
        assert "Next is the gate, in 10:00." in desk.text
        await desk.press("enter")
        assert last(desk, "time-jumped").to == 600


async def test_release_early_is_asked_about() -> None:
    """And so is everything else that is not due."""
    play = Play().start().release("notice")
    async with console(play) as desk:
        await desk.press("r")
        assert "Release K2 now?" in desk.text
        assert "It is due in 5:00." in desk.text
        await desk.press("n")
        assert play.kinds().count("inject-released") == 1
        await desk.press("r", "enter")
        assert last(desk, "decision-presented").entry == "detection"
        await desk.press("end", "r")
        assert "Release K6 now?" in desk.text
        assert "It goes out by hand only." in desk.text


async def test_hold_skip_and_back() -> None:
    """Each key undoes itself."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("h")
        assert play.session.state.inject("notice").status is InjectStatus.HELD
        await desk.press("h")
        assert play.session.state.inject("notice").status is InjectStatus.SCHEDULED
        await desk.press("k")
        assert play.session.state.inject("notice").status is InjectStatus.SKIPPED
        await desk.press("k")
        assert play.session.state.inject("notice").status is InjectStatus.SCHEDULED
        assert "Put back K1: Recorded" in desk.text


async def test_ctrl_c_says_which_key_leaves() -> None:
    """People press it by habit."""
    async with console(Play().start(), toasts=True) as desk:
        await desk.press("ctrl+c")
        assert "Ctrl+Q leaves; Ctrl+C copies text." in desk.text


async def test_what_a_team_has_opened_is_not_said_before_it_has_anything() -> None:
    play = Play().start()
    async with console(play, LARGE) as desk:
        assert "no inject yet" in desk.text
        play.release("notice")
        await desk.settle()
        assert "not opened K1" in desk.text


@pytest.mark.parametrize("size", [SMALL, MEDIUM])
async def test_f5_the_cursor_stays_on_what_was_held_until_esc(size: tuple[int, int]) -> None:
    """So the second press takes it back, and nothing else is held by it."""
    play = Play().start().release("notice")
    async with console(play, size) as desk:
        await desk.press("h")
        assert "» K2 is held. Press H to take it back, or Esc to go on with K3" in desk.text
        assert desk.screen.row is not None
        assert desk.screen.row.entry == "detection"
        await desk.press("h")
        assert "inject-unheld" in play.kinds()
        assert "K2, due" in desk.text, "it is the next one again"
        await desk.press("k", "k", "k")
        assert [kind for kind in play.kinds() if kind == "inject-skipped"] == ["inject-skipped"] * 2
        assert "» K2 is skipped. Press K to take it back, or Esc to go on with K3" in desk.text
        await desk.press("escape")
        assert desk.screen.row.entry == "sighting"
        await desk.press("h")
        assert play.session.state.inject("sighting").status is InjectStatus.HELD


async def test_f5_r_after_h_asks_about_what_is_under_the_cursor() -> None:
    """It must not release the inject behind it."""
    play = Play().start()
    async with console(play) as desk:
        await desk.until(6)
        await desk.press("h", "r")
        assert "Release K1 now?" in desk.text
        assert "It is held." in desk.text
        await desk.press("escape", "escape", "r")
        assert last(desk, "decision-presented").entry == "detection"


async def test_f5_a_command_about_something_else_goes_on_to_the_next_inject() -> None:
    """Esc is not the only way on: who pauses has left the inject alone."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("h", "p")
        assert desk.screen.row is not None
        assert desk.screen.row.entry == "detection"
        await desk.press("h")
        assert "Play is paused. Press P to go on · K2 is held: H takes it back" in desk.text
        await desk.press("h")
        assert play.session.state.inject("detection").status is InjectStatus.SCHEDULED
        assert play.session.state.inject("notice").status is InjectStatus.HELD


async def test_f5_what_another_console_holds_moves_no_cursor_here() -> None:
    """Only who pressed the key wants to press it again."""
    play = Play().start()
    async with console(play) as desk:
        play.do(c.Hold(inject="notice"))
        await desk.settle()
        assert desk.screen.row is not None
        assert desk.screen.row.entry == "detection"


async def test_the_cursor_stays_where_it_was_put() -> None:
    """Until the inject goes out, or Esc puts it on the next one."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("down", "down")
        await desk.until(5)
        assert desk.screen.row is not None
        assert desk.screen.row.entry == "sighting"
        assert "K1 was due 5:00 ago (1 more due): press Esc to go to it" in desk.text
        await desk.press("escape")
        assert desk.screen.row.entry == "notice"
        await desk.press("down", "r")
        assert last(desk, "decision-presented").entry == "detection"
        assert desk.screen.row.entry == "notice", "back to what is due"


async def test_the_filter_shows_and_acts_on_what_is_shown() -> None:
    """What is hidden cannot be released by mistake."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("slash")
        await desk.type("flash")
        assert "A vessel reports a flash" in desk.text
        assert "Heat signature" not in desk.text
        await desk.press("enter", "r")
        assert "Release K3 now?" in desk.text
        await desk.press("escape", "slash")
        await desk.type("zzz")
        await desk.press("enter", "r")
        assert isinstance(desk.app.screen, ConsoleScreen)
        await desk.press("escape")
        assert "Notice of a launch" in desk.text
        assert not desk.screen.query_one("#filter", Input).value


async def test_one_storyline_after_the_other() -> None:
    """What is not shown cannot be released by mistake, and Esc shows all again."""
    play = Play(with_storylines(tiny_scenario(), notice="launch", detection="launch", leak="press")).start()
    async with console(play) as desk:
        await desk.press("semicolon")
        assert desk.screen.query_one("#msel-panel").border_subtitle == "storyline: launch"
        assert "Heat signature" in desk.text
        assert "A vessel reports a flash" not in desk.text
        await desk.press("semicolon")
        assert desk.screen.row is not None
        assert desk.screen.row.entry == "leak"
        await desk.press("semicolon")
        assert not desk.screen.query_one("#msel-panel").border_subtitle
        await desk.press("semicolon", "escape")
        assert "A vessel reports a flash" in desk.text


async def test_editing() -> None:
    """The words change before they go out."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("e")
        await desk.press("home")
        await desk.type("New ")
        await desk.press("ctrl+s")
        assert last(desk, "inject-edited").title == "New Notice of a launch"
        await desk.press("r")
        assert last(desk, "inject-released").title == "New Notice of a launch"


async def test_a_wider_audience_is_asked_about_by_name() -> None:
    """Twice: the form, and then the teams that it was not written for."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("down", "a")
        boxes = list(desk.app.screen.query(TickBox))
        assert [box.value for box in boxes] == [True, False, False]
        boxes[1].value = True
        await desk.pilot.press("ctrl+s")  # the form waits for the answer: nothing to wait for here
        await desk.settle()
        assert isinstance(desk.app.screen, Confirm)
        assert "It was not written for Tokyo" in desk.text.replace("it was", "It was")
        await desk.press("escape")
        assert isinstance(desk.app.screen, Form)
        assert "inject-readdressed" not in play.kinds()
        await desk.pilot.press("ctrl+s")
        await desk.settle()
        await desk.press("y")
        assert last(desk, "inject-readdressed").to == ("washington", "tokyo")
        assert isinstance(desk.app.screen, ConsoleScreen)


async def test_an_audience_of_nobody_is_refused_in_place() -> None:
    """With nothing lost."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("x")
        await desk.type("Rumour")
        await desk.press("ctrl+s")
        assert "Choose at least one team" in desk.text
        assert isinstance(desk.app.screen, Form)


async def test_ad_hoc_inject() -> None:
    """Title, sender, teams, text; sent at once."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("x")
        await desk.type("Rumour")
        await desk.press("enter")
        await desk.type("Press")
        await desk.press("enter", "enter", "space", "tab", "tab", "tab")
        await desk.type("It fell")
        await desk.press("ctrl+s")
        released = last(desk, "inject-released")
        assert (released.title, released.sender, released.channel) == ("Rumour", "Press", "message")
        assert (released.to, released.text, released.code) == (("washington",), "It fell", "X1")
        assert "X1" in desk.text


async def test_a_draft_is_kept() -> None:
    """Esc leaves the form; the next time the words stand there again, until they are recorded."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("n")
        await desk.type("half a th")
        await desk.until(2)
        await desk.press("escape", "n")
        await desk.type("ought")
        await desk.press("enter")
        assert last(desk, "note-taken").text == "half a thought"
        await desk.press("n")
        assert "half a" not in desk.text


async def test_a_note_needs_words() -> None:
    """The form says so."""
    async with console(Play()) as desk:
        await desk.press("n", "enter")
        assert "Note: text is required" in desk.text


async def test_observation_and_adjustment() -> None:
    """Tied to what they are about."""
    play = Play().start().release("notice")
    async with console(play) as desk:
        await desk.press("o")
        await desk.type("Calm")
        kind, about, team, objective = desk.app.screen.query(Select)
        kind.value, about.value, team.value, objective.value = "strength", "notice", "tokyo", "message"
        await desk.press("ctrl+s")
        seen = last(desk, "observation-made")
        assert (seen.text, seen.kind, seen.about) == ("Calm", "strength", "notice")
        assert (seen.team, seen.objective) == ("tokyo", "message")
        await desk.press("t")
        team, objective, points = desk.app.screen.query(Select)
        team.value, points.value = "seoul", "-1"
        await desk.press("tab", "tab", "tab")
        await desk.type("Late call")
        await desk.press("enter")
        adjusted = last(desk, "score-adjusted")
        assert (adjusted.team, adjusted.objective, adjusted.points) == ("seoul", "share", -1.0)


async def test_a_decision_entered_for_a_team() -> None:
    """With an option and a rationale, as that team's."""
    play = Play().start().until(5).release("detection").until(6).release("sighting")
    async with console(play, MEDIUM) as desk:
        await desk.press("v")
        assert isinstance(desk.app.screen, ListWindow)
        await desk.type("d1")
        await desk.press("enter")
        assert "Whom do you tell, and when?" in desk.text
        await desk.press("ctrl+s")
        assert "Choose an option" in desk.text
        await desk.press("1", "tab")
        await desk.type("Partners first")
        await desk.press("enter")
        record = next(
            item for item in reversed(play.session.records) if item.event.type == "decision-recorded"
        )
        assert (record.seat, record.event.rationale) == ("washington", "Partners first")  # type: ignore[union-attr]


async def test_a_proposal_noted_for_a_member_of_a_team() -> None:
    """Where a team shares one terminal, the facilitator notes who proposed what."""
    play = Play().start().until(5).release("detection")
    async with console(play, MEDIUM) as desk:
        await desk.press("v")
        await desk.type("note a proposal")
        await desk.press("enter", "ctrl+s")
        assert "Choose an option" in desk.text
        await desk.press("1", "tab")
        await desk.type("It is early")
        await desk.press("tab")
        await desk.type("Ruiz")
        await desk.press("tab")
        await desk.type("Missile warning")
        await desk.press("enter")
        noted = last(desk, "option-proposed")
        assert (noted.team, noted.name, noted.office) == ("washington", "Ruiz", "Missile warning")
        assert noted.rationale == "It is early"
        assert not [item for item in play.session.records if item.event.type == "decision-recorded"]


async def test_moves_that_say_something() -> None:
    """Share, consult, answer, state, message: each reaches the log as that team's."""
    play = Play().start().until(5).release("detection").until(6).release("sighting")
    async with console(play, MEDIUM) as desk:
        await desk.press("v")
        await desk.type("seoul share")
        await desk.press("enter", "1", "2", "ctrl+s")
        shared = last(desk, "card-shared")
        assert (shared.by, shared.to) == ("seoul", ("washington", "tokyo"))

        await desk.press("v")
        await desk.type("tokyo consult")
        await desk.press("enter", "1", "2")
        await desk.type("Well")
        await desk.press("ctrl+s")
        assert last(desk, "consult-requested").text == "Well"

        await desk.press("v")
        await desk.type("seoul answer")
        await desk.press("enter")
        await desk.type("Yes")
        await desk.press("ctrl+s")
        assert (last(desk, "consult-answered").by, play.last().seat) == ("seoul", "seoul")

        await desk.press("v")
        await desk.type("tokyo speak")
        await desk.press("enter")
        assert "Tokyo: Speak in public" in desk.text
        await desk.type("All is well")
        await desk.press("ctrl+s", "enter")
        assert last(desk, "statement-made").by == "tokyo"

        await desk.press("v")
        await desk.type("tokyo message")
        await desk.press("enter", "1")
        await desk.type("Hello")
        await desk.press("ctrl+s")
        assert last(desk, "message-sent").to == ("washington",)


async def test_closing_a_decision_and_writing_to_teams() -> None:
    """The decision counts as not taken; the message is exercise control's."""
    play = Play().start().until(5).release("detection")
    async with console(play) as desk:
        await desk.press("d")
        assert isinstance(desk.app.screen, ListWindow)
        await desk.press("enter")
        assert last(desk, "decision-lapsed").decision == "push-track"
        await desk.press("m")
        await desk.press("tab", "tab", "tab")
        await desk.type("Two minutes")
        await desk.press("enter")
        sent = last(desk, "message-sent")
        assert (sent.by, sent.to) == ("control", ("washington", "tokyo", "seoul"))


async def test_clock_and_automatic_release() -> None:
    """Pause, rate, jump, auto."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("p")
        assert stage(play) is Stage.PAUSED
        assert "PAUSEX" in desk.text
        await desk.press("p", "plus", "plus")
        assert play.session.state.rate == 5
        await desk.press("minus")
        assert play.session.state.rate == 2
        await desk.press("u")
        assert play.session.state.auto
        await desk.press("j")
        assert "Next is K2, due in 5:00." in desk.text
        await desk.press("enter")
        assert last(desk, "time-jumped").to == 300
        await desk.press("j")
        await desk.press(*["backspace"] * 3)
        await desk.type("2")
        await desk.press("enter")
        assert "Not recorded: it is already T+5: the clock can only go forward" in desk.text
        await desk.press("backspace")
        await desk.type("soon")
        await desk.press("enter")
        assert "A game time is written T+36" in desk.text


async def test_a_jump_out_of_the_phase_is_asked_about() -> None:
    """Enter, which ends the time, does not answer."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("j")
        await desk.type("T+3600")
        await desk.pilot.press("enter")  # the form waits for the answer: nothing to wait for here
        await desk.settle()
        assert "Jump to T+3600?" in desk.text
        assert "The clock cannot be set back." in desk.text
        await desk.pilot.press("enter")
        await desk.press("n")
        assert play.last().event.type == "exercise-started"
        await desk.pilot.press("enter")
        await desk.settle()
        await desk.press("y")
        assert last(desk, "time-jumped").to == 3_600 * 60


async def test_a_jump_over_the_end_of_a_window_is_asked_about() -> None:
    """With the team and the decision that would be late."""
    play = Play().start().until(6).release("detection")
    async with console(play) as desk:
        await desk.press("j")
        await desk.type("T+20")
        await desk.pilot.press("enter")
        await desk.settle()
        assert "Jump to T+20?" in desk.text
        assert "Washington: D1 Share the first track late by 12:00" in desk.text
        await desk.press("n")
        assert "time-jumped" not in play.kinds()


async def test_a_jump_that_leaves_an_open_window_seconds_is_asked_about() -> None:
    """The next inject is often due just as the windows end."""
    play = Play().start().until(6).release("detection")
    (asked,) = play.model().standings.open()
    async with console(play) as desk:
        await desk.press("j")
        await desk.type(format_time(asked.due - 7))
        await desk.pilot.press("enter")
        await desk.settle()
        assert "Washington: D1 Share the first track 0:07 left" in desk.text
        await desk.pilot.press("enter")
        await desk.settle()
        assert "time-jumped" not in play.kinds()


@pytest.mark.parametrize("keys", [("ctrl+e", "ctrl+e"), ("f12", "f12"), ("ctrl+e", "f12")])
async def test_emergency_is_two_presses(keys: tuple[str, str]) -> None:
    """Enter is not enough; and the same keys again do not stand down."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press(keys[0])
        assert isinstance(desk.app.screen, EmergencyAlert)
        await desk.press("enter")
        assert stage(play) is Stage.RUNNING
        await desk.press(keys[1])
        assert stage(play) is Stage.EMERGENCY
        assert isinstance(desk.app.screen, StoppedScreen)
        await desk.press(*keys, *keys)
        assert stage(play) is Stage.EMERGENCY
        await desk.press("ctrl+d")
        assert "Is the real-world emergency over?" in desk.text
        await desk.press("enter", "ctrl+d")
        assert stage(play) is Stage.EMERGENCY
        await desk.press("y")
        assert stage(play) is Stage.PAUSED
        assert isinstance(desk.app.screen, ConsoleScreen)


@pytest.mark.parametrize("window", ["v", "n", "x", "question_mark", "e", "j"])
async def test_an_emergency_takes_the_whole_screen_whatever_is_open(window: str) -> None:
    play = Play().start().release("notice")
    async with console(play, MEDIUM) as desk:
        await desk.press(window)
        opened = desk.app.screen
        await desk.press("ctrl+e", "ctrl+e")
        assert "REAL-WORLD EMERGENCY" in desk.text
        assert "EXERCISE" not in desk.text
        assert "RUNNING" not in desk.text
        await desk.press("escape")
        assert desk.app.screen is opened
        assert "EXERCISE EXERCISE" not in desk.text
        assert "RUNNING" not in desk.text
        await desk.press("ctrl+e", "ctrl+d", "y")
        assert stage(play) is Stage.PAUSED
        assert desk.app.screen is opened
        assert "EXERCISE EXERCISE" in desk.text


async def test_text_that_is_being_typed_does_not_stand_down() -> None:
    play = Play().start()
    async with console(play) as desk:
        await desk.press("n")
        play.do(c.Emergency(text="Fire in the building."))
        await desk.settle()
        await desk.press(*"the day was easy", "enter", "ctrl+s")
        assert "Fire in the building." in desk.text
        assert stage(play) is Stage.EMERGENCY


async def test_the_red_screen_goes_once_another_console_stands_down() -> None:
    play = Play().start()
    async with console(play) as desk:
        await desk.press("ctrl+e", "ctrl+e", "ctrl+d")
        play.do(c.StandDown())
        question = desk.app.screen
        assert isinstance(question, Confirm)
        question.close_if_settled()
        await desk.settle()
        assert isinstance(desk.app.screen, ConsoleScreen)


async def test_emergency_over_a_half_typed_note() -> None:
    """The words are still there afterwards."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("n")
        await desk.type("seen")
        await desk.press("ctrl+e", "ctrl+e")
        assert stage(play) is Stage.EMERGENCY
        assert isinstance(desk.app.screen, StoppedScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, Form)
        await desk.press("enter")
        assert last(desk, "note-taken").text == "seen"


async def test_emergency_can_be_left() -> None:
    """Esc goes back."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("ctrl+e", "escape")
        assert isinstance(desk.app.screen, ConsoleScreen)
        assert stage(play) is Stage.RUNNING


async def test_f03_trouble_is_said_and_mended() -> None:
    """Within a second, in a red band; F5 tries again; nothing recorded is lost."""
    play = Play().start().release("notice")
    async with console(play) as desk:
        play.log.why = "the disk is full"
        play.session.tick()
        await desk.pilot.pause(0.6)
        band = desk.screen.query_one(TroubleBand)
        assert band.display
        assert "NOTHING CAN BE RECORDED: the disk is full." in desk.text
        assert "Press F5 to try again" in desk.text
        before = len(play.session.records)
        await desk.press("n")
        await desk.type("kept")
        await desk.press("enter")
        assert "Not recorded: nothing can be recorded: the disk is full" in desk.text
        assert isinstance(desk.app.screen, Form), "what was typed is not lost"
        await desk.press("escape", "f5")
        assert "NOTHING CAN BE RECORDED" in desk.text
        play.log.why = None
        await desk.press("f5")
        assert "NOTHING CAN BE RECORDED" not in desk.text
        assert stage(play) is Stage.PAUSED
        await desk.press("n", "enter")
        assert last(desk, "note-taken").text == "kept"
        assert len(play.session.records) == before + 2


async def test_panels_of_a_small_screen() -> None:
    """One at a time, by number."""
    play = Play().start().release("notice")
    async with console(play, SMALL) as desk:
        for key, words in (
            ("2", "capital 6"),
            ("3", "STARTEX: the exercise began"),
            ("4", "O1 Timely warning data"),
            ("5", "q consultations"),
            ("1", "Heat signature"),
        ):
            await desk.press(key)
            assert words in desk.text
        assert "WAS 1 unread | TOK 1 unread | SEO 1 unread" in desk.text


@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE, (110, 24), (200, 24), (80, 60), (20, 5), (1, 1)])
async def test_every_size_can_be_drawn(size: tuple[int, int]) -> None:
    """F22: nothing falls over, not even where nothing can be read."""
    play = Play().start().release("notice").until(5)
    async with console(play, size) as desk:
        for key in (
            "2",
            "3",
            "4",
            "5",
            "1",
            "question_mark",
            "escape",
            "v",
            "escape",
            "x",
            "escape",
            "l",
            "escape",
        ):
            await desk.press(key)
        await desk.pilot.resize_terminal(20, 5)
        await desk.settle()
        await desk.pilot.resize_terminal(*size)
        await desk.settle()
        assert desk.app.is_running


async def test_everything_is_seen_at_once_on_a_large_screen() -> None:
    """All panels side by side."""
    async with console(Play().start().release("notice"), LARGE) as desk:
        for words in (
            "MSEL",
            "1 Next inject",
            "2 Teams",
            "3 Events",
            "4 Scores",
            "5 Contacts",
            "F2 Washington",
        ):
            assert words in desk.text


async def test_help_lists_every_command() -> None:
    """With its key, its name and what it does."""
    async with console(Play(), (120, 130)) as desk:
        await desk.press("question_mark")
        assert isinstance(desk.app.screen, ReadingWindow)
        words = desk.text.replace("\n", " ")
        for group in COMMANDS.groups:
            assert group.title in words
            for command in group.commands:
                assert f" {command.shown} {command.label} " in words
                assert command.help.split()[0] in words
        assert "F2 Washington" in words


def test_each_key_is_declared_once() -> None:
    """No two commands share one; each has words for footer, palette and help."""
    keys = [key for command in COMMANDS.by_id.values() for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert sum(len(group.commands) for group in COMMANDS.groups) == len(COMMANDS.by_id)
    assert all(command.label and command.help for command in COMMANDS.by_id.values())


async def test_the_palette_offers_what_can_be_done_now() -> None:
    """And nothing else."""
    async with console(Play(), MEDIUM) as desk:
        await desk.press("ctrl+p")
        await desk.pilot.pause(0.3)
        offered = desk.app.screen.query_one(OptionList)
        names = " ".join(
            str(offered.get_option_at_index(index).prompt) for index in range(offered.option_count)
        )
        assert "STARTEX" in names
        assert "Release" not in names


async def test_keys_that_make_no_sense_do_nothing() -> None:
    """Before STARTEX, and after the record is closed."""
    play = Play()
    async with console(play) as desk:
        await desk.press("r", "p", "g", "j", "x", "v", "d", "m", "o", "t", "ctrl+x", "w", "c", "f5")
        assert play.kinds() == ["exercise-created"]
        play.start().do(c.Endex()).do(c.Close())
        before = play.kinds()
        await desk.press("s", "r", "p", "g", "h", "e", "n", "o", "ctrl+e", "u", "plus")
        assert play.kinds() == before
        assert isinstance(desk.app.screen, ConsoleScreen)


async def test_the_log_tells_everything() -> None:
    """One line an event, the one under the cursor in full."""
    play = Play().start().release("notice")
    async with console(play) as desk:
        await desk.press("l")
        assert isinstance(desk.app.screen, LogWindow)
        assert "Event 3 by facilitator" in desk.text
        await desk.press("up")
        assert "Event 2 by facilitator" in desk.text
        await desk.press("home", "end", "pageup", "pagedown", "escape")
        assert isinstance(desk.app.screen, ConsoleScreen)


async def test_reading_in_full_offers_what_can_be_done() -> None:
    """Enter opens; a key there acts on the inject."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("down", "enter")
        assert isinstance(desk.app.screen, ReadingWindow)
        assert "Whom do you tell, and when?" in desk.text
        await desk.press("h")
        assert isinstance(desk.app.screen, ConsoleScreen)
        assert last(desk, "inject-held").entry == "detection"


async def test_stations_stand_behind_covers() -> None:
    """F2 to F4 and back; nothing of the console shows on the way."""
    play = Play().start().release("notice")
    async with console(play) as desk:
        await desk.press("f3")
        assert isinstance(desk.app.screen, CoverScreen)
        assert "Tokyo" in desk.text
        assert "Heat signature" not in desk.text
        await desk.pilot.press("enter")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, StationScreen)
        assert desk.app.screen.link.seat == "tokyo"
        await desk.pilot.press("f1")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, FacilitatorCover)
        await desk.pilot.press("enter")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, ConsoleScreen)


def top(desk: Console) -> object:
    """The screen on which the next key acts."""
    return desk.app.screen


async def test_the_keyboard_is_taken_back_from_within_a_dialog() -> None:
    """Through the cover, and the team finds its dialog as it left it."""
    play = Play().start().release("notice")
    async with console(play) as desk:
        for key in ("f3", "enter", "m", "1", "tab", "H", "o", "l", "d"):
            await desk.pilot.press(key)
            await desk.pilot.pause()
        written = desk.app.screen
        assert isinstance(written, MessageForm)
        await desk.pilot.press("f1")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, FacilitatorCover)
        assert "Hold" not in desk.text
        await desk.press("enter")
        assert top(desk) is desk.screen
        await desk.press("f3", "enter")
        assert top(desk) is written
        assert (written.picked("partners"), form_text(desk.app)) == (("washington",), "Hold")
        await desk.pilot.press("ctrl+s")
        await desk.app.workers.wait_for_complete()
        assert play.kinds()[-1] == "message-sent"


async def test_a_window_of_the_console_keeps_the_keyboard() -> None:
    """What it asks comes first; and a question about stopping play is never left standing."""
    async with console(Play().start()) as desk:
        await desk.press("x", "f2")
        assert isinstance(desk.app.screen, Form)
        await desk.press("escape", "f2", "enter", "ctrl+e", "f1")
        assert isinstance(desk.app.screen, EmergencyAlert)


async def test_a_team_cannot_end_the_program() -> None:
    """Ctrl+Q at a station hands the keyboard back; at a cover and over an emergency it does nothing."""
    async with console(Play().start()) as desk:
        await desk.press("f2", "enter", "ctrl+q")
        assert isinstance(desk.app.screen, FacilitatorCover)
        await desk.press("ctrl+q")
        assert isinstance(desk.app.screen, FacilitatorCover)
        await desk.press("escape", "ctrl+e", "ctrl+q")
        assert isinstance(desk.app.screen, EmergencyAlert)


async def test_covers_say_that_play_was_stopped() -> None:
    """While they stand, and when they come after it."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("f3")
        assert "REAL-WORLD EMERGENCY" not in desk.text
        play.do(c.Emergency(text="Fire in the building."))
        cover = desk.app.screen
        assert isinstance(cover, CoverScreen)
        cover._look()
        await desk.pilot.pause()
        assert "REAL-WORLD EMERGENCY" in desk.text
        assert "Fire in the building. Stop playing now" in desk.text
        assert "EXERCISE EXERCISE" not in desk.text
        play.do(c.StandDown())
        cover._look()
        await desk.pilot.pause()
        assert "REAL-WORLD EMERGENCY" not in desk.text
        play.do(c.Emergency())
        await desk.press("enter", "f1")
        assert isinstance(desk.app.screen, FacilitatorCover)
        assert "REAL-WORLD EMERGENCY" in desk.text


async def test_emergency_from_a_station() -> None:
    """The same two presses, whoever sits at the keyboard."""
    play = Play().start()
    app = play.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        for key in ("f2", "enter", "ctrl+e", "ctrl+e"):
            await pilot.press(key)
            await pilot.pause()
        await app.workers.wait_for_complete()
        assert stage(play) is Stage.EMERGENCY
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, EmergencyScreen)
        await pilot.press("ctrl+d", "y", "ctrl+e", "ctrl+e")
        assert stage(play) is Stage.EMERGENCY
        await pilot.press("escape")
        assert isinstance(app.screen, StationScreen)


async def test_leaving_is_asked_about() -> None:
    """And the program ends only on yes."""
    play = Play().start()
    async with console(play) as desk:
        await desk.press("q")
        assert "tabletop run --resume" in desk.text
        await desk.press("n")
        assert desk.app.is_running
        await desk.press("ctrl+q", "y")
        await desk.pilot.pause()
    assert desk.app.return_code == 0


async def test_a_form_sent_twice_before_the_host_answers_is_one_command() -> None:
    """A slow disk, and a facilitator who presses Ctrl+S again."""
    play = Play().start()
    async with console(play, LARGE) as desk:
        answers, submit = asyncio.Event(), LocalLink.submit

        async def answered(link: LocalLink, command: c.Command) -> Answer:
            await answers.wait()
            return await submit(link, command)

        async def slowly(link: LocalLink, command: c.Command, _key: str | None = None) -> Answer:
            """What was given is on its way, also when nobody waits for its answer any more."""
            return await asyncio.shield(asyncio.create_task(answered(link, command)))

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(LocalLink, "submit", slowly)
            for key in ("n", "x", "ctrl+s", "ctrl+s"):
                await desk.pilot.press(key)
                await desk.pilot.pause()
            answers.set()
            await desk.settle()
        assert play.kinds().count("note-taken") == 1
        assert desk.app.screen is desk.screen


async def test_words_typed_on_the_boxes_of_a_message_are_its_text() -> None:
    """Whoever presses M and writes at once neither loses words nor leaves a team out."""
    play = Play().start()
    async with console(play, LARGE) as desk:
        await desk.press("m", "space", *"Be", "space", *"here", "enter")
        sent = last(desk, "message-sent")
        assert (sent.to, sent.text) == (("tokyo", "seoul"), "Be here")
