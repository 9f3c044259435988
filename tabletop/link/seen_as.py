"""Show a team's station to exercise control, read-only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tabletop.exercise.commands import Command
from tabletop.exercise.events import Event
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import view
from tabletop.protocol.link import Briefing, Link, Sight, Watcher
from tabletop.protocol.submission import HIDDEN_TROUBLE, Answer, Submission
from tabletop.protocol.team import LONE, OwnTeam

READ_ONLY: Final = Refusal(
    "this is a view of another seat's station: nothing can be entered here", "read-only"
)


class SeenAs:
    """Pass on what a seat of exercise control sees, filtered by the view of another seat."""

    def __init__(self, link: Link, seat: str, coming: Sequence[Event] = ()) -> None:
        """`coming` is shown at the end as if it had happened; later events are not shown then."""
        self._link = link
        self._seat = seat
        self._coming = tuple(coming)

    @property
    def seat(self) -> str:
        """The seat whose station is shown."""
        return self._seat

    def briefing(self) -> Briefing:
        """Return what that seat may know before play."""
        return self._link.briefing().seen_by(self._seat)

    def now(self) -> float:
        """Return game seconds, with fractions."""
        return self._link.now()

    def probes_left(self) -> float | None:
        """Return the real seconds left for the probes that are open."""
        return None if self._coming else self._link.probes_left()

    def trouble(self) -> str | None:
        """Return what the team is told when nothing can be recorded."""
        return HIDDEN_TROUBLE if self._link.trouble() is not None else None

    @property
    def live(self) -> bool:
        """Whether the host answers the console."""
        return self._link.live

    @property
    def finished(self) -> bool:
        """Whether the host has ended the console's link."""
        return self._link.finished

    @property
    def other_exercise(self) -> bool:
        """Whether the console has reached a host of another exercise."""
        return self._link.other_exercise

    @property
    def plain(self) -> bool:
        """Whether the connection is unencrypted on a network."""
        return self._link.plain

    @property
    def submissions(self) -> Sequence[Submission]:
        """Empty: commands entered at the team's own terminals are not known here."""
        return ()

    def team(self) -> OwnTeam:
        """Return the whole team as one seat."""
        return LONE

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` with everything the seat has seen, then with everything as it arrives."""
        seen = 0

        def show(at: int, event: Event) -> None:
            nonlocal seen
            visible = view(event, self._seat)
            if visible is not None:
                seen += 1
                watcher(Sight(seen, at, visible))

        end = self._link.watch(lambda sight: show(sight.at, sight.event))
        if not self._coming:
            return end
        end()
        for event in self._coming:
            show(int(self.now()), event)
        return lambda: None

    async def submit(self, command: Command, key: str | None = None) -> Answer:
        """Refuse."""
        return READ_ONLY

    async def recover(self) -> bool:
        """Refuse."""
        return False

    async def fetch(self, file: str) -> bytes | None:
        """Return an attached file by its name."""
        return await self._link.fetch(file)

    async def hand_pen(self, to: str | None, team: str = "") -> Refusal | None:
        """Refuse."""
        return READ_ONLY
