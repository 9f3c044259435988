"""Check, queue and answer the requests of seats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.attached import file_for
from tabletop.exercise.commands import CLOCK, EVALUATOR, FACILITATOR
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Stage
from tabletop.exercise.view import ONLY_SEES
from tabletop.host.answer_beat import REFUSAL_COSTS, AnswerBeat
from tabletop.host.connection import Connection
from tabletop.host.connections import Connections
from tabletop.host.consoles import Consoles
from tabletop.host.delivery import DeliveryReports
from tabletop.host.idempotency import DEFERRED, IdempotencyCache
from tabletop.host.notices import Notices
from tabletop.host.pause_priority import rank
from tabletop.host.pens import Pens, in_own_name
from tabletop.host.projection import Projection
from tabletop.host.session import STARTED_AGAIN, Session
from tabletop.protocol import messages
from tabletop.protocol.pieces import piece_of
from tabletop.protocol.roster import SeatInfo
from tabletop.protocol.submission import Receipt
from tabletop.system.disk_queue import Rank

MAX_PENDING: Final = 64
"""Requests of one station that may be queued.

A station holds back more than sixteen commands itself; while the disk is blocked, one that does not could
fill the host's memory.
"""


class Requests:
    """Answer requests. `docs/protocol.md` has the table of who may request what."""

    def __init__(  # noqa: PLR0913, PLR0917 - the hub's parts
        self,
        session: Session,
        projection: Projection,
        connections: Connections,
        consoles: Consoles,
        pens: Pens,
        delivery: DeliveryReports,
        notices: Notices,
        beat: AnswerBeat,
    ) -> None:
        self._session = session
        self._projection = projection
        self._connections = connections
        self._consoles = consoles
        self._pens = pens
        self._delivery = delivery
        self._notices = notices
        self._beat = beat
        self._answers = IdempotencyCache(session)

    def serve(self, connection: Connection, frame: messages.Request) -> None:
        """Queue a request. Commands that stop play go first."""
        if frame in connection.pending:
            return  # repeated while queued: one answer is enough
        if len(connection.pending) >= MAX_PENDING:
            connection.end("rate", "this station sends too many requests; reconnecting")
            return
        connection.pending.append(frame)
        pauses, priority = 0, Rank.ORDINARY
        if isinstance(frame, messages.Submit) and self._may_control(connection, frame.epoch):
            pauses, priority = (
                self._session.pause_priority.given(frame.command, frame.key),
                rank(frame.command),
            )
        self._session.disk_queue.put(
            self._serve_task(connection, frame, pauses, self._beat.now()),
            failed=connection.fail,
            rank=priority,
        )

    def _may_control(self, connection: Connection, epoch: int) -> bool:
        """Return whether this is a facilitator's console with the control lease."""
        seat = connection.seat
        return (
            seat is not None
            and seat.acts_as == FACILITATOR
            and self._consoles.refusal(seat.id, epoch) is None
        )

    async def _serve_task(
        self, connection: Connection, frame: messages.Request, pauses: int, received: float
    ) -> None:
        """Serve a request, unless the station has gone: its seat may be revoked, or it asks again."""
        connection.pending.remove(frame)
        seat = connection.seat
        if seat is None or not self._connections.is_open(connection):
            return
        match frame:
            case messages.Submit():
                await self._submit(connection, seat, frame, pauses, received)
            case messages.TakeOver() if seat.acts_as == FACILITATOR:
                await self._consoles.take_over(seat.id)
            case messages.Arrange() if seat.acts_as == FACILITATOR:
                problem = await self._consoles.arrange(seat.id, frame)
                connection.send(messages.Arranged(key=frame.key, problem=problem), f"arranged/{frame.key}")
                self._consoles.send_enrolment()
            case messages.Recover():
                may = seat.acts_as == FACILITATOR and self._consoles.refusal(seat.id, frame.epoch) is None
                worked = may and (await self._session.recover_task())
                connection.send(messages.Recovered(key=frame.key, worked=worked), f"recovered/{frame.key}")
            case messages.HandPen() if seat.acts_as in self._pens.teams or seat.acts_as == FACILITATOR:
                await self._hand_pen(connection, seat, frame, received)
            case messages.Fetch():
                file = file_for(self._session.state, seat.acts_as, frame.file)
                connection.send(piece_of(file, frame), f"piece/{frame.key}")
            case _:
                connection.end("protocol", "only a facilitator's console may request that")

    async def _hand_pen(
        self, connection: Connection, seat: SeatInfo, frame: messages.HandPen, received: float
    ) -> None:
        chair = self._consoles.refusal(seat.id, frame.epoch) if seat.acts_as == FACILITATOR else None
        handed = await self._pens.hand(seat, frame, chair=chair)
        self._beat.send(connection, [(handed, f"handed/{frame.key}")], received)
        self._pens.broadcast(self._connections.seated())

    async def _submit(
        self, connection: Connection, seat: SeatInfo, frame: messages.Submit, pauses: int, received: float
    ) -> None:
        acts_as, command = seat.acts_as, in_own_name(seat, frame.command)
        if not self._answers.known(acts_as, frame.key):
            unfit = self._unfit(seat, frame) or self._session.pause_priority.overtaken(command, pauses)
            if unfit is not None:
                self._answers.refuse(acts_as, frame.key, command, unfit)
        defers = "deferred" in connection.understands
        if defers and self._overtakes(acts_as, frame):
            self._beat.send(connection, [(messages.Deferred(key=frame.key), f"answer/{frame.key}")], received)
            return
        answer = await self._answers.answer(
            acts_as,
            frame.key,
            command,
            seat.name or (seat.id if seat.acts_as == EVALUATOR else ""),
            deferred=lambda refusal: defers and is_deferred(self._session, acts_as, frame, refusal),
        )
        if answer is None:
            return  # unknown for now; the station asks again
        if answer is DEFERRED:
            self._beat.send(connection, [(messages.Deferred(key=frame.key), f"answer/{frame.key}")], received)
        elif isinstance(answer, Refusal):
            self._refuse(connection, acts_as, frame.key, answer, received)
        else:
            self._confirm(connection, seat, frame.key, answer, received)

    def _overtakes(self, acts_as: str, frame: messages.Submit) -> bool:
        """Return whether play has resumed, and an earlier command of the station still waits for that."""
        if frame.after is None or not self._session.state.running or self._answers.known(acts_as, frame.key):
            return False
        return not self._answers.known(acts_as, frame.after)

    def _refuse(
        self, connection: Connection, acts_as: str, key: str, refusal: Refusal, received: float
    ) -> None:
        if refusal.code == "key-clash":
            self._notices.alarm(
                f"{self._pens.teams.get(acts_as, acts_as)} sent two different commands under one key; "
                "the second was refused. If it happens again, revoke the seat and give a new code."
            )
        connection.charge(REFUSAL_COSTS)
        refused = messages.Refused(key=key, message=refusal.message, code=refusal.code)
        self._beat.send(connection, [(refused, f"answer/{key}")], received)

    def _confirm(
        self, connection: Connection, seat: SeatInfo, key: str, receipt: Receipt, received: float
    ) -> None:
        """Send a receipt with the log's numbers translated to the seat's own."""
        first, last = self._projection.own_numbers(seat.acts_as, receipt.first, receipt.last)
        frames: list[tuple[messages.Frame, str]] = [
            (messages.Receipt(key=key, first=first, last=last), f"answer/{key}")
        ]
        progress = self._delivery.follow(seat.id, seat.acts_as, key, receipt.first, receipt.last)
        if progress is not None:
            frames.append((progress, f"progress/{key}"))
        self._beat.send(connection, frames, received)

    def _unfit(self, seat: SeatInfo, frame: messages.Submit) -> Refusal | None:
        """Return why this seat may not request that at all, whatever the exercise's state."""
        if seat.acts_as in ONLY_SEES:
            return Refusal(
                f"the {seat.acts_as}'s seat only watches; nothing can be done from it", "wrong-seat"
            )
        if seat.acts_as == FACILITATOR:
            return self._consoles.refusal(seat.id, frame.epoch)
        return self._pens.refusal(seat, frame.command)


PLAY_STANDS: Final = frozenset({Stage.PAUSED, Stage.GATE, Stage.EMERGENCY})
"""Stages in which play is interrupted and will resume."""


def is_deferred(session: Session, seat: str, frame: messages.Submit, refusal: Refusal) -> bool:
    """Return whether a refused command is deferred, because its team could not know of the pause.

    Either the host was unreachable when it was given, or the host has just restarted: play is paused then
    although nobody gave PAUSEX.
    """
    state = session.state
    if refusal.code != "wrong-stage" or state.stage not in PLAY_STANDS:
        return False
    return seat in state.script.scenario.teams and (frame.defer or _paused_by_restart(session.records))


def _paused_by_restart(records: Sequence[Record]) -> bool:
    paused = next((record for record in reversed(records) if isinstance(record.event, e.PlayPaused)), None)
    return (
        paused is not None
        and isinstance(paused.event, e.PlayPaused)
        and (paused.seat, paused.event.reason) == (CLOCK, STARTED_AGAIN)
    )
