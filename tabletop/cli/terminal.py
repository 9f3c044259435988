"""Check for an interactive terminal."""

from __future__ import annotations

import sys

from tabletop.errors import InputError


def is_terminal() -> bool:
    """Return whether both standard input and standard output are terminals."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def can_ask() -> bool:
    """Return whether a question on standard error can be read and answered."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def need_terminal(verb: str, instead: str) -> None:
    """Raise InputError unless there is a terminal; `instead` names an alternative."""
    if not is_terminal():
        raise InputError(f"'tabletop {verb}' needs a terminal to show its screen; {instead}")
