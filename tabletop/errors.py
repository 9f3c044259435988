"""The base class of errors that are shown to users, and the program's exit codes."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit status of the program."""

    DONE = 0
    """Everything asked for was done."""
    PROBLEMS = 1
    """The work was done and found something wrong, such as a scenario with mistakes in it; or its output was
    not read to the end."""
    USAGE = 2
    """Wrong use: the request could not be carried out at all."""
    FAULT = 70
    """An internal error; EX_SOFTWARE in sysexits.h."""
    INTERRUPTED = 130
    """Ended by Ctrl+C: 128 + SIGINT."""
    TERMINATED = 143
    """Shut down cleanly on SIGTERM: 128 + SIGTERM."""


class TabletopError(Exception):
    """An error that the user can correct: the message says what is wrong, where, and what to do.

    Any other exception that reaches the top level is a bug in the program.
    """

    message: str
    exit_code: int = ExitCode.USAGE

    def __init__(self, message: str, *, exit_code: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        if exit_code is not None:
            self.exit_code = exit_code

    def __str__(self) -> str:
        return self.message


class InputError(TabletopError):
    """Input from outside, such as a file or an argument, cannot be used."""
