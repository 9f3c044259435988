"""What must reach a team that is typing: one line of items, the most urgent first. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tabletop.exercise.state import Stage
from tabletop.tui.kit.fitting import Item, cut
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.rows import Tone
from tabletop.tui.kit.times import game_clock
from tabletop.tui.station.attention import BandText, band
from tabletop.tui.station.lists import briefly
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.state.arrivals import Arrival
from tabletop.tui.station.station_model import StationModel
from tabletop.tui.station.times import SOON, due_part

JUST_CAME: Final = 15
"""Game seconds for which the title of what came goes before what can wait."""

_NAME: Final = 16
_TITLE: Final = 48
_SHORT_TITLE: Final = 24

_SHORTER: Final[Mapping[str, str]] = {
    "REAL-WORLD EMERGENCY": "EMERGENCY",
    "NO LINK TO THE HOST": "NO LINK",
    "ANOTHER EXERCISE IS AT THIS ADDRESS": "ANOTHER EXERCISE",
    "NOTHING CAN BE RECORDED": "CANNOT RECORD",
    "THIS TERMINAL HAS LOST ITS SEAT": "SEAT LOST",
}
"""Titles of bands where there is little room."""


def news(model: StationModel, memory: StationMemory, now: float, contact: HostContact) -> list[Item]:
    """Return what stops play, the time, and then all that came or falls due."""
    stop, time = band(model, contact), Item.of((game_clock(now), "strong"))
    if model.course.stage is Stage.READY and stop is not None and stop.alarm == "calm":
        items = [time]  # nothing has happened that a team could have missed
    elif stop is not None and stop.alarm == "calm":
        items = [time, Item.of((stop.title, "strong"))]
    else:
        items = [time] if stop is None else [_stop(stop), time]
    if not model.course.over:
        items += _pressing(model, memory, now)
    return items


def _stop(stop: BandText) -> Item:
    tone: Tone = "alarm" if stop.alarm == "alarm" else "caution"
    shorter = _SHORTER.get(stop.title)
    return Item.of(*((f" {title} ", tone) for title in (stop.title, shorter) if title))


def _pressing(model: StationModel, memory: StationMemory, now: float) -> list[Item]:
    """Decisions, what has just come, partners that wait; and after these whatever else is new."""
    fresh = [arrival for arrival in memory.fresh(model) if arrival.kind != "question"]
    decisions, waiting, new = _decisions(model, now), _waiting(model), _new(model, fresh)
    soonest = model.decisions.open[0].left(now) if model.decisions.open else SOON
    just_came = bool(fresh) and int(now) - fresh[-1].at < JUST_CAME
    in_order = [
        *(decisions if soonest < SOON else []),
        *(new if just_came else []),
        *waiting,
        *decisions,
        *new,
    ]
    return list(dict.fromkeys(in_order))


def _decisions(model: StationModel, now: float) -> list[Item]:
    """Return the decision that falls due first, or is late; else what to talk about first."""
    waiting = model.decisions.open
    talks = sorted(model.decisions.talks.values(), key=lambda talk: talk.opens)
    if talks and not waiting:
        name = f"{cut(talks[0].name, _NAME)} talk first"
        return [Item.of((f"{name}: {cut(talks[0].prompt, _TITLE)}", "new"), (name, "new"))]
    if not waiting:
        return []
    words, tone = due_part(waiting[0].due, now)
    more = f" +{len(waiting) - 1}" if len(waiting) > 1 else ""
    words = words.replace("late by", "late")
    return [Item.of((f"{cut(waiting[0].name, _NAME)} {words}{more}", tone))]


def _waiting(model: StationModel) -> list[Item]:
    """Partners that wait for an answer."""
    asked = model.talk.asked_of_us
    if not asked:
        return []
    who = list(dict.fromkeys(item.by for item in asked))
    if len(who) > 1:
        return [Item.of((f"{model.names.all(who)} ask", "new"), (f"{len(asked)} ask", "new"))]
    name = model.names.start(who[0])
    return [Item.of((f"{name} asks: {cut(asked[0].text, _SHORT_TITLE)}", "new"), (f"{name} asks", "new"))]


def _new(model: StationModel, fresh: list[Arrival]) -> list[Item]:
    """How much came that nobody has opened, and the title of the newest."""
    if not fresh:
        return []
    newest = fresh[-1]
    title = newest.words if newest.kind == "inject" else f"{briefly(model, newest)} {newest.words}"
    count = f"{len(fresh)} new"
    begin = "new" if len(fresh) == 1 else count
    return [
        Item.of(
            (f"{begin}: {cut(title, _TITLE)}", "new"),
            (f"{begin}: {cut(title, _SHORT_TITLE)}", "new"),
            (count, "new"),
        )
    ]
