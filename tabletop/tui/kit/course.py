"""Where the exercise stands, as every seat may know it."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.exercise import events as e
from tabletop.exercise.state import Stage


@dataclass(slots=True)
class Course:
    """The stage and the phase."""

    stage: Stage = Stage.READY
    phase: str = ""
    """Title of the phase."""
    emergency: str = ""
    """What exercise control said when it declared a real-world emergency."""
    _before: Stage = Stage.READY

    def see(self, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.ExerciseStarted():
                self.stage, self.phase = Stage.RUNNING, event.title or _spoken(event.phase)
            case e.PhaseBegan():
                self.stage, self.phase = Stage.RUNNING, event.title
            case e.PlayResumed():
                self.stage = Stage.RUNNING
            case e.PlayPaused():
                self.stage = Stage.PAUSED
            case e.GateReached():
                self.stage = Stage.GATE
            case e.EmergencyDeclared():
                self._before, self.stage, self.emergency = self.stage, Stage.EMERGENCY, event.text
            case e.EmergencyCleared():
                self.stage = Stage.PAUSED if self._before is Stage.RUNNING else self._before
            case _:
                self._see_end(event)

    def _see_end(self, event: e.Event) -> None:
        match event:
            case e.ExerciseEnded():
                self.stage = Stage.ENDED
            case e.HotWashBegan():
                self.stage = Stage.HOT_WASH
            case e.ExerciseClosed():
                self.stage = Stage.CLOSED
            case _:
                pass

    @property
    def over(self) -> bool:
        """Play has ended for good."""
        return self.stage in {Stage.ENDED, Stage.HOT_WASH, Stage.CLOSED}


def _spoken(word: str) -> str:
    """Return an id as a person says it: STARTEX names the first phase by its id alone."""
    return word.replace("-", " ").capitalize()
