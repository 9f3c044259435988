"""Everyone who is connected to a session: lets them in, answers them, tells them what happens."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final, Protocol

from tabletop.errors import InputError
from tabletop.exercise.commands import FACILITATOR
from tabletop.exercise.events import Record, TimeJumped
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Exercise
from tabletop.exercise.view import ONLY_SEES
from tabletop.host import framing, wire
from tabletop.host.admission import Admitted, Refused
from tabletop.host.answers import Answers
from tabletop.host.chair import Chair
from tabletop.host.clock import TimeSource
from tabletop.host.connection import Connection
from tabletop.host.deliveries import Deliveries
from tabletop.host.gallery import Gallery
from tabletop.host.notices import Notices
from tabletop.host.pens import PenDoor, Pens, in_own_name
from tabletop.host.presence import Presence
from tabletop.host.seating import SeatInfo
from tabletop.host.session import Session

REPLACED: Final = "this seat was opened at another terminal"

STOOD_STILL: Final = 1.0
"""Seconds between two ticks from which the host itself heard nobody, whoever spoke."""


class Door(PenDoor, Protocol):
    """Who may come in: `tabletop.host.admission` keeps it."""

    def admit(
        self, code: str, address: str, name: str, role: str, token: str | None = None
    ) -> Admitted | Refusal:
        """A seat for a code that is good once, known from then on by the token, if the station chose one."""

    def authenticate(self, token: str) -> SeatInfo | None:
        """The seat of a token."""


class Desk(Protocol):
    """Where the console with the chair sees to those who join: `tabletop.host.reception` is it."""

    def picture(self) -> wire.Reception:
        """Everything as it stands; the same object for as long as nothing changes."""

    def arrange(self, act: wire.Act, of: str) -> Refusal | None:
        """Do what the facilitator asks."""


class Hub:
    """The host's side of every connection. Calls come from the session's thread."""

    def __init__(self, session: Session, door: Door, time: TimeSource, *, rejoin: str, chair: Chair) -> None:
        self._session = session
        self._door = door
        self._time = time
        self._chair = chair
        self._answers = Answers(session)
        self._deliveries = Deliveries()
        self._clock_told = (0.0, session.trouble)
        self._notices = Notices()
        self._ticked = time.monotonic()
        self.gallery = Gallery(session.records)
        self.connections: dict[Connection, int] = {}
        """With their numbers, in the order of their coming."""
        self._came = 0
        self._at_seat: dict[str, Connection] = {}
        teams = session.state.script.scenario.teams
        self.presence = Presence({team: teams[team].name for team in teams}, rejoin)
        self._pens = Pens(self.presence.names, door, self.presence)
        self.exercise = identity(session.records[0])
        self._briefing = _briefing(session.state)
        self.on_notice: Callable[[tuple[str, ...]], None] = _nobody
        self.here: dict[str, Callable[[wire.Progress], None]] = {}
        """Seats in the host's own program, and who there hears how far their commands have come."""
        self.reception: Desk | None = None
        self._reception_told: tuple[Connection, wire.Reception] | None = None
        self._reach_told: dict[str, int] = {}
        self._stop = session.subscribe(self._recorded)

    # Connections --------------------------------------------------------------------------------

    def open(self, address: str) -> Connection:
        """A station has connected and has not said yet who it is."""
        connection = Connection(self, address, self._time.monotonic())
        self._came += 1
        self.connections[connection] = self._came
        return connection

    def closed(self, connection: Connection) -> None:
        """The connection is no more."""
        self.connections.pop(connection, None)
        seat, ended = connection.seat, connection.ended
        if seat is None or self._at_seat.get(seat.id) is not connection:
            return
        del self._at_seat[seat.id]
        if ended is None or ended.code not in ("revoked", "replaced"):
            silent = ended is not None and ended.code in ("silent", "slow")
            self.presence.went(seat.id, seat.acts_as, seat.name, self._time.wall(), silent=silent)

    def revoked(self, seat_id: str) -> None:
        """The facilitator took a seat back: its station is sent away."""
        connection = self._at_seat.get(seat_id)
        if connection is not None:
            connection.end("revoked", "the facilitator has taken this seat back; ask for a new code")
        self.presence.forget(seat_id)

    def tick(self) -> None:
        """Let time pass: find the silent, tell of trouble. Call it a few times a second."""
        now = self._time.monotonic()
        stood, self._ticked = now - self._ticked, now
        for connection in tuple(self.connections):
            if stood >= STOOD_STILL:
                connection.excuse(stood)
            connection.tick(now)
        if self._session.trouble != self._clock_told[1]:
            self._tell_clock()
        self._pens.tell(self._seated())
        if self._notices.tell(self._session.trouble, self.presence.says(), self._seated()):
            self.on_notice(self._notices.said)
        self._tell_reception()
        self._tell_reach()

    def shut(self, reason: str) -> None:
        """Say goodbye to everyone."""
        self._stop()
        for connection in tuple(self.connections):
            connection.end("closing", reason)

    @property
    def says(self) -> tuple[str, ...]:
        """What exercise control is told of stations that are missing, and of alarms."""
        return self._notices.says

    def alarm(self, sentence: str) -> None:
        """Tell exercise control of something that only an attack or a fault can explain."""
        self._notices.alarm(f"{self._time.wall()[11:16]} UTC: {sentence}")

    # The chair ----------------------------------------------------------------------------------

    def sit(self, seat_id: str) -> None:
        """A console has come: it gets the chair if nobody has it."""
        self._change_chair(self._chair.sit, seat_id)

    def take_over(self, seat_id: str) -> None:
        """A console takes the chair from whoever has it; all consoles hear of it."""
        self._change_chair(self._chair.take, seat_id)
        for connection in self._seated():
            if connection.seat is not None and connection.viewer == FACILITATOR:
                connection.retract(wire.Reception.__name__)
                connection.send(self.chair_of(connection.seat.id))
        self._tell_reception()

    def _change_chair(self, change: Callable[[str], None], seat_id: str) -> None:
        try:
            change(seat_id)
        except InputError as error:
            self.alarm(f"no console can take over at the moment, because {error.message}")

    def chair_of(self, seat_id: str) -> wire.Chair:
        """Whether the console at that seat may act."""
        return wire.Chair(epoch=self._chair.epoch, yours=self._chair.holder == seat_id)

    # What connections ask -----------------------------------------------------------------------

    def enter(self, connection: Connection, hello: wire.Hello) -> wire.Goodbye | None:
        """Let a station in, or say why not."""
        if hello.version != wire.VERSION:
            return wire.apart(hello.version)
        token, seat = None, None
        if hello.token is not None:
            seat = self._door.authenticate(hello.token)
        if seat is None and hello.code is not None:
            answer = self._door.admit(hello.code, connection.address, hello.name, hello.role, hello.token)
            if isinstance(answer, Refused) and answer.alarm:
                self.alarm(answer.for_facilitator)
            if isinstance(answer, Refusal):
                return wire.Goodbye(code="refused", reason=answer.message)
            token, seat = answer.token if hello.token is None else None, answer.seat
        if seat is None:
            return wire.Goodbye(
                code="refused", reason="the host does not know this seat; ask the facilitator for a new code"
            )
        if hello.exercise not in ("", self.exercise) or hello.seen > self.gallery.head(seat.acts_as):
            return wire.Goodbye(
                code="other-exercise",
                reason="the host is not where this station left it: it runs another exercise or an older "
                "copy of this one. Leave and join again",
            )
        now_at_seat = self._at_seat.get(seat.id)
        # One that met a fault while it was let in is at its seat, and gone.
        latest = self.connections.get(now_at_seat, 0) if now_at_seat is not None else 0
        if latest > self.connections[connection]:
            # It was held up on its way while the same station has long connected anew.
            return wire.Goodbye(code="replaced", reason=REPLACED)
        self._seat(connection, seat, hello.seen, token)
        return None

    def _seat(self, connection: Connection, seat: SeatInfo, seen: int, token: str | None) -> None:
        before = self._at_seat.get(seat.id)
        if before is not None:
            before.end("replaced", REPLACED)
        self._at_seat[seat.id] = connection
        self.presence.came(seat.id)
        if seat.acts_as == FACILITATOR:
            self.sit(seat.id)
        connection.welcome(
            seat,
            wire.Welcome(
                version=wire.VERSION,
                seat=wire.Seat(id=seat.id, acts_as=seat.acts_as, name=seat.name, role=seat.role),
                exercise=self.exercise,
                briefing=self._briefing,
                clock=self._clock(),
                head=self.gallery.head(seat.acts_as),
                chair=self.chair_of(seat.id) if seat.acts_as == FACILITATOR else None,
                team=self._pens.roster(seat.acts_as),
                token=token,
            ),
            seen,
        )
        self._notices.greet(connection)
        if seat.acts_as == FACILITATOR:
            connection.send(wire.Reach(teams=self._reach_told))

    def serve(self, connection: Connection, frame: wire.Request) -> None:
        """Answer what a seat asks for."""
        seat = connection.seat
        if seat is None:
            return
        match frame:
            case wire.Submit():
                self._submit(connection, seat, frame)
            case wire.TakeOver() if seat.acts_as == FACILITATOR:
                self.take_over(seat.id)
            case wire.Arrange() if seat.acts_as == FACILITATOR:
                problem = self._arrange(seat, frame)
                connection.send(wire.Arranged(key=frame.key, problem=problem), f"arranged/{frame.key}")
                self._tell_reception()
            case wire.Recover():
                may = seat.acts_as == FACILITATOR and self._chair.check(seat.id, frame.epoch) is None
                worked = may and self._session.recover()
                connection.send(wire.Recovered(key=frame.key, worked=worked), f"recovered/{frame.key}")
            case wire.HandPen() if seat.acts_as in self.presence.names or seat.acts_as == FACILITATOR:
                chair = self._chair.check(seat.id, frame.epoch) if seat.acts_as == FACILITATOR else None
                connection.send(self._pens.hand(seat, frame, chair=chair), f"handed/{frame.key}")
                self._pens.tell(self._seated())
            case _:
                connection.end("protocol", "only a facilitator's console may ask for that")

    def acknowledged(self, connection: Connection) -> None:
        """A station has come further: tell those who wait for it to see what they did."""
        self._reached(connection.viewer, connection.seen, connection.shown)

    def _reached(self, viewer: str, seen: int, shown: int) -> None:
        for owner, progress in self._deliveries.reached(viewer, seen, shown):
            if owner in self._at_seat:
                self._at_seat[owner].send(progress, f"progress/{progress.key}")
            elif owner in self.here:
                self.here[owner](progress)

    # Seats in the host's own program ------------------------------------------------------------

    def follow(self, seat_id: str, viewer: str, key: str, first: int, last: int) -> wire.Progress | None:
        """Follow what such a seat has recorded, as the events `first` to `last`; `here` hears of it."""
        return self._deliveries.follow(seat_id, key, self._audience(viewer, first, last))

    def shown(self, viewer: str, number: int) -> None:
        """What such a seat sees is on its screen, up to that number of its own."""
        self._reached(viewer, number, number)

    def revision(self, team: str) -> int:
        """The revision of what the stations of a team are to know of its seats; 0 for other seats."""
        return self._pens.revision(team)

    def remind(self, connection: Connection) -> None:
        """A station missed something: tell it of its team's seats again."""
        roster = self._pens.roster(connection.viewer)
        if roster is not None:
            connection.send(roster)

    def _submit(self, connection: Connection, seat: SeatInfo, frame: wire.Submit) -> None:
        viewer, command = seat.acts_as, in_own_name(seat, frame.command)
        if not self._answers.known(viewer, frame.key):
            unfit = self._unfit(seat, frame)
            if unfit is not None:
                self._answers.refuse(viewer, frame.key, command, unfit)
        answer = self._answers.answer(viewer, frame.key, command, seat.name)
        if answer is None:
            return  # the station asks again until it can be said
        topic = f"answer/{frame.key}"
        if isinstance(answer, Refusal):
            if answer.code == "key-clash":
                self.alarm(
                    f"{self.presence.names.get(viewer, viewer)} sent two different commands under one key; "
                    "the second was refused. If it happens again, revoke the seat and give a new code."
                )
            connection.send(wire.Refused(key=frame.key, message=answer.message, code=answer.code), topic)
            return
        first, last = self.gallery.own_numbers(viewer, answer.first, answer.last)
        connection.send(wire.Receipt(key=frame.key, first=first, last=last), topic)
        progress = self.follow(seat.id, viewer, frame.key, answer.first, answer.last)
        if progress is not None:
            connection.send(progress, f"progress/{frame.key}")

    def _arrange(self, seat: SeatInfo, frame: wire.Arrange) -> str:
        """Why what a console asks for could not be done; empty if it was."""
        refusal = self._chair.check(seat.id, frame.epoch)
        if refusal is None and self.reception is not None:
            refusal = self.reception.arrange(frame.act, frame.of)
        return refusal.message if refusal is not None else ""

    def _unfit(self, seat: SeatInfo, frame: wire.Submit) -> Refusal | None:
        """Why this seat may not ask for that at all, whatever the exercise would say."""
        if seat.acts_as in ONLY_SEES:
            return Refusal(
                f"the {seat.acts_as}'s seat only watches; nothing can be done from it", "wrong-seat"
            )
        if seat.acts_as == FACILITATOR:
            return self._chair.check(seat.id, frame.epoch)
        return self._pens.refusal(seat, frame.command)

    def _audience(self, submitter: str, first: int, last: int) -> dict[str, int]:
        """Viewers who are meant to see a command's events, and their numbers of the last of these."""
        viewers = [*self.presence.names, *([FACILITATOR] if self._chair.holder else [])]
        numbers = {
            viewer: self.gallery.own_numbers(viewer, first, last)[1]
            for viewer in viewers
            if viewer != submitter
        }
        return {viewer: number for viewer, number in numbers.items() if number}

    # What everyone is told ----------------------------------------------------------------------

    def _recorded(self, record: Record) -> None:
        if self._rate() != self._clock_told[0] or isinstance(record.event, TimeJumped):
            self._tell_clock()
        sees = {
            viewer: self.gallery.sees(viewer, record.event)
            for viewer in {connection.viewer for connection in self._at_seat.values()}
        }
        for connection in self._at_seat.values():
            if sees[connection.viewer]:
                connection.wake()

    def _tell_clock(self) -> None:
        self._clock_told = (self._rate(), self._session.trouble)
        clock = framing.encode(self._clock())
        for connection in self._seated():
            connection.post(clock, "Clock")

    def reach(self) -> dict[str, int]:
        """For each team that has a station: the log's number of the last event that one of them has."""
        joined = {seat.acts_as for seat in self._door.seats()} | self._deliveries.viewers
        return {
            team: self.gallery.log_number(team, self._deliveries.seen_by(team))
            for team in self.presence.names
            if team in joined
        }

    def _tell_reach(self) -> None:
        reach = self.reach()
        if reach != self._reach_told:
            self._reach_told = reach
            text = framing.encode(wire.Reach(teams=reach))
            for connection in self._seated():
                if connection.viewer == FACILITATOR:
                    connection.post(text, wire.Reach.__name__)

    def _tell_reception(self) -> None:
        """Codes are for the console with the chair, and for no other."""
        connection = self._at_seat.get(self._chair.holder or "")
        if self.reception is None or connection is None or connection.ended is not None:
            return
        told = (connection, self.reception.picture())
        before, self._reception_told = self._reception_told, told
        if before is None or before[0] is not connection or before[1] is not told[1]:
            connection.send(told[1])

    def _seated(self) -> list[Connection]:
        return [one for one in self._at_seat.values() if one.ended is None]

    def _rate(self) -> float:
        state = self._session.state
        return state.rate if state.running and self._session.trouble is None else 0.0

    def _clock(self) -> wire.Clock:
        return wire.Clock(game=self._session.exact_now, rate=self._rate())


def _briefing(state: Exercise) -> wire.Briefing:
    scenario = state.script.scenario
    return wire.Briefing(
        name=state.name,
        title=scenario.title,
        situation=scenario.situation or "",
        ground_rules=scenario.ground_rules,
        teams=scenario.teams,
        labels=scenario.labels,
        clock=scenario.clock,
    )


def identity(first: Record) -> str:
    """What tells this run from any other, and tells nothing else."""
    return hashlib.sha256(f"tabletop {first.wall} {first.event.model_dump_json()}".encode()).hexdigest()[:32]


def _nobody(_: tuple[str, ...]) -> None:
    """Nobody listens at the host itself."""
