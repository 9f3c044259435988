"""The last command of the console and how far it has come. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.protocol.submission import Submission
from tabletop.tui.kit.rows import Line, Part, shortened
from tabletop.tui.kit.submission_status import Opened, status_line
from tabletop.tui.overview.overview_model import OverviewModel

_CALLED: Final = 40
"""Cells for what a command is called."""


def sent_line(submissions: Sequence[Submission], model: OverviewModel) -> Line:
    """Return the latest command; nothing before the first."""
    if not submissions:
        return ()
    latest = submissions[-1]
    waiting = sum(not one.answered for one in submissions[:-1])
    more: Part = (f"   {waiting} more on the way" if waiting else "", "warn")
    return (
        (f"{shortened(called(latest.command, model), _CALLED)}: ", "strong"),
        *status_line(latest, opened_by(latest, model)),
        more,
    )


def opened_by(submission: Submission, model: OverviewModel) -> Opened | None:
    """Return how many teams have opened the inject that a command sent out; None if it sent out none."""
    if not (submission.recorded and submission.first):
        return None
    sights = model.sights[submission.first - 1 : submission.last]
    released = [sight.event for sight in sights if isinstance(sight.event, e.InjectReleased)]
    if len(released) != 1:
        return None
    reads = model.state.inject(released[0].entry).reads
    return Opened(sum(team in reads for team in released[0].to), len(released[0].to))


def called(command: c.Command, model: OverviewModel) -> str:
    """Return what a facilitator would call it."""
    word = _WORDS.get(type(command), command.do.replace("-", " ").capitalize())
    entry = getattr(command, "inject", None)
    if isinstance(entry, str):
        row = model.msel.row(entry)
        return f"{word} {row.code or row.title if row is not None else entry}"
    match command:
        case c.Message():
            return f"Message to {model.teams(command.to)}"
        case c.AdHoc():
            return f"Inject for {model.teams(command.to)}"
        case c.Rate():
            return f"Rate {command.rate:g}x"
    return word


_WORDS: Final[dict[type, str]] = {
    c.Startex: "STARTEX",
    c.Pausex: "PAUSEX",
    c.Endex: "ENDEX",
    c.Emergency: "REAL-WORLD EMERGENCY",
    c.ShowRules: "Rules shown",
    c.Open: "Options opened",
    c.Judge: "Judgement",
    c.Lapse: "Decision closed",
    c.Unlock: "Option opened",
    c.Unhold: "Put back",
    c.Observe: "Observation",
    c.Grade: "Rating",
    c.Tick: "Tick",
    c.Adjust: "Adjustment",
}
