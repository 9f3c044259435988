"""Where the exercise stands, as every seat may know it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tabletop.exercise import events as e


class Standing(StrEnum):
    """What a team can do at the moment: play, wait, or stop."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    GATE = "gate"
    EMERGENCY = "emergency"
    ENDED = "ended"
    HOT_WASH = "hot-wash"
    CLOSED = "closed"


@dataclass(slots=True)
class Course:
    """The stage and the phase."""

    standing: Standing = Standing.READY
    phase: str = ""
    """Title of the phase."""
    emergency: str = ""
    """What exercise control said when it declared a real-world emergency."""
    _before: Standing = Standing.READY

    def see(self, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.ExerciseStarted():
                self.standing, self.phase = Standing.RUNNING, event.title or _spoken(event.phase)
            case e.PhaseBegan():
                self.standing, self.phase = Standing.RUNNING, event.title
            case e.PlayResumed():
                self.standing = Standing.RUNNING
            case e.PlayPaused():
                self.standing = Standing.PAUSED
            case e.GateReached():
                self.standing = Standing.GATE
            case e.EmergencyDeclared():
                self._before, self.standing, self.emergency = self.standing, Standing.EMERGENCY, event.text
            case e.EmergencyCleared():
                self.standing = Standing.PAUSED if self._before is Standing.RUNNING else self._before
            case _:
                self._see_end(event)

    def _see_end(self, event: e.Event) -> None:
        match event:
            case e.ExerciseEnded():
                self.standing = Standing.ENDED
            case e.HotWashBegan():
                self.standing = Standing.HOT_WASH
            case e.ExerciseClosed():
                self.standing = Standing.CLOSED
            case _:
                pass

    @property
    def over(self) -> bool:
        """Play has ended for good."""
        return self.standing in {Standing.ENDED, Standing.HOT_WASH, Standing.CLOSED}


def _spoken(word: str) -> str:
    """An id as a person says it: STARTEX names the first phase by its id alone."""
    return word.replace("-", " ").capitalize()
