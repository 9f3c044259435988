"""A program on a pseudo-terminal: typed at, resized, stalled, hung up, and read as a person reads it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import sysconfig
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Condition, Thread
from typing import Final, TypeVar

from tests.terminal.screen import BRACKETED_PASTE, ModeReports, Screen

T = TypeVar("T")
Size = tuple[int, int]
"""Columns and rows."""

TABLETOP: Final = str(Path(sysconfig.get_path("scripts"), "tabletop"))
"""The installed program."""

PATIENCE: Final = 60.0
"""Seconds after which something will not happen any more, on however busy a machine."""

QUIET: Final = 0.05
"""Seconds without output after which a screen is complete."""

_KIND: Final = {"TERM": "xterm-256color", "COLUMNS": "", "LINES": ""}
"""What a program hears of its terminal but for the size, which it asks for."""

_ATTACH: Final = "import os, sys; os.login_tty(0); os.execv(sys.argv[1], sys.argv[1:])"
"""Makes the pseudo-terminal the controlling one, so that hanging up sends SIGHUP."""


class Terminal:
    """A program on a pseudo-terminal, whose output a thread draws on an emulated screen."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: Size = (80, 24),
        environment: Mapping[str, str] | None = None,
        colours: bool = False,
    ) -> None:
        """`command` begins with a path; `environment` adds to the test's own; `colours` are emulated too."""
        self._master, slave = pty.openpty()
        _set_size(slave, size)
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _ATTACH, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, **_KIND, **(environment or {})},
        )
        os.close(slave)
        self._screen, self._reports = Screen(size, colours=colours), ModeReports()
        self._changed = Condition()
        self._output = bytearray()
        self._came: list[tuple[float, int]] = []  # when each part of it came, and how long it was then
        self._drawn = 0  # how much of the output is on the screen: it is emulated when somebody looks
        self._stalled = self._hung_up = self._over = False
        self._woken, self._wake = os.pipe()
        self._reader = Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    # What a person sees -------------------------------------------------------------------------

    def see(self, look: Callable[[Screen], T]) -> T:
        """Return what a look at the screen, as it is now, tells."""
        with self._changed:
            self._screen.feed(bytes(self._output[self._drawn :]))
            self._drawn = len(self._output)
            return look(self._screen)

    def until(self, look: Callable[[Screen], T | None], wanted: str) -> T:
        """Wait until a look at the screen tells something true and return it; `wanted` says what for."""
        with self._changed:
            self.wait(lambda: self.see(look))
            found = self.see(look)
            assert found, f"not seen: {wanted}\n{self._described()}"
            return found

    def shows(self, *patterns: str) -> None:
        """Wait until each of these patterns stands somewhere on the screen; `^` is where a row begins."""
        self.until(lambda screen: all(_found(one, screen) for one in patterns), " and ".join(patterns))

    def shows_no(self, *patterns: str) -> None:
        """Wait until none of these patterns stands on the screen any more."""
        self.until(
            lambda screen: not any(_found(one, screen) for one in patterns),
            "a screen without " + " or ".join(patterns),
        )

    def settle(self) -> None:
        """Wait until the program has written nothing for a moment."""
        with self._changed:
            seen = -1
            while seen != len(self._output):
                seen = len(self._output)
                self._changed.wait(QUIET)

    def _described(self) -> str:
        ended = self.process.poll()
        state = "running" if ended is None else f"ended with {ended}"
        rows = self.see(lambda screen: ["".join(screen.cells(row)) for row in range(screen.size[1])])
        return "\n".join((f"the program is {state}; its screen:", *(f"|{row}|" for row in rows)))

    # What the program wrote ---------------------------------------------------------------------

    @property
    def output(self) -> bytes:
        """Everything that the program wrote, with what steers the terminal."""
        with self._changed:
            return bytes(self._output)

    def written_at(self, length: int) -> float:
        """When the output had become so long, on the clock that measures performance."""
        with self._changed:
            return next(when for when, so_far in self._came if so_far >= length)

    def wait(self, condition: Callable[[], object], within: float = PATIENCE) -> bool:
        """Wait until a condition on what the program wrote holds; return whether it does."""
        with self._changed:
            self._changed.wait_for(lambda: self._over or condition(), within)
            return bool(condition())

    # What a person does -------------------------------------------------------------------------

    def type(self, keys: str) -> None:
        """Press keys, all at once."""
        os.write(self._master, keys.encode())

    def paste(self, text: str) -> None:
        """Paste as a terminal does: line ends as Enter, in brackets if the program asked for them."""
        keys = text.replace("\n", "\r")
        bracketed = self.see(lambda screen: BRACKETED_PASTE in screen.modes)
        self.type(f"\x1b[200~{keys}\x1b[201~" if bracketed else keys)

    def resize(self, size: Size) -> None:
        """Make the terminal so many columns and rows, and wait for what the program draws."""
        with self._changed:
            before = len(self._output)
            self.set_size(size)
            drawn = self.wait(lambda: len(self._output) > before)
            assert drawn, f"nothing was drawn at {size}\n{self._described()}"
        self.settle()

    def set_size(self, size: Size) -> None:
        """Make the terminal so many columns and rows, and go on at once."""
        with self._changed:
            self.see(lambda screen: screen.resize(size))
            _set_size(self._master, size)

    def stall(self) -> None:
        """Take nothing in any more, as a terminal does in which somebody marks text."""
        self._stalled = True
        self._wake_reader()

    def go_on(self) -> None:
        """Take everything in again."""
        self._stalled = False
        self._wake_reader()

    def hang_up(self) -> None:
        """Close the window, or cut the line to it: the program has no terminal any more."""
        self._hung_up = True
        self._wake_reader()
        self._reader.join(PATIENCE)

    def exit_status(self, within: float = PATIENCE) -> int:
        """Wait until the program has ended and all that it wrote is on the screen; return how it ended."""
        try:
            status = self.process.wait(within)
        except subprocess.TimeoutExpired:
            raise AssertionError(self._described()) from None
        self._reader.join(PATIENCE)
        return status

    def close(self) -> None:
        """End the program, however it is, and the terminal."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()
        os.close(self._wake)
        os.close(self._woken)

    # What the terminal does ---------------------------------------------------------------------

    def _wake_reader(self) -> None:
        os.write(self._wake, b"x")

    def _read(self) -> None:
        while not self._hung_up and self._read_once():
            pass
        with self._changed:
            os.close(self._master)
            self._over = True
            self._changed.notify_all()

    def _read_once(self) -> bool:
        """Draw what the program wrote next; return whether it may write more."""
        ready, _, _ = select.select([self._woken] if self._stalled else [self._woken, self._master], [], [])
        if self._woken in ready:
            os.read(self._woken, 100)
            return True
        try:
            output = os.read(self._master, 65_536)
        except OSError:  # the program has ended
            return False
        with self._changed:
            self._output += output
            self._came.append((time.perf_counter(), len(self._output)))  # noqa: TID251 - another process's time
            self._changed.notify_all()
        if answers := self._reports.answer(output):
            os.write(self._master, answers)
        return bool(output)


def _set_size(terminal: int, size: Size) -> None:
    columns, rows = size
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _found(pattern: str, screen: Screen) -> bool:
    return re.search(pattern, screen.text, re.MULTILINE) is not None
