"""A key that does nothing says why, once."""

from __future__ import annotations

import re

import pytest
from textual.app import App

from tabletop.exercise import commands as c
from tabletop.exercise.state import Stage
from tabletop.tui.console.commands import COMMANDS
from tabletop.tui.console.seen_as import SeenAsScreen
from tabletop.tui.kit.reader import ReadingWindow
from tests.tui.console.staging import LARGE, MEDIUM, Console, Play, console
from tests.tui.station.playing import Play as StationPlay
from tests.tui.station.playing import StationApp, press, shown
from tests.tui.watch.watching import WatchApp

NOT_BEGUN = "The exercise has not begun. S is STARTEX."


def words(app: App[None]) -> str:
    """What stands on the screen, with one space for every gap and frame."""
    return " ".join(re.sub(r"[▌▐│┃╭╮╰╯─]", " ", shown(app)).split())


async def says(desk: Console, key: str, sentence: str) -> None:
    """Press a key twice: the sentence stands there once, and nothing else happens."""
    screen, before = desk.app.screen, desk.play.kinds()
    await desk.press(key, key)
    assert words(desk.app).count(sentence) == 1, words(desk.app)
    assert desk.app.screen is screen
    assert desk.play.kinds() == before


def at(stage: Stage) -> Play:
    """A play that has come so far."""
    play = Play()
    steps: dict[Stage, tuple[c.Command, ...]] = {
        Stage.READY: (),
        Stage.RUNNING: (c.Startex(),),
        Stage.PAUSED: (c.Startex(), c.Pausex()),
        Stage.GATE: (c.Startex(), c.Gate()),
        Stage.EMERGENCY: (c.Startex(), c.Emergency()),
        Stage.ENDED: (c.Startex(), c.Endex()),
        Stage.HOT_WASH: (c.Startex(), c.Endex(), c.HotWash()),
        Stage.CLOSED: (c.Startex(), c.Endex(), c.Close()),
    }
    for step in steps[stage]:
        play.do(step)
    assert play.session.state.stage is stage
    return play


@pytest.mark.parametrize("stage", list(Stage))
async def test_w8_every_command_works_or_says_why_not(stage: Stage) -> None:
    """In a short sentence of its own; no command works that the host would refuse for its stage."""
    async with console(at(stage), MEDIUM) as desk:
        for command in COMMANDS.by_id.values():
            reason = command.why_not(desk.screen)
            assert command.works(desk.screen) == (reason == "")
            assert reason == "" or re.fullmatch(r"[A-Z].{8,95}\.", reason), (command.id, reason)
            key = command.keys.split(",")[0]
            if not reason:
                continue
            assert desk.screen.why_not(key) == reason


@pytest.mark.parametrize("key", ["p", "j", "x", "v", "m", "o", "t", "y", "r", "g", "ctrl+x", "space"])
async def test_w8_before_startex_a_key_says_that_it_is_too_early(key: str) -> None:
    async with console(Play(), LARGE, toasts=True) as desk:
        await says(desk, key, NOT_BEGUN)


async def test_w8_f2_a_move_while_paused() -> None:
    async with console(at(Stage.PAUSED), LARGE, toasts=True) as desk:
        await says(desk, "v", "Play is paused. P lets it go on.")


async def test_w8_an_inject_that_has_gone_out_is_not_edited() -> None:
    """On the list, and in the window that reads it."""
    play = Play().start().release("notice")
    async with console(play, LARGE, toasts=True) as desk:
        await desk.press("home")
        await says(desk, "e", "K1 has gone out and cannot be changed. X writes another.")
    async with console(play, LARGE, toasts=True) as desk:
        await desk.press("home", "enter")
        assert isinstance(desk.app.screen, ReadingWindow)
        await says(desk, "e", "K1 has gone out and cannot be changed. X writes another.")


