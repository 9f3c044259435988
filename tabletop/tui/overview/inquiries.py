"""Messages of teams to exercise control that wait for an answer. Pure.

Nothing is stored for this: a message from exercise control to a team answers all that the team wrote before.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tabletop.exercise import events as e


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a team wrote to exercise control, and when."""

    team: str
    text: str
    at: int


class Inquiries:
    """All inquiries that wait, kept up to date event by event."""

    def __init__(self, teams: Collection[str]) -> None:
        self._teams = teams
        self._waiting: list[Inquiry] = []

    @property
    def waiting(self) -> tuple[Inquiry, ...]:
        """Those without an answer, the oldest first."""
        return tuple(self._waiting)

    def of(self, team: str) -> tuple[Inquiry, ...]:
        """Return those of one team, the oldest first."""
        return tuple(item for item in self._waiting if item.team == team)

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams that wait, the one that has waited longest first."""
        return tuple(dict.fromkeys(item.team for item in self._waiting))

    def see(self, event: e.Event, at: int) -> None:
        """Take in an event."""
        if not isinstance(event, e.MessageSent):
            return
        if event.by == e.CONTROL:
            self._waiting = [item for item in self._waiting if item.team not in event.to]
        elif event.by in self._teams and e.CONTROL in event.to:
            self._waiting.append(Inquiry(event.by, event.text, at))
