"""One running exercise: the single writer of its log, the game clock, and its subscribers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.apply import apply, create
from tabletop.exercise.decide import advance, decide
from tabletop.exercise.describe.course import clock_jump_words
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Exercise, Stage
from tabletop.host.clock_jumps import PlayClock
from tabletop.host.first_record import first_record
from tabletop.host.log_writer import DiskWatch, LogWriter
from tabletop.host.pause_priority import PausePriority
from tabletop.host.probe_timer import ProbeTimer
from tabletop.host.scorekeeper import Scorekeeper
from tabletop.protocol.submission import FAULT, IN_DOUBT, Answer, Receipt, unrecorded
from tabletop.rules.scoring import Scorer
from tabletop.scenario.scenario import Scenario
from tabletop.store.log import EventLog, LogFailed
from tabletop.store.second_copy import SecondCopy
from tabletop.system.clock import TimeSource, fresh_key
from tabletop.system.disk_queue import DiskQueue

MARK_EVERY = 10.0
"""Real seconds between marks of the running clock in the log."""

STEP_BUDGET = 1_000
"""Maximum number of injects that may trigger one another at one moment."""

STARTED_AGAIN = "the program was started again"
"""Reason of the pause after a restart."""

_FAULT_MESSAGE = "the program failed to process this and recorded nothing; the host keeps the details"


Listener = Callable[[Record], None]


class Session:
    """Decide commands, record events and notify subscribers. Single-threaded; the disk works in `disk_queue`.

    When the log fails, `trouble` says why in plain words, the clock stops and every command is refused until
    `recover` succeeds; earlier records are kept. Whether the command that hit the failure is in the log is
    known only then: its refusal says so. While the disk does not answer, `trouble` says that, the clock stops
    too, and commands wait. After a clock jump, game time stays where it was at the last tick, the jump is
    recorded and play is paused: people decide how to continue.
    """

    def __init__(
        self,
        log: EventLog,
        records: Sequence[Record],
        time: TimeSource,
        *,
        mark_every: float | None = MARK_EVERY,
    ) -> None:
        self._disk = DiskWatch(time, answers=self._run_clock)
        self.disk_queue = DiskQueue(self._disk)
        self._log_writer = LogWriter(log)
        self.copy: SecondCopy | None = None
        """The second copy of the log, if there is one."""
        self._time = time
        self._mark_every = mark_every
        self._listeners: list[Listener] = []
        self._in_doubt: set[tuple[str, str]] = set()
        self.pause_priority = PausePriority()
        self._marked = time.monotonic()
        self._probe_timer = ProbeTimer(time.monotonic)
        self._clock_jumps: list[e.ClockJumped] = []
        self._tick_waits = False
        self._deferred_faults: list[Exception] = []
        self.on_fault: Callable[[Exception], None] | None = None
        """Called with unexpected errors; without it they are raised. The session continues."""
        self.records: list[Record] = [records[0]]
        self.state: Exercise = create(records[0])
        self._scores = Scorekeeper(self.state.script.scenario, self._defer_fault)
        self._scores.add(records[0], self.state)
        for record in records[1:]:
            self._commit(record, apply(self.state, record))
        self._clock = PlayClock(time, float(self.state.at))

    @classmethod
    def begin(
        cls,
        log: EventLog,
        scenario: Scenario,
        *,
        name: str,
        seed: int,
        time: TimeSource,
        mark_every: float | None = MARK_EVERY,
    ) -> Session:
        """Begin an exercise in an empty log. Raises `InputError` as `first_record` does, and `LogFailed`.

        `mark_every` is the real time in seconds between marks of the running clock in the log; None where
        time is virtual and no crash can lose it.
        """
        first = first_record(scenario, name=name, seed=seed, wall=time.wall())
        return cls.start(log, first, time, mark_every=mark_every)

    @classmethod
    def start(
        cls, log: EventLog, first: Record, time: TimeSource, *, mark_every: float | None = MARK_EVERY
    ) -> Session:
        """Write the first record to an empty log. Raises `LogFailed`."""
        log.append([first])
        return cls(log, [first], time, mark_every=mark_every)

    @classmethod
    def resume(cls, log: EventLog, time: TimeSource, lost: e.LossAccepted | None = None) -> Session:
        """Resume an exercise from its log. Play that was running is paused. Raises `LogFailed`.

        `lost` says what the log had lost; it is recorded first.
        """
        session = cls(log, list(log.read()), time)
        first: list[e.Event] = []
        if lost is not None and session.state.stage is not Stage.CLOSED:
            first.append(lost)
        if session.state.stage is Stage.RUNNING:
            first.append(e.PlayPaused(reason=STARTED_AGAIN))
        if first:
            deferred: list[Exception] = []  # until the caller has set `on_fault`
            session.on_fault = deferred.append
            session.disk_queue.run_now(session._record(first, c.CLOCK, "", ""))
            session.on_fault = None
            session._deferred_faults += deferred
        return session

    @property
    def trouble(self) -> str | None:
        """Why nothing can be recorded at the moment, in plain words; None if all is well."""
        return self._log_writer.trouble or self._disk.trouble

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences for exercise control about problems that do not stop recording."""
        said = self.copy.says if self.copy is not None else None
        return (said,) if said is not None else ()

    @property
    def probes_left(self) -> float | None:
        """Real seconds that teams have left for the probes that are open; None if there is no limit."""
        return self._probe_timer.left(self.state)

    @property
    def scorer(self) -> Scorer:
        """The current scores."""
        return self._scores.scorer

    @property
    def exact_now(self) -> float:
        """Game seconds, with fractions."""
        return max(float(self.state.at), self._clock.now())

    @property
    def now(self) -> int:
        """Whole game seconds, with which events are stamped."""
        return int(self.exact_now)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every record from now on. Returns a function that unsubscribes."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def submit(
        self, seat: str, command: c.Command | c.Credit, key: str | None = None, *, name: str = ""
    ) -> Answer:
        """Run `submit_task` now, blocking on the disk."""
        return self.disk_queue.run_now(self.submit_task(seat, command, key, name=name))

    async def submit_task(
        self, seat: str, command: c.Command | c.Credit, key: str | None = None, *, name: str = ""
    ) -> Answer:
        """Grant and record a command, or refuse it. A repeated key gets its first answer again.

        `name` is that of the person at the seat, for events that people sign.
        """
        key = key or fresh_key()
        fingerprint = digest(command)
        known = self.state.keys.get((seat, key))
        if known is not None:
            if known[2] != fingerprint:
                return Refusal("that key was used for another command", "key-clash")
            return Receipt(known[0], known[1])
        if (seat, key) in self._in_doubt:
            return _doubt(seat, self._log_writer.trouble)
        if self._log_writer.trouble is not None:
            return Refusal(unrecorded(seat, self._log_writer.trouble), "log-failed")
        if self._clock.watching:
            self._poll_clocks()
        await self._record_clock_jumps()
        try:
            granted = decide(self.state, seat, command, self.now, name=name)
        except Exception as error:
            return self._fault_refusal(error)
        if isinstance(granted, Refusal):
            return granted
        answer = await self._record(list(granted), seat, key, fingerprint)
        if isinstance(command, c.Gate) and isinstance(answer, Receipt):
            for credit in self._scores.credits_at_gate():
                await self.submit_task(c.CLOCK, credit, f"gate-{answer.last}-{credit.team}")
        return answer

    def knows(self, seat: str, key: str) -> bool:
        """Return whether that key of that seat was recorded, or may have been."""
        return (seat, key) in self.state.keys or (seat, key) in self._in_doubt

    def tick(self) -> None:
        """Release what is due. Call it a few times a second."""
        self._poll_clocks()
        if self._disk.poll():
            self._stand()  # until it answers: no team may lose time to it
        if self.trouble is None:
            self._probe_timer.run(self.state)
        if not self._tick_waits:
            self._tick_waits = True
            self.disk_queue.put(self._tick_task(), failed=self._report_fault)

    async def _tick_task(self) -> None:
        self._tick_waits = False
        await self._record_clock_jumps()
        self._report_deferred_faults()
        if not self._log_writer.check():
            self._stand()
            return
        if self.probes_left == 0:
            closed = decide(self.state, c.CLOCK, c.CloseProbes(), self.now)
            if not isinstance(closed, Refusal):
                await self._record(closed, c.CLOCK, "", "")
        if not self.state.running:
            return
        for _ in range(STEP_BUDGET):
            try:
                due = advance(self.state, self.now)
            except Exception as error:
                answer: Answer = self._fault_refusal(error)
            else:
                if not due:
                    break
                answer = await self._record(due, c.CLOCK, "", "")
            if isinstance(answer, Refusal):
                if answer.code == FAULT:  # it would fail again at every tick
                    why = "the program failed at what was due: release it by hand, or skip it"
                    await self._record([e.PlayPaused(reason=why)], c.CLOCK, "", "")
                return
        if self._mark_due():
            await self._record([e.TimeMarked()], c.CLOCK, "", "")

    def recover(self) -> bool:
        """Run `recover_task` now, blocking on the disk."""
        return self.disk_queue.run_now(self.recover_task())

    async def recover_task(self) -> bool:
        """Reopen a failed log; play stays paused. Return whether it works."""
        if self._log_writer.trouble is None:
            return True
        try:
            left = await self._log_writer.open_again(self.state.seq, tuple(self.records))
        except LogFailed:
            return False
        applied = self._applied(left)
        self._log_writer.trouble = None
        self._in_doubt.clear()
        # The events of the failed append may be in the log after all: then they have happened.
        self._publish(applied)
        if self.state.running:
            await self._record([e.PlayPaused(reason="the log had failed")], c.CLOCK, "", "")
        return self._log_writer.trouble is None

    def close(self) -> None:
        """Run all queued tasks, mark the time if the clock runs, and close the log.

        A failed log is tried once more: one that was deleted would be lost with the process. If waiting for
        the disk is interrupted, the log is left as after a crash, because the disk is still writing.
        """
        try:
            self.disk_queue.finish()
            if self._log_writer.trouble is not None:
                self.recover()
            if self.state.running and self._log_writer.trouble is None:
                self.disk_queue.run_now(self._record([e.TimeMarked()], c.CLOCK, "", ""))
        finally:
            if not self.disk_queue.busy:
                self._log_writer.close()

    async def _record(self, events: Sequence[e.Event], seat: str, key: str, digest: str) -> Answer:
        """Append events durably, then apply them and notify. On failure nothing has happened."""
        at, wall, first = self.now, self._time.wall(), self.state.seq + 1
        records = []
        for offset, event in enumerate(events):
            records.append(
                Record(seq=first + offset, at=at, wall=wall, seat=seat, key=key, digest=digest, event=event)
            )
            at = event.to if isinstance(event, e.TimeJumped) else at
        try:
            applied = self._applied(records)
        except Exception as error:
            return self._fault_refusal(error)
        try:
            await self._log_writer.write(records)
        except LogFailed as failed:
            self._stand()
            if key:
                self._in_doubt.add((seat, key))
            return _doubt(seat, failed.message)
        self._publish(applied)
        return Receipt(first, records[-1].seq)

    def _applied(self, records: Sequence[Record]) -> list[tuple[Record, Exercise]]:
        """Return each record with the state after it. Raises before an inapplicable record is logged."""
        state, applied = self.state, []
        for record in records:
            state = apply(state, record)
            applied.append((record, state))
        return applied

    def _publish(self, applied: Sequence[tuple[Record, Exercise]]) -> None:
        """Commit records that are in the log, then notify subscribers."""
        for record, state in applied:
            self._commit(record, state)
        self._set_clock()
        for record, _ in applied:
            for listener in tuple(self._listeners):
                try:
                    listener(record)
                except Exception as error:
                    self._deferred_faults.append(error)
        self._report_deferred_faults()

    def _commit(self, record: Record, state: Exercise) -> None:
        self.records.append(record)
        self.state = state
        self._scores.add(record, state)

    def _fault_refusal(self, error: Exception) -> Refusal:
        self._report_fault(error)
        return Refusal(_FAULT_MESSAGE, FAULT)

    def _report_fault(self, error: Exception) -> None:
        if self.on_fault is None:
            raise error
        self.on_fault(error)

    def _defer_fault(self, error: Exception) -> None:
        self._deferred_faults.append(error)

    def _report_deferred_faults(self) -> None:
        """Report collected faults once the state is consistent: handlers may raise, or use the session."""
        deferred, self._deferred_faults = self._deferred_faults, []
        for error in deferred:
            self._report_fault(error)

    def _set_clock(self) -> None:
        self._marked = self._time.monotonic()
        self._run_clock()

    def _run_clock(self) -> None:
        runs = self.state.running and self._log_writer.trouble is None
        self._clock.run(self.state.rate if runs else 0.0, at=float(self.state.at))
        if self.trouble is None:
            self._probe_timer.run(self.state)

    def _stand(self) -> None:
        """Stop the clock, and the timer of the probes: nothing can be recorded."""
        self._clock.stand()
        self._probe_timer.stand()

    def _poll_clocks(self) -> None:
        jump = self._clock.poll()
        if jump is not None:
            self._clock_jumps.append(jump)
            self._disk.excuse()

    async def _record_clock_jumps(self) -> None:
        """Record clock jumps, and pause play."""
        jumps, self._clock_jumps = self._clock_jumps, []
        if not jumps or self._log_writer.trouble is not None or self.state.stage is Stage.CLOSED:
            return  # nothing can or may be recorded
        recorded: list[e.Event] = [*jumps]
        if self.state.running:
            words = clock_jump_words(jumps[-1].missed, jumps[-1].stepped, self._time.wall())
            recorded.append(e.PlayPaused(reason=f"{words}; game time was not moved"))
        await self._record(recorded, c.CLOCK, "", "")

    def _mark_due(self) -> bool:
        every = self._mark_every
        return every is not None and self._time.monotonic() - self._marked >= every


def _doubt(seat: str, why: str | None) -> Refusal:
    return Refusal(
        f"{unrecorded(seat, why)}. Whether this one was recorded is known once the log works again", IN_DOUBT
    )


def digest(command: c.Command | c.Credit) -> str:
    """Return a command's fingerprint, which tells a retry from another command under the same key."""
    text = json.dumps(command.model_dump(by_alias=True), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]
