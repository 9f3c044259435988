"""A console, and people who join its exercise at terminals of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.terminal.console import ENTER, TEAMS, Console, Seat


class Room:
    """A console, and what lets others join it."""

    def __init__(self, console: Console, start: Callable[..., Seat], home: Path) -> None:
        self.console, self._start, self._home = console, start, home
        self._seats = console.open_seats(*(rf"{kind} +code +\S{{4,}}" for kind in (*TEAMS.values(), "Wall")))
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

    def again(self, verb: str, kind: str, **options: Any) -> Seat:
        """Go back to that seat with the same command."""
        seat = self.type_again(verb, kind, **options)
        seat.shows("Your seat, or 0 for a new code")
        seat.type(ENTER)
        return seat

    def type_again(self, verb: str, kind: str, **options: Any) -> Seat:
        """Type the command at the computer of that seat, and answer nothing."""
        return self._start(verb, self.address, environment=self._environment(kind), **options)

    @property
    def address(self) -> str:
        address = re.search(r"tabletop join (\S+)", self._seats)
        assert address is not None
        return address[1]

    def _environment(self, kind: str) -> dict[str, str]:
        return {"TABLETOP_HOME": str(self._home / kind)}

    def _join(self, verb: str, kind: str, *answers: tuple[str, str], **options: Any) -> Seat:
        """Join at a computer of its own with the code for that kind of seat, and answer what is asked."""
        code = re.search(rf"{kind} +code +(\S+)", self._seats)
        assert code is not None
        environment = {**self._environment(kind), **options.pop("environment", {})}
        seat = self._start(verb, self.address, environment=environment, **options)
        for question, words in (("Code", code[1]), *answers):
            seat.shows(question)
            seat.type(words + ENTER)
        return seat
