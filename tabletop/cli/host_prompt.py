"""The prompt of a host without a screen: prints codes, seats and notices, and reads commands."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from tabletop.errors import InputError
from tabletop.exercise.marking import MARKING
from tabletop.exercise.refusal import Refusal
from tabletop.plaintext import one_line

if TYPE_CHECKING:
    from tabletop.host.app import HostApp
    from tabletop.protocol.roster import SeatInfo
    from tabletop.system.disk_queue import DiskTask

VERBS = {
    "join": "a team",
    "console": "the facilitator",
    "watch": "an observer or evaluator",
    "wall": "the projector",
}
"""Verbs that connect to the host, and who uses them."""

HELP = (
    "Type: codes, seats, revoke NUMBER, pen NUMBER to give it, pen TEAM to take it back, code TEAM, "
    "addresses, block ADDRESS, or unblock ADDRESS."
)


class HostPrompt:
    """Prints the state of the host and executes typed commands."""

    def __init__(self, hosting: HostApp, say: Callable[[str], None]) -> None:
        self._hosting = hosting
        self._say = say
        self._said: tuple[str, ...] = ()
        hosting.hub.on_notice = self._notice

    def show(self) -> None:
        """Print where to join, how to recognise this host, and the codes."""
        entrance = self._hosting.endpoint
        self._say(MARKING)
        self._say(f"{one_line(self._hosting.session.state.name)} is open at {entrance.host}:{entrance.port}")
        for verb, who in VERBS.items():
            self._say(f"  {entrance.line(verb)}   for {who}")
        if entrance.words:
            self._say(f"Every station must show the same words: {'  '.join(entrance.words)}")
        if entrance.plain:
            self._say("NOT ENCRYPTED: everybody on this network can read along and pose as this host.")
        self._codes()
        self._say(f"Facilitator's secret: {self._hosting.enrolment.secret}")

    def listen(self, typed: TextIO, loop: asyncio.AbstractEventLoop) -> None:
        """Read and execute typed commands until the program ends."""
        self._say(HELP)

        def read() -> None:
            for line in typed:
                loop.call_soon_threadsafe(self.do, line)

        threading.Thread(target=read, daemon=True, name="what is typed").start()

    def do(self, line: str) -> None:
        """Execute a command line."""
        word, _, rest = line.strip().partition(" ")
        try:
            match word:
                case "":
                    return
                case "codes":
                    self._codes()
                case "code":
                    self._say(f"  {rest:<12} {self._hosting.admission.new_code(rest.strip())}")
                case "seats":
                    self._seats()
                case "revoke":
                    self._change(self._hosting.enrolment.revoke(self._seat(rest)))
                case "pen":
                    self._pen(rest.strip())
                case "addresses":
                    self._addresses()
                case "block":
                    self._hosting.floods.block(rest)
                    self._addresses()
                case "unblock":
                    self._hosting.floods.unblock(rest)
                    self._addresses()
                case _:
                    self._say(HELP)
        except InputError as error:
            self._say(error.message)

    def _codes(self) -> None:
        self._say("Codes, each good for one seat:")
        for code in self._hosting.enrolment.open_codes():
            self._say(f"  {code.acts_as:<12} {code.text}")

    def _seats(self) -> None:
        here, door = self._hosting.hub.presence.connected, self._hosting.admission
        for number, seat in enumerate(door.seats(), 1):
            notes = ["connected" if seat.id in here else "away"]
            if door.pen(seat.acts_as) == seat.id:
                notes.append("holds the pen")
            self._say(f"  {number:>3} {seat.acts_as:<12} {one_line(seat.name)} ({', '.join(notes)})")

    def _addresses(self) -> None:
        listed = self._hosting.floods.listed()
        self._say(
            "Addresses that flood this host, or are blocked:" if listed else "No address floods this host."
        )
        for one in listed:
            self._say(f"  {one.address:<40} cut off {one.cut:,} times{', blocked' if one.blocked else ''}")

    def _seat(self, number: str) -> str:
        seats = self._hosting.admission.seats()
        text = number.strip()
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(seats)):
            raise InputError("give the number that 'seats' shows")
        return seats[int(text) - 1].id

    def _pen(self, whom: str) -> None:
        """Give the pen to the seat with that number, or take it back from the team with that id."""
        team, seat_id = whom, None
        if whom not in self._hosting.teams:
            seat_id = self._seat(whom)
            team = next(seat.acts_as for seat in self._hosting.admission.seats() if seat.id == seat_id)
        self._change(self._hosting.admission.take_pen(team, seat_id))

    def _change(self, work: DiskTask[SeatInfo | Refusal | None]) -> None:
        """Queue a change of seats, and print them afterwards."""

        def changed(answer: SeatInfo | Refusal | None) -> None:
            if isinstance(answer, Refusal):
                self._say(answer.message)
            self._seats()

        self._hosting.session.disk_queue.put(work, changed, self._not_changed)

    def _not_changed(self, error: Exception) -> None:
        if not isinstance(error, InputError):
            raise error
        self._say(error.message)

    def _notice(self, says: tuple[str, ...]) -> None:
        for sentence in says:
            if sentence not in self._said:
                self._say(one_line(sentence))
        self._said = says
