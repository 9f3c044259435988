"""The top of the station: the marking, who and where we are, and what to do next."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tabletop.plaintext import one_line
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.times import game_clock
from tabletop.tui.kit.words import Words
from tabletop.tui.station.attention import next_steps
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.panes.marking import Marking
from tabletop.tui.station.pen import badge
from tabletop.tui.station.station_model import StationModel


class Banner(Vertical):
    """Three lines that are always there."""

    DEFAULT_CSS = """
    Banner {
        height: 3;
        & > Horizontal { height: 1; background: $panel; padding: 0 1; }
        & #who { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
        & #when { width: auto; }
        & > #next {
            height: 1;
            padding: 0 1;
            background: $surface;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
    }
    """

    def compose(self) -> ComposeResult:
        """Yield marking, identity and time, next steps."""
        yield Marking()
        with Horizontal():
            yield Words(id="who")
            yield Words(id="when")
        yield Words(id="next")

    def show_model(self, model: StationModel, memory: StationMemory, now: float) -> None:
        """Bring the three lines up to date, unless they are still to come: news may be quicker than they."""
        if not self.query("#when"):
            return
        self.query_one(Marking).show_model(model)
        self.query_one("#who", Words).show_parts(_who(model))
        self.query_one("#when", Words).show_parts(_when(model, now))
        self.query_one("#next", Words).show_parts(next_steps(model, memory, now))


def _who(model: StationModel) -> list[Part]:
    parts: list[Part] = [(one_line(model.team_name).upper(), "strong")]
    pen = badge(model.team)
    if pen is not None:
        parts.append(pen)
    phase = model.course.phase
    if phase:
        parts.append((f"  {one_line(phase)}", "plain"))
    parts.append((f"  {one_line(model.briefing.title)}", "dim"))
    return parts


def _when(model: StationModel, now: float) -> list[Part]:
    local = model.local(now)
    parts: list[Part] = [(f"  {game_clock(now)}", "strong")]
    if local:
        parts.append((f"  {local}", "plain"))
    return parts
