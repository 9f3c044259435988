"""What must reach a facilitator who is typing: one line of items, the most urgent first. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tabletop.exercise.schedule import gate_due
from tabletop.exercise.state import Stage
from tabletop.tui.console.advice import asking, probes_standing
from tabletop.tui.console.rooms import Rooms
from tabletop.tui.kit.fitting import Item, cut
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.times import span
from tabletop.tui.overview.msel import MselRow
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.standing import Asked
from tabletop.tui.overview.where_play_stands import where_play_stands
from tabletop.tui.overview.wording import until

SOON: Final = 60
"""Game seconds before an inject is due, or a window ends, from which it is news."""

_NAME: Final = 16
"""Cells of an inject's or a decision's name; codes are shorter."""

_SENTENCE: Final = 40

_SILENT, _CLOSED = " has been silent since ", " has been closed since "


def news(model: OverviewModel, now: float, contact: HostContact, rooms: Rooms) -> list[Item]:
    """Return what stops play, the time, and then all that waits for the facilitator."""
    items = where_play_stands(model, now, contact)
    if rooms.reading:
        items.append(Item.of(("reading only: another console runs it", "bad"), ("reading only", "bad")))
    if model.state.open_probes:
        items.append(Item.of((probes_standing(model, contact.probes_left), "warn")))
    if model.stage is Stage.RUNNING:
        items += _releases(model, now)
    items += [Item.of(*((words, "warn") for words in asking(model)))] if asking(model) else []
    if model.stage in {Stage.RUNNING, Stage.PAUSED}:
        items += _windows(model, now)
    items += _missing(rooms.says)
    if model.stage is Stage.RUNNING:
        items += _later(model, now)
    return items


def _releases(model: OverviewModel, now: float) -> Iterator[Item]:
    """Injects that wait for a hand, the end of the phase, and the inject that comes in a moment."""
    due = [] if model.state.auto else model.waiting_for_release(now)
    if due:
        first, more = _name(due[0]), len(due) - 1
        when = due[0].due
        since = f" {until(when, now)}" if when is not None and when < int(now) else ""
        if more:
            yield Item.of((f"{first} and {more} more due", "warn"), (f"{len(due)} due", "warn"))
        else:
            yield Item.of((f"{first} due{since}", "warn"), (f"{first} due", "warn"))
    elif gate_due(model.state, int(now)):
        yield Item.of(("the time of this phase is over", "warn"), ("phase over", "warn"))
    coming = model.msel.ahead(model.state, int(now))
    if coming is not None and coming.due is not None and coming.due - int(now) <= SOON:
        yield Item.of((f"{_name(coming)} {until(coming.due, now)}", "strong"))


def _later(model: OverviewModel, now: float) -> Iterator[Item]:
    """Yield the next inject, if it is not news yet."""
    coming = model.msel.ahead(model.state, int(now))
    if coming is not None and coming.due is not None and coming.due - int(now) > SOON:
        yield Item.of((f"{_name(coming)} {until(coming.due, now)}", "dim"))


def _name(row: MselRow) -> str:
    return cut(row.code or row.title, _NAME)


def _windows(model: OverviewModel, now: float) -> Iterator[Item]:
    """Windows of decisions that are over, or about to end."""
    pressing = [asked for asked in model.standings.open() if asked.due - int(now) < SOON]
    if not pressing:
        return
    words, late = _window(model, pressing[0], now), pressing[0].due < int(now)
    more = f" +{len(pressing) - 1}" if len(pressing) > 1 else ""
    yield Item.of((f"{words}{more}", "bad" if late else "warn"))


def _window(model: OverviewModel, asked: Asked, now: float) -> str:
    left = asked.due - int(now)
    name = f"{model.short[asked.team]} {cut(asked.name, _NAME)}"
    return f"{name} late {span(left)}" if left < 0 else f"{name} in {span(left)}"


def _missing(says: Sequence[str]) -> Iterator[Item]:
    """Stations that are silent or were closed, and alarms: the first in words, the others counted."""
    if not says:
        return
    silent = [sentence for sentence in says if _SILENT in sentence]
    closed = [sentence for sentence in says if _CLOSED in sentence]
    others = len(says) - len(silent) - len(closed)
    counts = [
        f"{count} {word}"
        for count, word in ((len(silent), "silent"), (len(closed), "closed"), (others, "more to see"))
        if count
    ]
    first = next(iter([*silent, *closed, *says]))
    words = cut(first.partition(" since ")[0].replace(" has been ", " "), _SENTENCE)
    more = f" +{len(says) - 1}" if len(says) > 1 else ""
    yield Item.of((f"{words}{more}", "bad"), (", ".join(counts), "bad"))
