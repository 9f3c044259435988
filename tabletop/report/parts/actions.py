"""Expected actions of injects, and what evaluators saw of them."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.report.history import History
from tabletop.report.model.play import ActionRun, ActionSeen
from tabletop.scenario.quantities import Moment
from tabletop.scenario.scenario import Entry


class ExpectedActions:
    """The expected actions of a run with their ticks, of each person the latest for each team."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._ticks: dict[tuple[str, int], dict[tuple[str, str | None], tuple[Record, e.ActionTicked]]] = {}
        for record, event in history.of(e.ActionTicked):
            latest = self._ticks.setdefault((event.entry, event.number), {})
            latest[event.author or record.seat, event.team] = (record, event)

    def of(self, entry: Entry) -> tuple[ActionRun, ...]:
        """Return the expected actions of an inject, in the author's order; a text only if it was ticked."""
        if entry.inject.expected_text and (entry.id, 1) not in self._ticks:
            return ()
        released = self._history.state.inject(entry.id).released_at
        return tuple(
            ActionRun(
                number=number,
                action=action.words,
                team=action.team,
                objective=action.objective,
                due=None if released is None or action.by is None else Moment(released + action.by),
                seen=self._seen(entry.id, number),
            )
            for number, action in enumerate(entry.inject.actions, 1)
        )

    def _seen(self, entry: str, number: int) -> tuple[ActionSeen, ...]:
        return tuple(
            ActionSeen(
                outcome=event.outcome,
                team=event.team,
                at=Moment(_when(record, event)),
                in_time=_in_time(record, event),
                note=event.note,
                author=self._history.author(record),
                evidence=(record.seq,),
            )
            for record, event in self._ticks.get((entry, number), {}).values()
        )


def _when(record: Record, event: e.ActionTicked) -> int:
    """Return when the action was done: as the tick says, else when it was ticked."""
    return record.at if event.happened is None else event.happened


def _in_time(record: Record, event: e.ActionTicked) -> bool | None:
    if event.due is None or event.outcome != "done":
        return None
    return _when(record, event) <= event.due
