"""The line that marks everything on the screen as exercise."""

from __future__ import annotations

from textual.widgets import Static

from tabletop.exercise.marking import MARKING, REAL_WORLD_MARKING
from tabletop.exercise.state import Stage
from tabletop.tui.station.station_model import StationModel


class Marking(Static):
    """Always there. Turns over in a real-world emergency, when it must not contradict the band below it."""

    DEFAULT_CSS = """
    Marking {
        width: 100%;
        height: 1;
        background: $marking;
        color: $marking-text;
        text-style: bold;
        text-align: center;
        &.-real { background: #b00020; color: white; }
    }
    """

    def __init__(self) -> None:
        super().__init__(MARKING, markup=False)

    def show_model(self, model: StationModel) -> None:
        """Say what holds now."""
        self.show_real(model.course.stage is Stage.EMERGENCY)

    def show_real(self, real: bool) -> None:
        """Say whether what goes on is real."""
        if self.has_class("-real") != real:
            self.set_class(real, "-real")
            self.update(REAL_WORLD_MARKING if real else MARKING)
