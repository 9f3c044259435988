"""The facilitator's console in a terminal, and what people do at it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tabletop.exercise.events import Event
from tabletop.store.reading import read_only
from tests.terminal.frames import no_window, window
from tests.terminal.terminal import TABLETOP, Terminal

ENTER: Final = "\r"
ESC: Final = "\x1b"
TAB: Final = "\t"
DOWN: Final = "\x1b[B"
CTRL_O: Final = "\x0f"
CTRL_Q: Final = "\x11"
CTRL_S: Final = "\x13"
F1, F2, F3, F4 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS"

TEAMS: Final = {F2: "Washington", F3: "Tokyo", F4: "Seoul"}


class Seat(Terminal):
    """`tabletop` in a terminal, whatever the verb."""

    def __init__(self, *words: str, through: Sequence[str] = (), **options: Any) -> None:
        """`through` is a command that starts another."""
        super().__init__([*through, TABLETOP, *words], **options)

    def open(self, keys: str, title: str) -> list[str]:
        """Open a window with these keys; return what is in it."""
        self.type(keys)
        return self.until(window(title), f"a whole window “{title}”")

    def leave(self, title: str) -> None:
        """Close the window with Esc; nothing of it stays on the screen."""
        self.type(ESC)
        self.until(no_window(title), f"a screen without “{title}”")

    def to_team(self, key: str) -> None:
        """Hand the keyboard to a team."""
        self.type(key)
        self.shows(f"{TEAMS[key]}: press Enter to open your station")
        self.type(ENTER)
        self.shows(f"^ {TEAMS[key].upper()}  ")

    def to_console(self) -> None:
        """Hand the keyboard back."""
        self.type(F1)
        self.shows("Facilitator only: press Enter")
        self.type(ENTER)
        self.shows("^ » ")

    def quit(self) -> int:
        """Leave the program as people do; return its exit status."""
        self.open(CTRL_Q, "Leave\\?")
        self.type(ENTER)
        return self.exit_status()


class Console(Seat):
    """`tabletop run` on a new exercise of its own."""

    def __init__(self, log: Path, *words: str, **options: Any) -> None:
        self.log = log
        super().__init__("run", "sakishima-dawn", "--log", str(log), "--port", "0", *words, **options)

    def startex(self) -> None:
        """Start the exercise."""
        self.type("s")
        self.shows("RUNNING")

    def open_seats(self, *rows: str) -> str:
        """Open the seats window once the host listens and these rows are there; return what is in it."""
        self.open("b", "Seats")
        self.shows("tabletop join ", *rows)
        return "\n".join(self.until(window("Seats"), "the whole window of seats"))

    def note(self, text: str) -> None:
        """Take a note and wait until it is recorded."""
        self.open("n", "Note")
        self.type(f"{text}{CTRL_S}")
        self.shows("Note.*: Recorded")

    def recorded(self) -> list[Event]:
        """End the program, which has its log to itself; return what was recorded but for marks of time."""
        self.process.kill()
        self.process.wait()
        with read_only(self.log) as log:
            return [record.event for record in log.read() if record.event.type != "time-marked"]
