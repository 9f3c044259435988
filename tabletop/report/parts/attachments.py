"""The files that came with the exercise, and what each was shown with."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.exercise.state import InjectStatus
from tabletop.report.history import History
from tabletop.report.model.play import AttachmentRun
from tabletop.scenario.attachments import Attachment


def attachments(history: History) -> tuple[AttachmentRun, ...]:
    """Return every file that was shown, in the order in which it first was."""
    files = history.scenario.files
    shown: dict[str, tuple[str, list[str]]] = {}
    for place, attachment in _shown(history):
        shown.setdefault(attachment.file, (attachment.alt, []))[1].append(place)
    return tuple(
        AttachmentRun(
            file=name,
            alt=alt,
            kind=files[name].described,
            media=files[name].media,
            sha256=files[name].sha256,
            shown_with=tuple(dict.fromkeys(places)),
        )
        for name, (alt, places) in shown.items()
    )


def _shown(history: History) -> Iterator[tuple[str, Attachment]]:
    for attachment in history.scenario.attachments:
        yield "the situation", attachment
    for entry in history.scenario.timeline:
        if history.state.inject(entry.id).status is InjectStatus.RELEASED:
            for attachment in entry.inject.attachments:
                yield entry.code or entry.inject.title, attachment
