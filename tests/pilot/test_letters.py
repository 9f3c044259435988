"""Letters act by their keys, with Shift, Caps Lock or an input method on; in a text they stay as typed."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from tabletop.exercise.state import InjectStatus, Stage
from tabletop.tui.console.commands import COMMANDS
from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.overview.explain import ExplainWindow
from tabletop.tui.station.forms.decide import DecideForm
from tabletop.tui.station.forms.speak import ConsultForm
from tests.tui.console.staging import LARGE, MEDIUM, Play, console
from tests.tui.station.playing import Play as StationPlay
from tests.tui.station.playing import StationApp, press
from tests.tui.watch.watching import WatchApp

LETTERS = sorted(
    key for command in COMMANDS.by_id.values() for key in command.keys.split(",") if len(key) == 1
)

KOREAN = dict(zip("rnhpix", "ㄱㅜㅗㅔㅑㅌ", strict=True))
WIDE = {letter: chr(ord(letter) - 0x21 + 0xFF01) for letter in "rnhpixRNHPIX"}


def stage(play: Play) -> Stage:
    return play.session.state.stage


def test_w7_no_two_commands_are_told_apart_by_shift() -> None:
    assert len(LETTERS) == len({letter.lower() for letter in LETTERS})
    assert all(not letter.isupper() for letter in LETTERS)


async def test_w7_every_letter_of_the_console_acts_the_same_in_upper_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[str] = []
    monkeypatch.setattr(ConsoleScreen, "action_give", lambda _, command: given.append(command))
    monkeypatch.setattr(ConsoleScreen, "check_action", lambda *_: True)
    async with console(Play(), MEDIUM) as desk:
        await desk.pilot.press(*LETTERS)
        assert len(set(given)) == len(given) == len(LETTERS)
        await desk.pilot.press(*(letter.upper() for letter in LETTERS))
        assert given[len(LETTERS) :] == given[: len(LETTERS)]


async def test_w7_caps_lock_ends_no_exercise() -> None:
    """`E` edits; ENDEX has a key of its own, and takes `Y` only."""
    play = Play().start()
    async with console(play, MEDIUM) as desk:
        await desk.press("E")
        assert isinstance(desk.app.screen, Form)
        await desk.press("escape", "ctrl+x")
        assert isinstance(desk.app.screen, Confirm)
        await desk.press("enter")
        assert isinstance(desk.app.screen, Confirm)
        assert "Ctrl+X" in COMMANDS.by_id["endex"].shown
        await desk.press("N")
        assert stage(play) is Stage.RUNNING
        await desk.press("ctrl+x", "Y")
        assert stage(play) is Stage.ENDED


async def test_w7_windows_know_upper_case() -> None:
    play = Play().start()
    async with console(play, MEDIUM) as desk:
        await desk.press("enter")
        assert isinstance(desk.app.screen, ReadingWindow)
        await desk.press("H")
        assert play.session.state.inject("notice").status is InjectStatus.HELD
        await desk.press("I", "T")
        assert isinstance(desk.app.screen, ExplainWindow)
        assert "Team Washington" in desk.text
        await desk.press("I")
        assert isinstance(desk.app.screen, ConsoleScreen)


async def test_w7_text_keeps_its_case() -> None:
    """In a line, a text, and where letters go from a box to the text behind it."""
    async with console(Play().start(), LARGE) as desk:
        await desk.press("X", *"Ab")
        line = desk.app.focused
        assert isinstance(line, Input)
        assert line.value == "Ab"
        await desk.press("escape", "N", *"Cdㅂ")
        text = desk.app.focused
        assert isinstance(text, TextArea)
        assert text.text == "Cdㅂ"
        await desk.press("escape", "M", *"Efㅂ")
        text = desk.app.focused
        assert isinstance(text, TextArea)
        assert text.text == "Efㅂ"


async def test_w7_a_station_knows_upper_case() -> None:
    app = StationApp(StationPlay().start().until(6))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "C")
        assert isinstance(app.screen, ConsultForm)
        await press(pilot, "escape", "D")
        assert isinstance(app.screen, DecideForm)


async def test_w7_a_watcher_knows_upper_case() -> None:
    app = WatchApp(StationPlay().start().until(6))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "I")
        assert isinstance(app.screen, ExplainWindow)


@pytest.mark.parametrize("typed", [KOREAN, WIDE], ids=["korean", "wide"])
async def test_a_letter_of_an_input_method_acts_by_its_key(typed: dict[str, str]) -> None:
    play = Play().start()
    async with console(play, MEDIUM, toasts=True) as desk:
        await desk.press(typed["h"])
        assert play.session.state.inject("notice").status is InjectStatus.HELD
        await desk.press(typed["p"])
        assert stage(play) is Stage.PAUSED
        await desk.press(typed["n"])
        assert isinstance(desk.app.screen, Form)
        await desk.press("escape", typed["i"], typed["i"])
        assert isinstance(desk.app.screen, ConsoleScreen)
        assert "input method" not in desk.text


@pytest.mark.parametrize("letter", ["さ", "나", "作"])
async def test_a_letter_whose_key_cannot_be_known_says_that_the_input_method_is_on(letter: str) -> None:
    """Once, on the console and in a window; not in a text."""
    play = Play().start()
    async with console(play, LARGE, toasts=True) as desk:
        await desk.press("n", letter)
        assert "input method" not in desk.text
        await desk.press("escape", letter, letter)
        assert desk.text.count("Your input method is on") == 1
    async with console(play, LARGE, toasts=True) as desk:
        await desk.press("ctrl+x", letter)
        assert desk.text.count("Your input method is on") == 1
