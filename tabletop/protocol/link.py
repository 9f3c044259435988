"""The interface between a screen and an exercise, whether the host is in this process or on the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Protocol

from pydantic import ConfigDict, Field

from tabletop.exercise.attached import attached
from tabletop.exercise.commands import Command
from tabletop.exercise.events import Attached, Event, Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Exercise
from tabletop.exercise.view import SEES_ALL
from tabletop.protocol.submission import Answer, Submission
from tabletop.protocol.team import OwnTeam
from tabletop.scenario.clock import LocalClock
from tabletop.scenario.teams import Team

Count = Annotated[int, Field(strict=True, ge=0, lt=2**53)]


@dataclass(frozen=True, slots=True)
class Sight:
    """An event as seen by one seat.

    `number` counts the events visible to this seat, without gaps. Only exercise control also gets who acted
    (`seat`), the log's sequence number (`seq`) and the time of day (`wall`).
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    number: Annotated[int, Field(strict=True, ge=1, lt=2**53)]
    at: Count
    event: Event
    seat: str = ""
    seq: Count = 0
    wall: str = ""

    @property
    def mark(self) -> str:
        """Type and game second: by this a host sees whether its own event of that number is the same."""
        return f"{self.event.type}@{self.at}"

    def record(self) -> Record:
        """Return the log record, for a seat that sees everything and folds the exercise itself."""
        return Record(
            seq=self.seq, at=self.at, wall=self.wall, seat=self.seat, key="", digest="", event=self.event
        )


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a seat may know before play."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    title: str
    situation: str
    ground_rules: tuple[str, ...]
    teams: Mapping[str, Team]
    labels: Mapping[str, str]
    clock: LocalClock | None
    attachments: tuple[Attached, ...] = ()
    """Files that everybody gets before play."""
    pictures: bool = False
    """Whether a picture may come, so that the terminal is asked in time how it draws one."""

    @classmethod
    def of(cls, state: Exercise, seat: str) -> Briefing:
        """Return the briefing of an exercise for a seat."""
        scenario = state.script.scenario
        whole = cls(
            name=state.name,
            title=state.title,
            situation=scenario.situation or "",
            ground_rules=scenario.ground_rules,
            teams=scenario.teams,
            labels=scenario.labels,
            clock=scenario.clock,
            attachments=attached(state, scenario.attachments),
            pictures=bool(scenario.files),
        )
        return whole if seat in SEES_ALL else whole.seen_by(seat)

    def seen_by(self, seat: str) -> Briefing:
        """Return it as a seat of players reads it: with what is written for that team alone, and no other."""
        teams = {word: team.model_copy(update={"briefing": None}) for word, team in self.teams.items()}
        own = self.teams.get(seat)
        alone = f"For {own.name} alone: {own.briefing}" if own is not None and own.briefing else ""
        return replace(self, situation="\n\n".join(filter(None, (self.situation, alone))), teams=teams)


Watcher = Callable[[Sight], None]


class Link(Protocol):
    """One seat's connection to an exercise."""

    @property
    def seat(self) -> str:
        """The team or control role that acts and sees through this link."""

    def briefing(self) -> Briefing:
        """Return what this seat may know before play."""

    def now(self) -> float:
        """Return game seconds, with fractions."""

    def probes_left(self) -> float | None:
        """Return the real seconds left for the probes that are open; None if none is, or it is not known."""

    def trouble(self) -> str | None:
        """Return why nothing can be recorded at the moment, in plain words; None if all is well."""

    @property
    def live(self) -> bool:
        """Whether the host answers at the moment."""

    @property
    def finished(self) -> bool:
        """Whether the host has ended this link for good; `trouble` says why."""

    @property
    def other_exercise(self) -> bool:
        """Whether the host at this address runs another exercise; `trouble` says which."""

    @property
    def plain(self) -> bool:
        """Whether the connection is unencrypted on a network."""

    @property
    def submissions(self) -> Sequence[Submission]:
        """Commands entered here, including those from before a crash, oldest first."""

    def team(self) -> OwnTeam:
        """Return the seats and the pen of this seat's team, as last received."""

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` with everything the seat may see, from the first event on, and with what follows.

        Returns a function that unsubscribes.
        """

    async def submit(self, command: Command, key: str | None = None) -> Answer:
        """Submit a command; return its receipt or refusal."""

    async def recover(self) -> bool:
        """Try to reopen a failed log (exercise control only). Return whether it works."""

    async def hand_pen(self, to: str | None, team: str = "") -> Refusal | None:
        """Hand the pen to another seat of the team; return the refusal, if any.

        A facilitator names the team, and takes the pen back with `to` None.
        """

    async def fetch(self, file: str) -> bytes | None:
        """Return an attached file by its name; None if this seat has no such file, or it does not arrive."""


class FarLink(Link, Protocol):
    """A link over the network."""

    @property
    def disconnected_since(self) -> str:
        """UTC time of day since when the host does not answer; empty while it does."""
