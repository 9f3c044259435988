"""Whether the team was asked to rate itself, and what it gave."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.exercise import events as e
from tabletop.scenario.probes import END


@dataclass(slots=True)
class SelfRatings:
    """What can be rated now, and what was recorded where it was last asked."""

    asked: e.SelfRatingsAsked | None = None
    """None before it was asked, and once play has gone on."""
    given: e.TeamRatedItself | None = None

    def see(self, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.SelfRatingsAsked():
                self.asked, self.given = event, None
            case e.TeamRatedItself():
                self.given = event
            case e.PhaseBegan() | e.ExerciseEnded() | e.HotWashBegan() | e.ExerciseClosed():
                self.asked = None
            case _:
                pass

    @property
    def waits(self) -> bool:
        """Whether the team was asked and has not rated itself."""
        return self.asked is not None and self.given is None

    @property
    def until(self) -> str:
        """How long what was recorded can be changed."""
        at_the_end = self.asked is not None and self.asked.gate == END
        return "until the hot wash begins" if at_the_end else "until play goes on"

    @property
    def counted(self) -> str:
        """What stands of this gate, as a sentence."""
        if self.given is None:
            return "No rating was recorded this time."
        return f"Recorded stands: {', '.join(f'{one.code} {one.rating}' for one in self.given.ratings)}."