async def test_w8_other_keys_of_the_console_say_why() -> None:
    async with console(at(Stage.RUNNING), LARGE, toasts=True) as desk:
        await says(desk, "b", "Nobody can join this exercise from another terminal.")
        await says(desk, "d", "No decision is open.")
        await says(desk, "s", "The exercise has begun already.")
        await says(desk, "c", "That comes after ENDEX, which is Ctrl+X.")
        await says(desk, "ctrl+y", "Teams are asked to rate themselves at a gate, and after ENDEX.")
        await says(desk, "9", "No command is on that key. ? lists the keys.")


async def test_w8_a_panel_that_is_on_the_screen_says_so() -> None:
    async with console(at(Stage.RUNNING), MEDIUM, toasts=True) as desk:
        await desk.press("5")
        assert "on the screen already" not in words(desk.app)
        await says(desk, "2", "That panel is on the screen already.")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("a", "Nobody waits for your answer."),
        ("d", "No decision waits for you, and none can be amended any more."),
        ("h", "Nobody else sits with your team: you decide and speak for it."),
        ("s", "You hold no card to share."),
        ("n", "Nothing is new: you have opened all that came."),
        ("y", "Your team has not been asked to rate itself, or play has gone on."),
        ("x", "No command is on that key. ? lists the keys."),
    ],
)
async def test_w8_keys_of_a_station_say_why(key: str, sentence: str) -> None:
    app = StationApp(StationPlay(), "seoul")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, key, key)
        assert app.screen is app.station
        assert words(app).count(sentence) == 1, words(app)


@pytest.mark.parametrize("key", ["s", "c", "p"])
async def test_w8_after_endex_a_station_opens_no_form_that_would_be_refused(key: str) -> None:
    play = StationPlay().start()
    play.do("facilitator", c.Endex())
    app = StationApp(play)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, key)
        assert app.screen is app.station
        assert "The exercise has ended: nothing more can be sent from here." in words(app)
        await press(pilot, "m")
        assert app.screen is not app.station  # messages are taken until the record is closed


@pytest.mark.parametrize("key", ["1", "2", "3"])
async def test_w8_panels_of_a_watcher_that_are_all_on_the_screen(key: str) -> None:
    app = WatchApp(StationPlay().start())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "2", key, key)
        assert words(app).count("That panel is on the screen already.") == 1


async def test_w8_a_panel_that_a_watcher_brings_up_says_nothing() -> None:
    app = WatchApp(StationPlay().start())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "2", "3", "1")
        assert "already" not in words(app)


@pytest.mark.parametrize(
    ("seat", "sentence"),
    [
        ("observer", "An observer looks on. Notes and ratings come from an evaluator's seat."),
        ("evaluator", "The exercise has not begun."),
    ],
)
async def test_w8_a_watcher_who_cannot_judge_reads_why(seat: str, sentence: str) -> None:
    app = WatchApp(StationPlay(), seat)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "o", "o", "y")
        assert words(app).count(sentence) == 1


async def test_w8_a_station_seen_from_the_console_is_read_only() -> None:
    async with console(at(Stage.RUNNING), LARGE, toasts=True) as desk:
        await desk.press("f", "enter")
        assert isinstance(desk.app.screen, SeenAsScreen)
        await says(desk, "m", "Read only: nothing can be entered here for")


async def test_w8_the_emergency_after_the_record_is_closed() -> None:
    async with console(at(Stage.CLOSED), LARGE, toasts=True) as desk:
        await says(desk, "ctrl+e", "The record is closed: no play is left to stop.")


async def test_w8_parts_of_explain_that_are_not_narrowed_say_so() -> None:
    async with console(at(Stage.RUNNING), LARGE, toasts=True) as desk:
        await desk.press("i", "4")
        await says(desk, "t", "Only parts 1, 2 and 5 are narrowed to a team or an objective.")
        await desk.press("1")
        assert "Team all" in words(desk.app)


async def test_what_the_console_said_is_not_shown_to_a_team() -> None:
    play = Play().start().release("notice")
    async with console(play, LARGE, toasts=True) as desk:
        await desk.press("home")
        await says(desk, "e", "K1 has gone out")
        await desk.press("f2")
        assert "K1" not in words(desk.app)
        await desk.press("escape")
        await says(desk, "e", "K1 has gone out")
