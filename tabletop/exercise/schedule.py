"""Compute when injects are due, from the timeline and the state."""

from __future__ import annotations

from typing import NamedTuple

from tabletop.exercise.state import Exercise
from tabletop.scenario.scenario import Entry


class Quiet(NamedTuple):
    """A state in which nothing was due, and the game second at which that was looked at."""

    state: Exercise
    at: int


def due_time(state: Exercise, entry: Entry) -> int | None:
    """Return the game second at which the entry is or was due; None if it is not known yet."""
    if entry.contingency:
        return None
    if entry.since is not None:
        return _earlier(state.inject(entry.id).due, entry.latest)
    if entry.on is None and entry.after is None:
        return entry.at
    since = _decided_at(state, entry.on) if entry.on else state.inject(entry.after or "").released_at
    return _earlier(None if since is None else since + (entry.delay or 0), entry.latest)


def _earlier(due: int | None, latest: int | None) -> int | None:
    return min((one for one in (due, latest) if one is not None), default=None)


def is_due(state: Exercise, entry: Entry, now: int) -> bool:
    """Return whether the entry's time has come, regardless of its status; never for contingency injects.

    An inject of a later phase is not due before its gate has opened.
    """
    if entry.contingency:
        return False
    test = state.script.once.get(entry.id)
    if test is not None:
        return test(state, now)
    due = due_time(state, entry)
    return due is not None and due <= now and not _behind_gate(state, due)


def next_due(state: Exercise, now: int) -> int | None:
    """Return the next game second at which time alone makes something happen; None if there is none.

    That is an inject that falls due, or a question whose options open after a team has talked. A time behind
    the next gate counts too: who plays on from moment to moment opens that gate first.
    """
    found = min((talk.opens for talk in state.discussions.values() if talk.opens > now), default=None)
    timeline = state.script.scenario.timeline
    for place in state.scheduled:
        due = due_time(state, timeline[place])
        if due is not None and due > now:
            found = due if found is None else min(due, found)
            if timeline[place].at is not None:
                break  # those after it come later
    return found


def gate_due(state: Exercise, now: int) -> bool:
    """Return whether the next phase's time has come."""
    if not state.phase:
        return False
    index = state.script.next_phase(state.phase)
    return index is not None and state.script.scenario.phases[index].from_ <= now


def _behind_gate(state: Exercise, due: int) -> bool:
    index = state.script.next_phase(state.phase) if state.phase else None
    return index is not None and due >= state.script.scenario.phases[index].from_


def _decided_at(state: Exercise, decision: str) -> int | None:
    """Return when the last of the teams asked recorded the decision; None until all have."""
    latest = 0
    for team in state.script.scenario.decisions[decision].team:
        asked = state.decision(decision, team)
        if asked is None or asked.decided_at is None:
            return None
        latest = max(latest, asked.decided_at)
    return latest
