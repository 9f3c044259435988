"""Keys typed faster than the screen follows act in their order, each where the last one left the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot

from tabletop.exercise.events import DecisionRecorded, InjectReleased
from tabletop.tui.console.dialogs.emergency import EmergencyAlert
from tabletop.tui.kit import key_queue
from tabletop.tui.kit.key_queue import KeysInOrder
from tests.tui.console.staging import LARGE, console
from tests.tui.console.staging import Play as ConsolePlay
from tests.tui.station.playing import Play, StationApp

NAMED = {" ": "space", "\r": "enter"}


def type_at_once(app: App[None], keys: Sequence[str]) -> None:
    """Put keys before the program without giving it time for any of them."""
    for key in keys:
        letter = key if len(key) == 1 else None
        app.post_message(Key(NAMED.get(key, key), letter))


async def until(pilot: Pilot[None], done: Callable[[], object]) -> None:
    """Let the program go on until something holds."""
    for _ in range(200):
        if done():
            return
        await pilot.pause()
    raise AssertionError("nothing came of it")


async def test_a_decision_typed_at_once() -> None:
    """The dialog is not there yet when its number, Enter, the reason and Ctrl+S are typed."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test() as pilot:
        await pilot.pause()
        type_at_once(app, ["d", "2", "enter", *"1 plane, 2 ships", "ctrl+s"])
        await until(pilot, lambda: play.events("decision-recorded"))
        (decided,) = play.events("decision-recorded")
        assert isinstance(decided, DecisionRecorded)
        options = list(app.station.model.decisions.questions[decided.decision].options)
        assert decided.option == options[1].id
        assert decided.rationale == "1 plane, 2 ships"


async def test_a_choice_by_arrow_and_enter_typed_at_once() -> None:
    """Enter chooses in the list, and what follows goes to the reason."""
    play = Play().start().until(6)
    app = StationApp(play)
    async with app.run_test() as pilot:
        await pilot.pause()
        type_at_once(app, ["d", "down", "enter", *"so", "enter"])
        await until(pilot, lambda: play.events("decision-recorded"))
        (decided,) = play.events("decision-recorded")
        assert isinstance(decided, DecisionRecorded)
        options = list(app.station.model.decisions.questions[decided.decision].options)
        assert (decided.option, decided.rationale) == (options[1].id, "so")


async def test_fields_of_a_form_typed_at_once() -> None:
    """Enter and Tab move on between letters, and a box is ticked on the way."""
    play = ConsolePlay().start()
    async with console(play, LARGE) as desk:
        moves = ["enter", "enter", " ", "tab", "tab", "tab"]
        keys = ["x", *"Flash", "enter", *"Watch", *moves, *"1 flash", "ctrl+s"]
        type_at_once(desk.app, keys)
        await until(desk.pilot, lambda: "inject-released" in play.kinds())
        released = play.last().event
        assert isinstance(released, InjectReleased)
        assert (released.title, released.sender, released.text) == ("Flash", "Watch", "1 flash")
        assert released.to == ("washington",)


async def test_the_next_key_acts_on_what_stands_below_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, when the window closes by a key or by itself."""
    monkeypatch.setattr(key_queue, "_LIMIT", 1000)
    play = ConsolePlay().start()
    async with console(play, LARGE) as desk:
        type_at_once(desk.app, ["x", "escape", "e", "!", "ctrl+s"])
        await until(desk.pilot, lambda: "inject-edited" in play.kinds())
        await until(desk.pilot, lambda: desk.app.screen is desk.screen)
        type_at_once(desk.app, ["r"])
        await until(desk.pilot, lambda: "inject-released" in play.kinds())
        assert play.kinds().index("inject-edited") < play.kinds().index("inject-released")


async def test_a_stop_waits_for_no_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key whose end nobody hears of holds the others up for a short time only."""
    monkeypatch.setattr(key_queue, "_LIMIT", 0.01)
    monkeypatch.setattr(KeysInOrder, "on_keys_in_order_followed", lambda *_: None)
    async with console(ConsolePlay().start(), LARGE) as desk:
        type_at_once(desk.app, ["down", "down", "ctrl+e"])
        await until(desk.pilot, lambda: desk.app.screen is not desk.screen)
        assert isinstance(desk.app.screen, EmergencyAlert)
