"""Decide which attached files a seat may see: those of the start, and those of injects it was sent."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.exercise import events as e
from tabletop.exercise.state import Exercise, InjectStatus
from tabletop.exercise.view import SEES_ALL
from tabletop.scenario.attachments import Attachment, StoredFile


def attached(state: Exercise, attachments: Iterable[Attachment]) -> tuple[e.Attached, ...]:
    """Return what readers are told of attached files."""
    files = state.script.scenario.files
    return tuple(
        e.Attached(file=one.file, alt=one.alt, media=files[one.file].media, size=files[one.file].size)
        for one in attachments
    )


def file_for(state: Exercise, seat: str, name: str) -> StoredFile | None:
    """Return an attached file by its name; None if there is none, or the seat may not see it."""
    file = state.script.scenario.files.get(name)
    return file if file is not None and (seat in SEES_ALL or _was_sent(state, seat, name)) else None


def _was_sent(state: Exercise, team: str, name: str) -> bool:
    scenario = state.script.scenario
    if team in scenario.teams and any(one.file == name for one in scenario.attachments):
        return True
    released = (
        (entry, known)
        for entry, known in state.injects.items()
        if known.status is InjectStatus.RELEASED and team in (known.to or ())
    )
    return any(
        one.file == name
        for entry, _ in released
        if (planned := scenario.entries.get(entry)) is not None
        for one in planned.inject.attachments
    )
