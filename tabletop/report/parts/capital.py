"""Domestic capital: what each team spent and gained at home, and when that ran out."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.report.history import CapitalChange, History
from tabletop.report.model.results import CapitalRun, CapitalStep
from tabletop.scenario.quantities import Level, Moment


def capital(history: History) -> tuple[CapitalRun, ...]:
    """Return each team's domestic capital from start to end; nothing if no option costs any."""
    if not (history.scenario.has_capital or history.capital):
        return ()
    start = history.scenario.capital.start
    runs = []
    for team in history.scenario.teams:
        changes = [change for change in history.capital if change.team == team]
        levels = [start, *(change.capital for change in changes)]
        runs.append(
            CapitalRun(
                team=team,
                start=Level(start),
                end=Level(levels[-1]),
                lowest=Level(min(levels)),
                backlashes=tuple(
                    Moment(change.record.at)
                    for change in changes
                    if isinstance(change.record.event, e.BacklashTriggered)
                ),
                steps=tuple(_step(history, change) for change in changes),
            )
        )
    return tuple(runs)


def _step(history: History, change: CapitalChange) -> CapitalStep:
    match change.record.event:
        case (
            e.DecisionRecorded(decision=decision, amended=amended)
            | e.AnswerWritten(decision=decision, amended=amended)
        ):
            reason = history.decision_label(decision) + (", amended" if amended else "")
        case e.BacklashTriggered():
            reason = "Backlash: capital used up and set anew"
        case e.CapitalCredited(reason=reason):
            pass
        case _:  # pragma: no cover - nothing else moves capital
            reason = ""
    record = change.record
    return CapitalStep(Moment(record.at), Level(change.capital), change.change, reason, (record.seq,))
