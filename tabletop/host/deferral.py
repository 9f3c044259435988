"""Which commands of teams wait until play goes on, rather than being refused while it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.commands import CLOCK
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Stage
from tabletop.host.session import STARTED_AGAIN, Session
from tabletop.protocol import messages

PLAY_STANDS: Final = frozenset({Stage.PAUSED, Stage.GATE, Stage.EMERGENCY})
"""Stages after which play goes on."""


def is_deferred(session: Session, seat: str, frame: messages.Submit, refusal: Refusal) -> bool:
    """Say whether a command that was refused is one that waits, because its team could not know better.

    Either the host was away when it was given, or it has just come back: play is paused then although nobody
    has said PAUSEX.
    """
    state = session.state
    if refusal.code != "wrong-stage" or state.stage not in PLAY_STANDS:
        return False
    return seat in state.script.scenario.teams and (frame.defer or _paused_by_restart(session.records))


def _paused_by_restart(records: Sequence[Record]) -> bool:
    paused = next((record for record in reversed(records) if isinstance(record.event, e.PlayPaused)), None)
    return (
        paused is not None
        and isinstance(paused.event, e.PlayPaused)
        and (paused.seat, paused.event.reason) == (CLOCK, STARTED_AGAIN)
    )
