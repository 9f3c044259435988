"""The link to a host in the same process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from tabletop.exercise.attached import file_for
from tabletop.exercise.commands import FACILITATOR, Command
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import SEES_ALL, view
from tabletop.host.pause_priority import rank
from tabletop.host.projection import Projection
from tabletop.host.session import Session
from tabletop.protocol.link import Briefing, Sight, Watcher
from tabletop.protocol.submission import Answer, Receipt, Submission
from tabletop.protocol.team import LONE, OwnTeam
from tabletop.system.clock import fresh_key
from tabletop.system.disk_queue import Rank

REMEMBERED: Final = 50
"""Commands whose status is kept."""


class LocalLink:
    """A seat at the host's own terminal. Sees only what `view` gives its seat."""

    def __init__(self, session: Session, seat: str) -> None:
        self._session = session
        self._seat = seat
        self._projection = Projection(session.records)
        self._submissions: deque[Submission] = deque(maxlen=REMEMBERED)

    @property
    def seat(self) -> str:
        """The team or control role that acts and sees through this link."""
        return self._seat

    def briefing(self) -> Briefing:
        """Return what this seat may know before play."""
        return Briefing.of(self._session.state, self.seat)

    def now(self) -> float:
        """Return game seconds, with fractions."""
        return self._session.exact_now

    def probes_left(self) -> float | None:
        """Return the real seconds left for the probes that are open."""
        return self._session.probes_left

    def trouble(self) -> str | None:
        """Return why nothing can be recorded at the moment."""
        return self._session.trouble

    @property
    def live(self) -> bool:
        """True: the host is this process."""
        return True

    @property
    def finished(self) -> bool:
        """False: this link ends with the process."""
        return False

    @property
    def other_exercise(self) -> bool:
        """False: there is only one exercise here."""
        return False

    @property
    def plain(self) -> bool:
        """False: nothing leaves this process."""
        return False

    @property
    def submissions(self) -> Sequence[Submission]:
        """The latest commands entered here, oldest first."""
        return tuple(self._submissions)

    def team(self) -> OwnTeam:
        """Return the whole team as one seat: it shares this terminal, and with it the pen."""
        return LONE

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` with everything so far, then with everything as it happens."""
        seen = 0

        def show(record: Record) -> None:
            """Pass on one record, if the seat may see it, under the seat's own number."""
            nonlocal seen
            event = view(record.event, self._seat, self._session.state.script.scenario.teams)
            if event is None:
                return
            seen += 1
            if self._seat in SEES_ALL:
                watcher(Sight(seen, record.at, event, record.seat, record.seq, record.wall))
            else:
                watcher(Sight(seen, record.at, event))

        for record in tuple(self._session.records):
            show(record)
        return self._session.subscribe(show)

    async def submit(self, command: Command, key: str | None = None) -> Answer:
        """Record a command as this seat. The receipt has the seat's own numbers, not the log's."""
        key, pauses, priority = key or fresh_key(), 0, Rank.ORDINARY
        if self._may_control:
            pauses, priority = self._session.pause_priority.given(command, key), rank(command)
        work = self.submit_task(command, key, pauses)
        return await self._session.disk_queue.run(work, rank=priority)

    @property
    def _may_control(self) -> bool:
        """Whether this is the facilitator's seat, with the right to act."""
        return self._seat == FACILITATOR

    async def submit_task(self, command: Command, key: str, pauses: int) -> Answer:
        """Record a command as this seat, as a disk task; `pauses` is what `PausePriority.given` returned."""
        answer: Answer | None = (
            self._session.pause_priority.overtaken(command, pauses) if self._may_control else None
        )
        if answer is None:
            answer = await self._session.submit_task(self._seat, command, key)
        submission = Submission(key, command)
        self._submissions.append(submission)
        if isinstance(answer, Refusal):
            submission.refusal = answer
            return answer
        first, last = self._projection.own_numbers(self._seat, answer.first, answer.last)
        submission.recorded, submission.first, submission.last = True, first, last
        self.recorded(submission, answer)
        return Receipt(first, last)

    def recorded(self, submission: Submission, receipt: Receipt) -> None:
        """Do nothing: subclasses get a recorded submission, and its numbers in the log."""

    async def fetch(self, file: str) -> bytes | None:
        """Return an attached file by its name; None if this seat has no such file."""
        found = file_for(self._session.state, self._seat, file)
        return found.content() if found is not None else None

    async def recover(self) -> bool:
        """Reopen a failed log, if this is the facilitator's seat; return whether it works."""
        return await self._session.disk_queue.run(self._recover_task())

    async def _recover_task(self) -> bool:
        return self._may_control and (await self._session.recover_task())

    async def hand_pen(self, to: str | None, team: str = "") -> Refusal | None:
        """Refuse: one terminal has one pen."""
        return Refusal("everybody at this terminal shares one pen", "pen")
