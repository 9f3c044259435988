"""Programs on pseudo-terminals, started for a test and ended after it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32":
    collect_ignore_glob = ["*"]  # there are no pseudo-terminals
else:
    from tests.terminal.console import Console, Seat
    from tests.terminal.room import Room
    from tests.terminal.terminal import Terminal


@pytest.fixture
def opened() -> Iterator[list[Terminal]]:
    """Return a list of terminals that are closed after the test."""
    terminals: list[Terminal] = []
    yield terminals
    for terminal in terminals:
        terminal.close()


@pytest.fixture
def start(opened: list[Terminal]) -> Callable[..., Seat]:
    """Return what starts `tabletop` with these words in a terminal."""

    def start(*words: str, **options: Any) -> Seat:
        seat = Seat(*words, **options)
        opened.append(seat)
        return seat

    return start


@pytest.fixture
def start_console(opened: list[Terminal], tmp_path: Path) -> Callable[..., Console]:
    """Return what starts a console on a new exercise, and waits until it can be used."""

    def start_console(*words: str, **options: Any) -> Console:
        console = Console(tmp_path / f"game-{len(opened)}.db", *words, **options)
        opened.append(console)
        console.shows("All is ready")
        return console

    return start_console


@pytest.fixture
def room(start_console: Callable[..., Console], start: Callable[..., Seat], tmp_path: Path) -> Room:
    """Return a console that people can join."""
    return Room(start_console(size=(120, 40)), start, tmp_path)
