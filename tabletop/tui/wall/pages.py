"""What the wall says in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rich.cells import cell_len

from tabletop.exercise.marking import MARKING, REAL_WORLD_MARKING, STOP_PLAYING
from tabletop.exercise.state import Stage
from tabletop.plaintext import one_line
from tabletop.scenario.gametime import format_time
from tabletop.tui.kit.consent import TITLE, initials_line, rules_paragraphs
from tabletop.tui.kit.fitting import Item
from tabletop.tui.kit.rows import Part, shortened
from tabletop.tui.kit.times import game_clock
from tabletop.tui.wall.wall_model import WallItem, WallModel

Tone = Literal["going", "standing", "over", "lost"]


@dataclass(frozen=True, slots=True)
class WallBand:
    """The line below the clock: whether play runs, and if not, what it waits for."""

    title: str
    text: str
    tone: Tone


_BANDS: Final = {
    Stage.READY: WallBand("BEFORE STARTEX", "Play has not begun.", "over"),
    Stage.RUNNING: WallBand("▸ PLAY IS RUNNING", "", "going"),
    Stage.PAUSED: WallBand("PAUSEX", "Play is paused and the clock stands.", "standing"),
    Stage.GATE: WallBand("PHASE ENDED", "The clock stands. Play goes on with the next phase.", "standing"),
    Stage.EMERGENCY: WallBand("REAL-WORLD EMERGENCY", STOP_PLAYING, "lost"),
    Stage.ENDED: WallBand("ENDEX", "The exercise has ended.", "over"),
    Stage.HOT_WASH: WallBand("HOT WASH", "The exercise has ended; the discussion has begun.", "over"),
    Stage.CLOSED: WallBand("CLOSED", "The exercise is over and its record is closed.", "over"),
}


@dataclass(frozen=True, slots=True)
class WallReach:
    """How far the wall may be believed."""

    lost_since: str = ""
    """Time of day since when nothing was heard of the host; empty while it answers."""
    sent_away: str = ""
    """Why the host will not have this wall any more; empty while it will."""
    trouble: str = ""
    """Why the host records nothing; empty while it does."""


def band(model: WallModel, reach: WallReach) -> WallBand:
    """Return what the line below the clock says. What cannot be known comes before what was known."""
    if reach.sent_away:
        return WallBand("THIS WALL HAS NO SEAT", f"{reach.sent_away}. Ctrl+Q leaves.", "lost")
    if reach.lost_since:
        return WallBand(
            f"NO WORD FROM THE HOST SINCE {reach.lost_since}",
            "This picture is from then. It goes on by itself when the host answers.",
            "lost",
        )
    if reach.trouble and model.course.stage is Stage.RUNNING:
        return WallBand(
            "THE CLOCK STANDS", "Nothing can be recorded at the moment. The facilitator knows.", "lost"
        )
    return _BANDS[model.course.stage]


def news(model: WallModel, reach: WallReach, now: float) -> list[Item]:
    """Return what stands above a question: where play stands, if it does, and the time."""
    shown, time = band(model, reach), Item.of((game_clock(now), "strong"))
    match shown.tone:
        case "going":
            return [time]
        case "over":
            return [time, Item.of((shown.title, "strong"))]
        case "standing":
            return [Item.of((f" {shown.title} ", "caution")), time]
    return [Item.of((f" {shown.title} ", "alarm")), time]


def marking(model: WallModel) -> str:
    """Return the first and the last line of the wall."""
    return REAL_WORLD_MARKING if model.course.stage is Stage.EMERGENCY else MARKING


def heading(model: WallModel) -> list[Part]:
    """Return what is played, and its phase."""
    parts: list[Part] = [(one_line(model.briefing.title), "strong")]
    if model.course.phase:
        parts += [("  ·  ", "dim"), (one_line(model.course.phase), "plain")]
    return parts


def cover(model: WallModel, words: Sequence[str]) -> list[Part]:
    """Return what stands below the title until play begins."""
    parts: list[Part] = []
    situation = first_sentence(model.briefing.situation)
    if situation:
        parts.append((f"{situation}\n\n", "plain"))
    names = [one_line(team.name) for team in model.briefing.teams.values()]
    parts.append(("   ".join(names), "new"))
    if words:
        parts += [
            ("\n\n\nYour terminal has to show these words too before you type a code:\n", "dim"),
            ("   ".join(words), "strong"),
        ]
    return parts


def rules_cover(model: WallModel, width: int, height: int) -> list[Part]:
    """Return what stands in place of the cover once the rules were shown: who has initialled, then the rules.

    What there is no room for stands at every station.
    """
    shown = model.rules.shown
    if shown is None:
        return []
    teams = {team: known.name for team, known in model.briefing.teams.items()}
    blocks: list[Sequence[Part]] = [[(TITLE, "strong")], initials_line(model.rules.initials, teams)]
    room = height - sum(_lines(block, width) + 1 for block in blocks)
    for paragraph in rules_paragraphs(shown, brief=True):
        need = _lines(paragraph, width) + 1
        if need > room - 2:
            blocks.append([("The rest stands at every station.", "dim")])
            break
        blocks.append(paragraph)
        room -= need
    return [part for block in blocks for part in (*block, ("\n\n", "plain"))][:-1]


def _lines(parts: Sequence[Part], width: int) -> int:
    """Return the lines that the parts take at most where words wrap."""
    room = max(10, width - 10)
    text = "".join(words for words, _ in parts)
    return sum(1 + cell_len(line) // room for line in text.split("\n"))


def first_sentence(text: str) -> str:
    """Return the first sentence, cut if it is long."""
    line = " ".join(text.split())
    head, stop, _ = line.partition(". ")
    return shortened(f"{head}{stop}".strip(), 300)


def said_heading(said: WallItem) -> list[Part]:
    """When, who, and how."""
    who = one_line(said.who)
    parts: list[Part] = [(f"{format_time(said.at - said.at % 60)}  ", "dim")]
    if said.kind == "statement":
        parts += [(who.upper(), "new"), (" in public", "plain")]
    else:
        parts.append((who, "new"))
    if said.how:
        parts.append((f"  ·  {one_line(said.how)}", "dim"))
    return parts
