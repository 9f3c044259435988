"""Probes put to the team, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass, field

from tabletop.exercise import events as e


@dataclass(slots=True)
class Probes:
    """The probes that can be answered now, by id, and the team's answers to all that were asked."""

    open: dict[str, e.AskedProbe] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    seconds: int = 0
    """Real seconds that teams have; 0 if there is no limit."""
    closed: e.ProbesClosed | None = None
    """How the probes of this gate were closed; None before that, and once play has gone on."""
    missed: int = 0
    """How many of these the team had not answered."""

    def see(self, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.ProbesOpened():
                self.open |= {probe.id: probe for probe in event.probes}
                self.seconds, self.closed = event.seconds, None
            case e.ProbeAnswered():
                self.answers[event.probe] = event.option
            case e.ProbesClosed():
                self.closed, self.missed = event, self.waiting
                self.open.clear()
            case e.PhaseBegan() | e.HotWashBegan() | e.ExerciseClosed():
                self.closed = None
            case _:
                pass

    @property
    def waiting(self) -> int:
        """How many the team has not answered."""
        return sum(probe not in self.answers for probe in self.open)
