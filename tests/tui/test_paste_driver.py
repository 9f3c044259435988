"""Keys are sent when their read has ended; at once by a driver that never tells of that."""

from __future__ import annotations

import threading
from typing import Any

from textual import events
from textual.driver import Driver
from textual.message import Message

from tabletop.tui.paste_driver import tells_pastes


class Terminal(Driver):
    """Notes what is sent to the program."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - a driver needs little of an App
        self._app = app
        self.exit_event = threading.Event()
        self.sent: list[str] = []

    def process_message(self, message: Message) -> None:
        match message:
            case events.Key():
                self.sent.append(message.key)
            case events.Paste():
                self.sent.append(f"paste {message.text!r}")
            case _:
                self.sent.append(type(message).__name__)

    def write(self, data: str) -> None:
        """Nothing is drawn."""

    def start_application_mode(self) -> None:
        """There is none."""

    def stop_application_mode(self) -> None:
        """There is none."""

    def disable_input(self) -> None:
        """There is no input."""


def opened() -> Any:  # noqa: ANN401 - a class made in a function
    kind: Any = tells_pastes(Terminal)
    return kind(None)


def keys(text: str) -> list[events.Key]:
    return [events.Key("enter" if letter == "\r" else letter, letter) for letter in text]


MOVE = events.MouseMove(None, 0, 0, 0, 0, 0, False, False, False)
DOWN = events.MouseDown(None, 0, 0, 0, 0, 1, False, False, False)


def test_w6_the_keys_of_one_read_are_judged_when_it_has_ended() -> None:
    driver = opened()
    assert not driver.exit_event.is_set()
    for message in [*keys("late\r"), MOVE, *keys("now")]:
        driver.process_message(message)
    assert driver.sent == ["MouseMove"]
    assert not driver.exit_event.is_set()
    assert driver.sent == ["MouseMove", "paste 'late\\nnow'"]
    driver.process_message(events.Key("p", "p"))
    assert not driver.exit_event.is_set()
    assert driver.sent[-1] == "paste 'p'"
    assert not driver.exit_event.is_set()
    driver.process_message(events.Key("p", "p"))
    assert not driver.exit_event.is_set()
    assert driver.sent[-1] == "p"


def test_keys_come_before_the_click_and_the_paste_behind_them() -> None:
    driver = opened()
    assert not driver.exit_event.is_set()
    for message in [*keys("ab"), DOWN, events.Key("c", "c"), events.Paste("x")]:
        driver.process_message(message)
    assert driver.sent == ["a", "b", "MouseDown", "c", "paste 'x'"]


def test_a_driver_that_does_not_tell_when_a_read_ends_sends_keys_at_once() -> None:
    driver = opened()
    driver.process_message(events.Key("p", "p"))
    assert driver.sent == ["p"]


def test_the_end_of_the_program_is_still_told() -> None:
    driver = opened()
    driver.exit_event.set()
    assert driver.exit_event.is_set()
