"""What the schedule holds, found the slow way: what screens show is checked against it."""

from __future__ import annotations

from tabletop.exercise.schedule import due_time, is_due
from tabletop.exercise.state import Exercise, InjectStatus
from tabletop.scenario.scenario import Entry


def due_entries(state: Exercise, now: int) -> list[Entry]:
    """Return the scheduled entries whose time has come, in the order of the timeline."""
    return [
        entry
        for entry in state.script.scenario.timeline
        if state.inject(entry.id).status is InjectStatus.SCHEDULED and is_due(state, entry, now)
    ]


def next_entries(state: Exercise, now: int) -> list[Entry]:
    """Return the scheduled entries with a known time, soonest first: what the facilitator sees coming."""
    waiting = [
        (due, index, entry)
        for index, entry in enumerate(state.script.scenario.timeline)
        if state.inject(entry.id).status is InjectStatus.SCHEDULED
        and (
            due := now
            if entry.id in state.script.once and is_due(state, entry, now)
            else due_time(state, entry)
        )
        is not None
    ]
    return [entry for _, _, entry in sorted(waiting, key=lambda item: item[:2])]
