"""Whether there is a terminal to show a screen on."""

from __future__ import annotations

import sys

from tabletop.errors import InputError


def is_terminal() -> bool:
    """Whether the program both reads from and writes to a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def can_ask() -> bool:
    """Whether somebody can read a question on standard error and answer it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def need_terminal(verb: str, instead: str) -> None:
    """Raise InputError, naming what works without one, unless there is a terminal."""
    if not is_terminal():
        raise InputError(f"'tabletop {verb}' needs a terminal to show its screen; {instead}")
