"""A console, and people who join its exercise at terminals of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.terminal.console import ENTER, Console, Seat


class Room:
    """A console, and what lets others join it."""

    def __init__(self, console: Console, start: Callable[..., Seat], home: Path) -> None:
        self.console, self._start, self._home = console, start, home
        self._seats = "\n".join(console.open("b", "Seats"))
        console.leave("Seats")

    def station(self, team: str, **options: Any) -> Seat:
        """Join as the head of that team."""
        seat = self._join("join", team, ("Your name", "Tanaka"), ("Your office", "Minister"), **options)
        seat.shows(f"^ {team.upper()}  ")
        return seat

    def wall(self) -> Seat:
        """Join as the wall."""
        seat = self._join("wall", "Wall", colours=True)  # its large letters are made of them
        seat.shows("EXERCISE EXERCISE EXERCISE")
        return seat

    def _join(self, verb: str, kind: str, *answers: tuple[str, str], **options: Any) -> Seat:
        """Join at a computer of its own with the code for that kind of seat, and answer what is asked."""
        address = re.search(r"tabletop join (\S+)", self._seats)
        code = re.search(rf"{kind} +code +(\S+)", self._seats)
        assert address is not None
        assert code is not None
        environment = {"TABLETOP_HOME": str(self._home / kind), **options.pop("environment", {})}
        seat = self._start(verb, address[1], environment=environment, **options)
        for question, words in (("Code", code[1]), *answers):
            seat.shows(question)
            seat.type(words + ENTER)
        return seat
