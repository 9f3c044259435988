"""The link to a host in the same process that others join over the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tabletop.errors import InputError
from tabletop.exercise.commands import FACILITATOR, Command
from tabletop.exercise.refusal import Refusal
from tabletop.host.app import HostApp
from tabletop.host.consoles import HERE
from tabletop.host.local_link import LocalLink
from tabletop.protocol import messages
from tabletop.protocol.link import Sight, Watcher
from tabletop.protocol.submission import Answer, Receipt, Submission

READING = Refusal("another console runs this exercise now; take over first to act here", "stale-epoch")


class HostedLink(LocalLink):
    """A seat at the terminal of a host. The facilitator's is one of several consoles, and needs the chair."""

    def __init__(self, hosting: HostApp, seat: str) -> None:
        super().__init__(hosting.session, seat)
        self._hosting = hosting
        self._id = HERE if seat == FACILITATOR else f"{HERE}/{seat}"
        hosting.hub.following.here[self._id] = self._progressed
        if seat == FACILITATOR:
            hosting.session.disk_queue.run_now(hosting.hub.consoles.sit(HERE))

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """The same, and the host counts this seat among those that have it on a screen."""
        following, latest, caught_up = self._hosting.hub.following, 0, False

        def show(sight: Sight) -> None:
            nonlocal latest
            watcher(sight)
            latest = sight.number
            if caught_up:
                following.reached(self.seat, latest, latest)

        end = super().watch(show)
        caught_up = True
        following.reached(self.seat, latest, latest)
        return end

    def recorded(self, submission: Submission, receipt: Receipt) -> None:
        """Follow how far it comes."""
        following = self._hosting.hub.following
        progress = following.follow(self._id, self.seat, submission.key, receipt.first, receipt.last)
        if progress is not None:
            self._progressed(progress)

    def _progressed(self, progress: messages.Progress) -> None:
        for submission in self._submissions:
            if submission.key == progress.key:
                submission.of, submission.delivered = progress.of, progress.delivered

    async def submitting(self, command: Command, key: str, stops: int) -> Answer:
        """Record a command as this seat; the facilitator's only with the chair."""
        if self.seat == FACILITATOR and not self._in_charge:
            return READING
        return await super().submitting(command, key, stops)

    @property
    def _in_charge(self) -> bool:
        return self.seat == FACILITATOR and self.chair.yours

    @property
    def plain(self) -> bool:
        """Whether what goes to other stations can be read on the network."""
        return self._hosting.entrance.plain

    # The front desk -----------------------------------------------------------------------------

    @property
    def chair(self) -> messages.Chair:
        """Whether the console here may act."""
        return self._hosting.hub.consoles.chair_of(HERE)

    @property
    def says(self) -> tuple[str, ...]:
        """Which stations are missing, and what else is wrong."""
        return self._hosting.hub.says

    @property
    def reception(self) -> messages.Reception | None:
        """Where people join and with what, and who has joined."""
        return self._hosting.reception.picture() if self.chair.yours else None

    @property
    def reach(self) -> Mapping[str, int]:
        """The log's number of the last event that each team with a station has."""
        return self._hosting.hub.following.reach()

    async def arrange(self, act: messages.Act, of: str) -> Refusal | None:
        """Do something about those who join."""
        return await self._session.disk_queue.run(self._arranging(act, of))

    async def _arranging(self, act: messages.Act, of: str) -> Refusal | None:
        if not self.chair.yours:
            return READING
        return await self._hosting.reception.arrange(act, of)

    async def hand_pen(self, to: str | None, team: str = "") -> Refusal | None:
        """Give a team's pen to a seat, or take it back: the facilitator alone, since teams here need none."""
        if self.seat != FACILITATOR:
            return await super().hand_pen(to, team)
        return await self._session.disk_queue.run(self._moving_pen(to, team))

    async def _moving_pen(self, to: str | None, team: str) -> Refusal | None:
        if not self.chair.yours:
            return READING
        try:
            return await self._hosting.door.take_pen(team, to)
        except InputError as error:
            return Refusal(error.message, "not-kept")

    def take_over(self) -> None:
        """Take the chair."""
        self._session.disk_queue.put(self._hosting.hub.consoles.take_over(HERE))
