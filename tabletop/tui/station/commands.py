"""What a team can do at its station: the dialog that each key opens, and when it has something to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.decide import may
from tabletop.tui.station.dialogs.decide import DecideDialog
from tabletop.tui.station.dialogs.pen import PenDialog
from tabletop.tui.station.dialogs.share import ShareDialog
from tabletop.tui.station.dialogs.sheet import Sheet, SheetContext
from tabletop.tui.station.dialogs.speak import AnswerDialog, ConsultDialog, MessageDialog, StateDialog
from tabletop.tui.station.model import StationModel
from tabletop.tui.station.page import StationPage


def sheet(what: str, seat: SheetContext, page: StationPage | None, decision: str | None) -> Sheet | None:
    """The dialog for that, made out for the page that is open; None if there is nothing to fill in."""
    match what:
        case "decide" | "propose":
            return DecideDialog(seat, decision) if decision is not None else None
        case "answer":
            return AnswerDialog(seat)
        case "share":
            return ShareDialog(seat, page.card if page else None)
        case "consult":
            return ConsultDialog(seat)
        case "state":
            return StateDialog(seat)
        case "write":
            return MessageDialog(seat, page.writer if page else None)
        case "pen":
            return PenDialog(seat)
        case _:
            raise ValueError(f"there is no dialog {what!r}")


def why_not(what: str, model: StationModel, decision: str | None) -> str:
    """Return why a key has nothing to do, in a sentence; empty if it has.

    What only waits for play to go on can be filled in before: it is kept, or recorded then.
    """
    command = _COMMANDS.get(what)
    if model.course.over and command is not None and not may(model.course.stage, command):
        return _OVER
    match what:
        case "decide" | "propose" if decision is None:
            return "No decision waits for you, and none can be amended any more."
        case "answer" if not model.talk.asked_of_us:
            return "Nobody waits for your answer."
        case "share" if not model.cards.held:
            return "You hold no card to share."
        case "pen" if not model.team.members:
            return "Nobody else sits with your team: you decide and speak for it."
    return ""


def sheet_named(name: str, seat: SheetContext) -> Sheet | None:
    """The dialog whose draft has that name; None if it makes no sense any more."""
    kind, _, about = name.partition("/")
    match kind:
        case "decide":
            question = seat.model.decisions.questions.get(about)
            fits = question is not None and (question.open or question.amendable(seat.link.now()))
            return DecideDialog(seat, about) if fits else None
        case "answer":
            waits = any(item.consult == about for item in seat.model.talk.asked_of_us)
            return AnswerDialog(seat, about) if waits else None
        case "share":
            return ShareDialog(seat, None) if seat.model.cards.held else None
    made = _ALWAYS.get(kind)
    return made(seat) if made is not None and not seat.model.course.over else None


def offered(what: str, model: StationModel, decision: str | None) -> bool | None:
    """Whether a key does something now: None for dimmed, False for not shown at all."""
    if what in ("decide", "propose") and model.team.mine is not (what == "decide"):
        return False
    if not why_not(what, model, decision):
        return True
    return False if what == "pen" else None


_OVER: Final = "The exercise has ended: nothing more can be sent from here."

_COMMANDS: Final[Mapping[str, type[c.BaseCommand]]] = {
    "decide": c.Decide,
    "propose": c.Propose,
    "answer": c.Answer,
    "share": c.Share,
    "consult": c.Consult,
    "state": c.State,
    "write": c.Message,
}
"""The command that each key gives; the pen is no command."""

_ALWAYS: Final[Mapping[str, Callable[[SheetContext], Sheet]]] = {
    "consult": ConsultDialog,
    "state": StateDialog,
    "message": MessageDialog,
}
"""Dialogs that can be filled in for as long as play goes on."""
