"""The link to a host in the same process that is also on the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tabletop.errors import InputError
from tabletop.exercise.commands import FACILITATOR, Command
from tabletop.exercise.refusal import Refusal
from tabletop.host.app import HostApp
from tabletop.host.consoles import LOCAL_CONSOLE
from tabletop.host.local_link import LocalLink
from tabletop.protocol import messages
from tabletop.protocol.link import Sight, Watcher
from tabletop.protocol.submission import Answer, Receipt, Submission

READ_ONLY = Refusal("another console runs this exercise now; take over first to act here", "stale-epoch")


class HostedLink(LocalLink):
    """A seat at the host's own terminal. The facilitator's console there needs the control lease too."""

    def __init__(self, app: HostApp, seat: str) -> None:
        super().__init__(app.session, seat)
        self._app = app
        self._id = LOCAL_CONSOLE if seat == FACILITATOR else f"{LOCAL_CONSOLE}/{seat}"
        app.hub.delivery.local_listeners[self._id] = self._progressed
        if seat == FACILITATOR:
            app.session.disk_queue.run_now(app.hub.consoles.claim(LOCAL_CONSOLE))

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` like `LocalLink.watch`, and count this seat among those that have the events."""
        delivery, latest, caught_up = self._app.hub.delivery, 0, False

        def show(sight: Sight) -> None:
            nonlocal latest
            watcher(sight)
            latest = sight.number
            if caught_up:
                delivery.reached(self.seat, latest, latest)

        end = super().watch(show)
        caught_up = True
        delivery.reached(self.seat, latest, latest)
        return end

    def recorded(self, submission: Submission, receipt: Receipt) -> None:
        """Track the delivery of a recorded command."""
        delivery = self._app.hub.delivery
        progress = delivery.follow(self._id, self.seat, submission.key, receipt.first, receipt.last)
        if progress is not None:
            self._progressed(progress)

    def _progressed(self, progress: messages.Progress) -> None:
        for submission in self._submissions:
            if submission.key == progress.key:
                submission.of, submission.delivered = progress.of, progress.delivered

    async def submit_task(self, command: Command, key: str, pauses: int) -> Answer:
        """Record a command as this seat; the facilitator's only with the control lease."""
        if self.seat == FACILITATOR and not self._may_control:
            return READ_ONLY
        return await super().submit_task(command, key, pauses)

    @property
    def _may_control(self) -> bool:
        return self.seat == FACILITATOR and self.chair.yours

    @property
    def plain(self) -> bool:
        """Whether other stations' connections are unencrypted on a network."""
        return self._app.endpoint.plain

    # For the console ----------------------------------------------------------------------------

    @property
    def chair(self) -> messages.Chair:
        """Whether this console may act."""
        return self._app.hub.consoles.chair_frame(LOCAL_CONSOLE)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Missing stations and other problems."""
        return self._app.hub.warnings

    @property
    def enrolment(self) -> messages.Reception | None:
        """Address, codes and seats; None without the control lease."""
        return self._app.enrolment.snapshot() if self.chair.yours else None

    @property
    def reach(self) -> Mapping[str, int]:
        """The log number of the last event that each team with a station has."""
        return self._app.hub.delivery.reach()

    async def arrange(self, act: messages.Act, of: str) -> Refusal | None:
        """Carry out a request about codes, seats or addresses."""
        return await self._session.disk_queue.run(self._arrange_task(act, of))

    async def _arrange_task(self, act: messages.Act, of: str) -> Refusal | None:
        if not self.chair.yours:
            return READ_ONLY
        return await self._app.enrolment.arrange(act, of)

    async def hand_pen(self, to: str | None, team: str = "") -> Refusal | None:
        """Give a team's pen to a seat, or take it back: only as facilitator, since teams here need none."""
        if self.seat != FACILITATOR:
            return await super().hand_pen(to, team)
        return await self._session.disk_queue.run(self._take_pen_task(to, team))

    async def _take_pen_task(self, to: str | None, team: str) -> Refusal | None:
        if not self.chair.yours:
            return READ_ONLY
        try:
            return await self._app.admission.take_pen(team, to)
        except InputError as error:
            return Refusal(error.message, "not-kept")

    def take_over(self) -> None:
        """Take the control lease."""
        self._session.disk_queue.put(self._app.hub.consoles.take_over(LOCAL_CONSOLE))
