"""An observer of everything: the disk, every connection and every screen.

It knows nothing of how the program works. It is told what was requested, recorded and sent, and fails at the
first inconsistency.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from tabletop.exercise import commands as c
from tabletop.exercise.events import Event, Record
from tabletop.exercise.view import SEES_ALL, view
from tabletop.host.clock_jumps import NOTICED
from tabletop.host.consoles import ControlLease
from tabletop.host.log_writer import SLOW_AFTER
from tabletop.host.session import MARK_EVERY, Session, digest
from tabletop.link.outbox import OutboxEntry
from tabletop.protocol import messages
from tabletop.protocol.link import Sight
from tabletop.protocol.roster import SeatInfo
from tabletop.protocol.submission import Submission
from tabletop.scenario.scenario import Scenario

CANARY: Final = re.compile(r"canary-(\d+)-")
PUBLIC: Final = None
"""The audience of what everybody may hear."""


class Violation(AssertionError):  # noqa: N818 - it reads as what happened
    """An invariant was violated."""


class InjectedFault(Exception):  # noqa: N818 - the same
    """An injected fault of the host."""


@dataclass(slots=True)
class Attempt:
    """A command that a person gave, and from where."""

    seat_id: str
    acts_as: str
    command: c.Command
    epoch: int
    promised: bool = False
    """The station took it: it has to come to an end."""


@dataclass(slots=True)
class Pictures:
    """What one kind of viewer must be shown, computed from the log alone."""

    sights: list[tuple[int, Event]] = field(default_factory=list)
    seqs: list[int] = field(default_factory=list)
    reached: int = 0
    """The farthest that any station of theirs was told."""
    drawn: int = 0


class Witness:
    """Compare what everybody was told with what happened."""

    def __init__(
        self, scenario: Scenario, clock: Callable[[], float], narrate: Callable[[str], None]
    ) -> None:
        self._clock = clock
        self._narrate = narrate
        self.scenario = scenario
        self.attempts: dict[str, Attempt] = {}
        self.records: list[Record] = []
        self.recorded: dict[tuple[str, str], tuple[int, int]] = {}
        self.pictures = {kind: Pictures() for kind in (*scenario.teams, *SEES_ALL, c.WALL)}
        self.audiences: dict[int, frozenset[str] | None] = {}
        self.refused: set[tuple[str, str]] = set()
        """Commands that the host has refused."""
        self._read_as_refused: set[tuple[str, str]] = set()
        """Commands of which a person has read that they were refused."""
        self.probes: dict[str, bool] = {}
        """Keys under which two commands are sent on purpose, and whether the second is on its way."""
        self.may_be_asked_anew: set[str] = set()
        """Refused commands that a full disk at their station keeps alive."""
        self.half_revoked: set[str] = set()
        """Ids of seats that the facilitator wanted to take back."""
        self.revoked: set[str] = set()
        """Ids of those that were taken back and do not count any more, as far as the host that runs knows."""
        self.pen: Callable[[str], str | None] = lambda _: None
        self.counts: defaultdict[str, int] = defaultdict(int)
        self._answers: dict[tuple[str, str], messages.Receipt | str] = {}
        self._epoch = 0
        self._holders: dict[int, str] = {}
        self._game = 0.0
        self._rates = 1.0
        self._ticked = float("inf")
        self._still = True

    def trace(self, who: str, what: str) -> None:
        """Print an event when a seed is replayed."""
        self._narrate(f"{self._clock():9.3f}  {who:<14} {what}")

    def fail(self, what: str) -> NoReturn:
        """Raise `Violation`."""
        self.trace("witness", what)
        raise Violation(f"after {self._clock():.3f} s: {what}")

    def canary(self, audience: Iterable[str] | None) -> str:
        """Return a word that may only be sent to these viewers and to exercise control."""
        number = len(self.audiences)
        self.audiences[number] = PUBLIC if audience is None else frozenset(audience)
        return f"canary-{number}-"

    def abandoned(self, entries: Iterable[OutboxEntry]) -> None:
        """Note that a person rejoined as somebody new: pending commands of the old seat stay unanswered."""
        for entry in entries:
            self.attempts[entry.key].promised = False

    # The disk -------------------------------------------------------------------------------------

    def landed(self, records: Sequence[Record]) -> None:
        """Note records that are durable on the host's disk."""
        for record in records:
            if record.seq != len(self.records) + 1:
                self.fail(f"event {record.seq} was recorded after event {len(self.records)}")
            if self.records and record.at < self.records[-1].at:
                self.fail(f"game time went back from {self.records[-1].at} to {record.at}")
            self.records.append(record)
            for kind, pictures in self.pictures.items():
                seen = view(record.event, kind, self.scenario.teams)
                if seen is not None:
                    pictures.sights.append((record.at, seen))
                    pictures.seqs.append(record.seq)
        self._still = False
        first, last = records[0], records[-1]
        self.trace("disk", f"{first.seq}-{last.seq} {first.seat}/{first.key}: {first.event.type}")
        self._rates = max(self._rates, getattr(first.event, "rate", 1.0))
        if first.key:
            self._command_landed(first, last)

    def _command_landed(self, first: Record, last: Record) -> None:
        self.counts["recorded"] += 1
        place = first.seat, first.key
        if place in self.recorded:
            self.fail(f"{first.key} of {first.seat} was recorded twice")
        self.recorded[place] = first.seq, last.seq
        if isinstance(self._answers.get(place), str) or place in self._read_as_refused:
            self.fail(f"{first.key} of {first.seat} was refused ({self._answers.get(place)}) and is recorded")
        attempt = self.attempts.get(first.key)
        if attempt is None or attempt.acts_as != first.seat:
            return  # what the host does by itself
        if attempt.seat_id in self.revoked:
            self.fail(f"{first.key} was recorded for a seat that was taken back")
        if digest(attempt.command) != first.digest:
            self.fail(f"{first.key} was recorded as another command than was given")
        if first.seat == c.FACILITATOR and attempt.epoch < self._epoch:
            self.fail(f"{first.key} of epoch {attempt.epoch} was recorded in epoch {self._epoch}")
        if isinstance(attempt.command, c.Decide | c.State) and self.pen(first.seat) != attempt.seat_id:
            self.fail(f"{first.key} was recorded for {first.seat} without the pen")

    # The host ---------------------------------------------------------------------------------------

    def host_started(self, session: Session) -> None:
        """Note that the host has resumed from its disk."""
        if session.exact_now < self._game - (MARK_EVERY + SLOW_AFTER + 1) * self._rates:
            self.fail(f"the game clock lost {self._game - session.exact_now:.0f} s when the host was killed")
        if self.records and session.exact_now < self.records[-1].at:
            self.fail("the game clock is behind the last event")
        self._game, self._ticked = session.exact_now, float("inf")
        # Refusals are not on the disk: a station that never got one may be answered otherwise now.
        self._answers = {
            place: one for place, one in self._answers.items() if isinstance(one, messages.Receipt)
        }

    def host_ticked(self, session: Session, monotonic: float) -> None:
        """Check the game clock; `monotonic` is the host's own clock."""
        game = session.exact_now
        passed, self._ticked = monotonic - self._ticked, monotonic
        if passed >= NOTICED + 1 and self._still and game - self._game > self._rates:
            self.fail(f"the game clock went on by {game - self._game:.0f} s while the host stood still")
        self._still = True
        if game < self._game:
            self.fail(f"the game clock went back from {self._game:.3f} to {game:.3f}")
        self._game = game

    def fault(self, error: Exception) -> None:
        """Count a fault of the host, or fail if it was not injected."""
        if isinstance(error, InjectedFault):
            self.counts["faults"] += 1
            return
        raise Violation(f"after {self._clock():.3f} s: the host failed with {error!r}") from error

    def told(self, chair: ControlLease, seat: SeatInfo, text: str) -> None:
        """Check a frame that the host sent to a seat."""
        kind = text[9 : text.index('"', 9)]  # every frame begins with its type
        if seat.id in self.revoked and kind not in ("goodbye", "part"):
            self.fail(f"a seat that was taken back was sent a {kind}")
        if kind in _HEARD:
            _HEARD[kind](self, chair, seat, json.loads(text))

    def _receipt(self, _: ControlLease, seat: SeatInfo, frame: Mapping[str, Any]) -> None:
        self.counts["receipts"] += 1
        receipt = messages.Receipt.model_validate(frame)
        place = seat.acts_as, receipt.key
        if place not in self.recorded:
            self.fail(f"{seat.acts_as} was told that {receipt.key} is recorded, and it is not on the disk")
        if (receipt.first, receipt.last) != self._own(seat.acts_as, *self.recorded[place]):
            self.fail(f"the receipt for {receipt.key} says {receipt.first}-{receipt.last}")
        if self.probes.get(receipt.key):
            self.fail(f"a second command under the key {receipt.key} was taken")
        self._first_answer(place, receipt)

    def _refusal(self, _: ControlLease, seat: SeatInfo, frame: Mapping[str, Any]) -> None:
        self.counts[f"refused: {frame['code']}"] += 1
        place = seat.acts_as, frame["key"]
        if frame["code"] == "key-clash" and frame["key"] in self.probes:
            return
        if place in self.recorded:
            self.fail(f"{frame['key']} of {seat.acts_as} is recorded and was refused ({frame['message']})")
        self.refused.add(place)
        self._first_answer(place, frame["message"])

    def _first_answer(self, place: tuple[str, str], answer: messages.Receipt | str) -> None:
        first = self._answers.setdefault(place, answer)
        if first != answer:
            self.fail(f"{place[1]} of {place[0]} was answered with {answer!r} after {first!r}")

    def _progress(self, chair: ControlLease, seat: SeatInfo, frame: Mapping[str, Any]) -> None:
        self.counts["progress"] += 1
        concerned = self.concerned(seat.acts_as, frame["key"], chair.holder is not None)
        delivered = sum(self.pictures[kind].reached >= number for kind, number in concerned.items())
        drawn = sum(self.pictures[kind].drawn >= number for kind, number in concerned.items())
        if frame["of"] != len(concerned):
            self.fail(f"{frame['key']} concerns {len(concerned)}, and {frame['of']} were said")
        if frame["delivered"] > delivered or frame["seen"] > drawn:
            self.fail(f"{frame['key']} was said to have got to more viewers than it has: {dict(frame)}")

    def _chair(self, _: ControlLease, seat: SeatInfo, frame: Mapping[str, Any]) -> None:
        epoch, known = frame["epoch"], self._holders.get(frame["epoch"])
        if epoch < self._epoch:
            self.fail(f"a console was told of epoch {epoch} after epoch {self._epoch}")
        if frame["yours"] and known not in (None, seat.id):
            self.fail(f"two consoles were given the chair in epoch {epoch}")
        if not frame["yours"] and known == seat.id:
            self.fail(f"a console lost the chair within epoch {epoch}")
        self._epoch = epoch
        if frame["yours"]:
            self._holders[epoch] = seat.id

    def _welcome(self, chair: ControlLease, seat: SeatInfo, frame: Mapping[str, Any]) -> None:
        self.counts["welcomes"] += 1
        if frame["chair"] is not None:
            self._chair(chair, seat, frame["chair"])
        if frame["head"] > len(self.pictures[seat.acts_as].sights):
            self.fail(f"{seat.acts_as} was told of more events than there are for it")

    # Stations ---------------------------------------------------------------------------------------

    def received(self, kind: str, text: str) -> None:
        """Check a frame that arrived at a station."""
        self.counts["frames"] += 1
        if kind in SEES_ALL:
            return
        for found in CANARY.finditer(text):
            audience = self.audiences[int(found[1])]
            if kind == c.WALL and audience is not None and audience >= set(self.scenario.teams):
                continue  # the wall shows what went to all
            if audience is not None and kind not in audience:
                self.fail(f"{kind} was sent {found[0]}, which is for {sorted(audience)}")

    def sight(self, kind: str, sight: Sight) -> None:
        """Check an event that a station shows."""
        pictures = self.pictures[kind]
        if sight.number > len(pictures.sights):
            self.fail(f"{kind} was shown its number {sight.number}, and there is none")
        if (sight.at, sight.event) != pictures.sights[sight.number - 1]:
            self.fail(f"{kind} was shown something else as its number {sight.number} than is in the log")
        if kind in SEES_ALL and sight.seq != sight.number:
            self.fail(f"{kind} was told that its number {sight.number} is event {sight.seq}")
        pictures.reached = max(pictures.reached, sight.number)

    def drawn(self, kind: str, number: int) -> None:
        """Note that a station has drawn up to a number."""
        self.pictures[kind].drawn = max(self.pictures[kind].drawn, number)

    def answered(
        self, kind: str, submission: Submission, answer: messages.Receipt | messages.Refused
    ) -> None:
        """Check an answer that a person reads."""
        if isinstance(answer, messages.Receipt):
            if (kind, submission.key) not in self.recorded:
                self.fail(f"{kind} was shown {submission.key} as recorded, and it is not")
            if answer.last > self.pictures[kind].reached:
                self.fail(f"{kind} was shown the receipt of {submission.key} before the event")
        elif submission.key not in self.may_be_asked_anew:
            if (kind, submission.key) in self.recorded:
                self.fail(f"{kind} was shown {submission.key} as refused, and it is recorded")
            self._read_as_refused.add((kind, submission.key))

    def sent_away(self, name: str, goodbye: messages.Goodbye, seat_id: str, *, had_token: bool) -> None:
        """Check that a station was dismissed for good; `seat_id` if it was ever admitted."""
        if goodbye.code in ("revoked", "refused") and seat_id in self.half_revoked:
            return
        if goodbye.code == "refused" and (not had_token or (not seat_id and self.half_revoked)):
            return
        self.fail(f"{name} was sent away: {goodbye.code}: {goodbye.reason}")

    def answered_now(self, kind: str, key: str) -> bool:
        """Return whether the running host knows its answer, and so has to repeat it."""
        return (kind, key) in self._answers

    # What may be asked ------------------------------------------------------------------------------

    def concerned(self, submitter: str, key: str, console: bool) -> dict[str, int]:
        """Return the other viewers of a command's events, and their numbers of the last one."""
        first, last = self.recorded[submitter, key]
        viewers = [*self.scenario.teams, *([c.FACILITATOR] if console else [])]
        numbers = {kind: self._own(kind, first, last)[1] for kind in viewers if kind != submitter}
        return {kind: number for kind, number in numbers.items() if number}

    def _own(self, kind: str, first: int, last: int) -> tuple[int, int]:
        """Return the viewer's own numbers of these events; 0, 0 if it sees none."""
        seqs = self.pictures[kind].seqs
        low, high = bisect_left(seqs, first), bisect_right(seqs, last)
        return (low + 1, high) if high > low else (0, 0)


_HEARD: Final[Mapping[str, Callable[[Witness, ControlLease, SeatInfo, Mapping[str, Any]], None]]] = {
    "receipt": Witness._receipt,
    "refused": Witness._refusal,
    "progress": Witness._progress,
    "chair": Witness._chair,
    "welcome": Witness._welcome,
}
