"""A terminal that takes nothing in holds up nobody, and is drawn anew when it does again."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

from textual.driver import Driver

from tabletop.tui.nonblocking_driver import BEHIND, CLEAR, patient


class Terminal(Driver):
    """Takes in what is written once it is open."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - what little of an App a driver needs
        self._app = app
        self.open = threading.Event()
        self.taken: list[str] = []
        self.closed = False

    def write(self, data: str) -> None:
        self.open.wait(10)
        self.taken.append(data)

    def start_application_mode(self) -> None:
        self.write("start")

    def stop_application_mode(self) -> None:
        self.write("stop")

    def disable_input(self) -> None:
        """There is no input."""

    def close(self) -> None:
        self.closed = True


class App:
    """Counts how often it is asked to draw everything."""

    def __init__(self) -> None:
        self.drawn = threading.Event()
        self.refresh = SimpleNamespace()

    def call_later(self, *_: object, **__: object) -> None:
        self.drawn.set()


def opened() -> tuple[Any, App]:
    """A driver in front of a terminal that takes nothing in yet."""
    app = App()
    kind: Any = patient(Terminal)
    driver = kind(app)
    driver.start_application_mode()
    return driver, app


def test_what_is_written_comes_in_order_and_nobody_waits_for_it() -> None:
    driver, app = opened()
    for number in range(50):
        driver.write(str(number))
    assert driver.taken == []
    driver.open.set()
    driver.stop_application_mode()
    driver.close()
    assert driver.taken == ["start", *map(str, range(50)), CLEAR, "stop"]
    assert driver.closed
    assert not app.drawn.is_set()


def test_a_terminal_that_is_far_behind_misses_some_and_is_drawn_anew() -> None:
    driver, app = opened()
    for number in range(BEHIND * 3):
        driver.write(str(number))
    assert not app.drawn.is_set()
    driver.open.set()
    assert app.drawn.wait(10)
    assert len(driver.taken) <= BEHIND + 1
    driver.write("after")
    driver.close()
    assert driver.taken[-1] == "after"


def test_the_program_ends_although_the_terminal_takes_nothing_in() -> None:
    driver, _ = opened()
    driver.write("x")
    driver.close()
    assert not driver.closed
    driver.open.set()


def test_it_goes_on_after_the_program_was_suspended() -> None:
    driver, _ = opened()
    driver.open.set()
    driver.close()
    driver.start_application_mode()
    driver.write("again")
    driver.close()
    assert driver.taken[-1] == "again"
