"""The banner: what is played, where it stands, what time it is, here and in each capital."""

from __future__ import annotations

from typing import Final

from tabletop.exercise.marking import MARKING, REAL_WORLD, marked_title
from tabletop.exercise.state import Stage
from tabletop.plaintext import display_width
from tabletop.scenario.localtime import local_time
from tabletop.tui.kit.rows import Line, Part, Tone
from tabletop.tui.kit.times import game_clock
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.wording import STAGE_NAMES, WIDE, rate_text

_DIGIT: Final = 3
"""Cells of a digit of the large clock."""
_MARGIN: Final = 4
"""Cells beside the clocks that stay free."""

_TONES: Final[dict[Stage, Tone]] = {
    Stage.READY: "new",
    Stage.RUNNING: "good",
    Stage.PAUSED: "warn",
    Stage.GATE: "warn",
    Stage.EMERGENCY: "bad",
}


def marking(model: OverviewModel, width: int) -> str:
    """Return the marking at both ends with the name of the exercise between, or as much of it as fits.

    In a real-world emergency nothing may look like exercise.
    """
    if model.stage is Stage.EMERGENCY:
        return f"{REAL_WORLD}   PLAY HAS STOPPED   {REAL_WORLD}"
    named = model.state.name not in {"", model.scenario.id}
    title = marked_title(model.state.name, practice=bool(model.state.players)) if named else model.state.title
    if width < 2 * len(MARKING) + len(title) + 6:
        return f"{MARKING}   {title}"
    room = width - 2 * len(MARKING) - 2
    return f" {MARKING}{title:^{room}}{MARKING} "


def standing(model: OverviewModel) -> Line:
    """Return whether it runs, how fast, and whether injects go out by themselves."""
    stage = model.stage
    auto = ("  auto-release on", "new") if model.state.auto else ("  release by hand", "dim")
    return (
        (f"{'▸' if stage is Stage.RUNNING else '='} {STAGE_NAMES[stage]}", _TONES.get(stage, "strong")),
        (f"  {rate_text(model.state.rate)}", "plain" if model.state.rate == 1 else "new"),
        auto,  # type: ignore[return-value]
    )


def phase(model: OverviewModel) -> Line:
    """Return the phase and its number."""
    phases = model.scenario.phases
    present = model.phase
    if present is None:
        return (("before the first phase", "dim"),)
    number = phases.index(present) + 1
    return ((f"Phase {number}/{len(phases)} ", "dim"), (present.title, "strong"))


def capitals(model: OverviewModel, now: float, room: int) -> Line:
    """Return the local time in each capital, if the scenario has a clock for it: all, in any room.

    Names are shortened where they do not fit, and then teams at one local time share it.
    """
    clock = model.scenario.clock
    if clock is None:
        return ()
    times = {
        team: local_time(clock, int(now), known.local_zone) for team, known in model.scenario.teams.items()
    }
    shared: dict[str, list[str]] = {}
    for team, time in times.items():
        shared.setdefault(time, []).append(model.short[team])
    ways = (
        [(model.scenario.teams[team].name, time) for team, time in times.items()],
        [(model.short[team], time) for team, time in times.items()],
        [(" ".join(names), time) for time, names in shared.items()],
    )
    lines = (_clocks(way) for way in ways)
    return next((line for line in lines if _cells(line) <= room), _clocks(ways[-1]))


def _clocks(named: list[tuple[str, str]]) -> Line:
    parts: list[Part] = []
    for name, time in named:
        parts += [("   " if parts else "", "plain"), (f"{name} ", "dim"), (time, "strong")]
    return tuple(parts)


def _cells(line: Line) -> int:
    return sum(display_width(text) for text, _ in line)


def banner(model: OverviewModel, now: float, width: int, rooms: Line = ()) -> list[Line]:
    """Two lines for a small screen, the clock first; three beside a large clock. `rooms`: who joined."""
    apart: Line = (("     ", "plain"), *rooms) if rooms else ()
    if width >= WIDE:
        room = width - _DIGIT * len(game_clock(now)) - _MARGIN
        return [(*standing(model), *apart), phase(model), capitals(model, now, room)]
    return [
        ((f"{game_clock(now)}  ", "strong"), *standing(model), ("  ", "plain"), *phase(model)),
        (*capitals(model, now, width - _cells(apart) - _MARGIN), *apart),
    ]
