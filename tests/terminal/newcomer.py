"""Take the first steps of somebody new in a real terminal: see the console, start, read an inject, leave.

    python -m tests.terminal.newcomer COMMAND [ARGUMENT ...]

takes them with any command that opens the console, prints what the screen showed last, and ends with the exit
status of the command.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from threading import Condition, Thread
from typing import Final

import pyte

COLUMNS, ROWS = 80, 24
PATIENCE: Final = 60.0
"""Seconds after which something will not happen any more, on however busy a machine."""
INSTALLING: Final = 600.0
"""The same for a command that installs the program first."""

_ESCAPE: Final = "\x1b"
_CTRL_Q: Final = "\x11"
_ATTACH: Final = "import os, sys; os.login_tty(0); os.execvp(sys.argv[1], sys.argv[1:])"
"""Makes the pseudo-terminal the controlling one, as a terminal's window does."""


class Window:
    """A command in a terminal window of 80 by 24."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._terminal, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _ATTACH, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment, "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(slave)
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._changed = Condition()
        self._ended = False
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def text(self) -> str:
        """What the screen shows."""
        with self._changed:
            return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, pattern: str, within: float = PATIENCE) -> None:
        """Wait until the screen shows a pattern."""
        self._wait(pattern, within, shown=True)

    def wait_until_gone(self, pattern: str, within: float = PATIENCE) -> None:
        """Wait until the screen shows a pattern no longer."""
        self._wait(pattern, within, shown=False)

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self._terminal, key.encode())

    def exit_status(self, within: float = PATIENCE) -> int:
        """Wait until the command has ended and all it wrote is on the screen; return its exit status."""
        status = self._process.wait(within)
        self._reader.join(within)
        return status

    def close(self) -> None:
        """End the command, if it has not, and close the window."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._reader.join()
        os.close(self._terminal)

    def _wait(self, pattern: str, within: float, *, shown: bool) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._shows(pattern) is shown, within)
            if self._shows(pattern) is not shown:
                ended = "the command has ended" if self._ended else "the command still runs"
                raise AssertionError(f"{pattern!r} {'not ' * shown}on the screen; {ended}:\n{self.text}")

    def _shows(self, pattern: str) -> bool:
        return re.search(pattern, self.text) is not None

    def _read(self) -> None:
        stream = pyte.ByteStream(self._screen)
        while output := self._next_output():
            with self._changed:
                stream.feed(output)
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _next_output(self) -> bytes:
        try:
            return os.read(self._terminal, 65_536)
        except OSError:  # on Linux, that the last program on the terminal has ended
            return b""


def take_first_steps(
    command: Sequence[str], environment: Mapping[str, str], *, within: float = PATIENCE
) -> tuple[int, str]:
    """Run a command that opens the console on a new exercise; return its exit status and its last screen.

    `within` bounds how long it may take until the console is there.
    """
    window = Window(command, environment)
    try:
        window.wait_for("Press S to start", within)
        window.press("s")
        window.wait_for("RUNNING")
        window.wait_for("press R to release it")
        window.press("\r")
        window.wait_for("Esc back")
        window.press(_ESCAPE)
        window.wait_until_gone("Esc back")
        window.press(_CTRL_Q)
        window.wait_for("Enter leave")
        window.press("\r")
        return window.exit_status(), window.text
    finally:
        window.close()


if __name__ == "__main__":
    status, screen = take_first_steps(sys.argv[1:], os.environ, within=INSTALLING)
    print(screen)
    sys.exit(status)
