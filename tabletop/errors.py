"""The one root of every error that a person is meant to read, and the exit codes of the program."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the program tells the shell when it ends."""

    DONE = 0
    """Everything asked for was done."""
    PROBLEMS = 1
    """The work was done and found something wrong, such as a scenario with mistakes in it; or its output was
    not read to the end."""
    USAGE = 2
    """What was asked for could not be done at all."""
    FAULT = 70
    """The program met a fault of its own; EX_SOFTWARE in sysexits.h."""
    INTERRUPTED = 130
    """Ctrl+C ended the program; what a shell reports then."""
    TERMINATED = 143
    """SIGTERM ended the program, in good order; what a shell reports then."""


class TabletopError(Exception):
    """Something a person can put right: the message says what is wrong, where, and what to do about it.

    Everything else that is raised is a fault in the program.
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
    """A file or a value that came from outside cannot be used as it is."""
