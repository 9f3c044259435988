"""Take the first steps of somebody new in a terminal: see the console, start play, read an inject, leave.

    python -m tests.terminal.newcomer COMMAND [ARGUMENT ...]

takes them with any command that opens the console on a new exercise, shows what the terminal showed last, and
ends with the exit status of the command.
"""

from __future__ import annotations

import shutil
import sys
from typing import Final

from tests.terminal.console import CTRL_Q, ENTER, ESC
from tests.terminal.frames import no_window, window
from tests.terminal.terminal import Terminal

INSTALLING: Final = 600.0
"""Seconds within which a command that installs the program first has opened the console."""


def take_first_steps(terminal: Terminal) -> int:
    """Start play on a console that opens, read the first inject and leave; return the exit status."""
    terminal.shows("All is ready. Press S to start")
    terminal.type("s")
    terminal.shows("RUNNING", "press R to release it")
    terminal.type(ENTER)
    inject = "A01 A notice, addressed to Japan"
    terminal.until(window(inject), f"the window of {inject}")
    terminal.type(ESC)
    terminal.until(no_window(inject), f"no window of {inject} any more")
    terminal.type(CTRL_Q)
    terminal.until(window("Leave\\?"), "the question whether to leave")
    terminal.type(ENTER)
    return terminal.exit_status()


def main(command: str, *arguments: str) -> int:
    """Take the first steps with a command, however long it needs to open the console."""
    terminal = Terminal([shutil.which(command) or command, *arguments])
    try:
        terminal.wait(lambda: terminal.see(lambda screen: "All is ready" in screen.text), INSTALLING)
        status = take_first_steps(terminal)
        print(terminal.see(lambda screen: screen.text.strip()))
        return status
    finally:
        terminal.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
