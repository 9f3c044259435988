"""Describe events in sentences: who did what, and the text that was read or typed.

Each kind of event is described once, in the module that mirrors its module in `tabletop.exercise.events`. The
log, a team's own log and the report have a `Reader` each, which supplies the names to use, and format the
same description in their own way.
"""

from __future__ import annotations

from typing import Final

from tabletop.exercise.describe import (
    consent,
    course,
    decisions,
    injects,
    judgements,
    probes,
    self_ratings,
    talk,
)
from tabletop.exercise.describe.base import Describers
from tabletop.exercise.description import Description, Reader
from tabletop.exercise.events import Event

_DESCRIBERS: Final[Describers] = {
    **course.DESCRIBERS,
    **consent.DESCRIBERS,
    **injects.DESCRIBERS,
    **decisions.DESCRIBERS,
    **talk.DESCRIBERS,
    **probes.DESCRIBERS,
    **self_ratings.DESCRIBERS,
    **judgements.DESCRIBERS,
}


def describe(event: Event, reader: Reader) -> Description:
    """Describe an event for a reader."""
    return _DESCRIBERS[type(event)](event, reader)
