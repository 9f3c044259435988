"""Probes put to the team, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tabletop.exercise import events as e

SECONDS: Final = 60
"""How long a team is given, as exercise control announces it."""


@dataclass(slots=True)
class Probes:
    """The probes that can be answered now, by id, and the team's answers to all that were asked."""

    open: dict[str, e.AskedProbe] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    def see(self, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.ProbesOpened():
                self.open |= {probe.id: probe for probe in event.probes}
            case e.ProbeAnswered():
                self.answers[event.probe] = event.option
            case e.ProbesClosed():
                self.open.clear()
            case _:
                pass

    @property
    def waiting(self) -> int:
        """How many the team has not answered."""
        return sum(probe not in self.answers for probe in self.open)
