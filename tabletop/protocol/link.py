"""How a screen reaches an exercise: one protocol, whether the host is in this process or elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tabletop.exercise.commands import Command
from tabletop.exercise.events import Event, Record
from tabletop.exercise.refusal import Refusal
from tabletop.protocol.submission import Answer, Submission
from tabletop.protocol.team import OwnTeam
from tabletop.scenario.content import LocalClock, Team

if TYPE_CHECKING:
    from tabletop.protocol import (
        messages,  # its messages take a tenth of a start; a screen needs only their types
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """An event as one seat sees it.

    `number` counts what this seat has seen, without gaps. Only seats of exercise control are told
    who acted (`seat`), the number in the log (`seq`) and the time of day (`wall`).
    """

    number: int
    at: int
    event: Event
    seat: str = ""
    seq: int = 0
    wall: str = ""

    def record(self) -> Record:
        """The record it came from, for a seat that sees all and folds the exercise itself."""
        return Record(
            seq=self.seq, at=self.at, wall=self.wall, seat=self.seat, key="", digest="", event=self.event
        )


@dataclass(frozen=True, slots=True)
class Briefing:
    """What every player may know before play."""

    name: str
    title: str
    situation: str
    ground_rules: tuple[str, ...]
    teams: Mapping[str, Team]
    labels: Mapping[str, str]
    clock: LocalClock | None


Watcher = Callable[[Sight], None]


class Link(Protocol):
    """One seat's way into an exercise."""

    @property
    def seat(self) -> str:
        """The seat that acts and sees through this link."""

    def briefing(self) -> Briefing:
        """What the seat may know before play."""

    def now(self) -> float:
        """Game seconds, with fractions."""

    def trouble(self) -> str | None:
        """Why nothing can be recorded at the moment, in plain words; None if all is well."""

    @property
    def live(self) -> bool:
        """Whether the host answers at the moment."""

    @property
    def finished(self) -> bool:
        """Whether the host has sent this terminal away for good; `trouble` says why."""

    @property
    def other_exercise(self) -> bool:
        """Whether a host of another exercise answers where this one was: `trouble` says which."""

    @property
    def plain(self) -> bool:
        """Whether others on the network can read along."""

    @property
    def submissions(self) -> Sequence[Submission]:
        """What became of the commands given here, those of before a crash among them; oldest first."""

    def team(self) -> OwnTeam:
        """Who sits with this seat's team and holds its pen, as last heard."""

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Show the watcher everything the seat may see, from the first event on, and what comes.

        Returns what ends it.
        """

    async def submit(self, command: Command, key: str | None = None) -> Answer:
        """Ask for a command to be recorded."""

    async def recover(self) -> bool:
        """Try again after trouble (exercise control only). Whether it worked."""

    async def hand_pen(self, to: str | None, team: str = "") -> Refusal | None:
        """Hand the pen to another seat of the team; why not, if it was not.

        A facilitator names the team, and takes the pen back by naming no seat.
        """


class FarLink(Link, Protocol):
    """A link to a host elsewhere, which can be lost."""

    @property
    def disconnected_since(self) -> str:
        """Time of day since when the host does not answer."""


class ConsoleLink(Protocol):
    """What a facilitator's console knows of stations that join from elsewhere, and does about them."""

    @property
    def chair(self) -> messages.Chair | None:
        """Whether this console may act; None before the host has said."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about stations that are missing and about what else is wrong, each with what to do."""

    @property
    def enrolment(self) -> messages.Reception | None:
        """Where people join and with what, and who has joined; None without the chair."""

    @property
    def reach(self) -> Mapping[str, int]:
        """For each team that has a station: the log's number of the last event that one of them has."""

    async def arrange(self, act: messages.Act, of: str) -> Refusal | None:
        """Make or void codes for a kind of seat, or revoke a seat by its id."""

    async def hand_pen(self, to: str | None, team: str = "") -> Refusal | None:
        """Give a team's pen to a seat, or take it back by naming none."""

    def take_over(self) -> None:
        """Ask for the chair; `chair` says when it is this console's."""
