"""Say which recorded events an exercise goes on without."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.exercise.events import LossAccepted, Record
from tabletop.scenario.gametime import format_time


def loss_sentence(records: Iterable[Record]) -> str:
    """Say what was lost and that the facilitator went on without it; nothing if all is there."""
    lost = [
        f"{record.event.words} before {format_time(record.at)}"
        for record in records
        if isinstance(record.event, LossAccepted)
    ]
    if not lost:
        return ""
    return (
        f"INCOMPLETE RECORD: {'; '.join(lost)}. The facilitator accepted that and went on (--accept-loss): "
        "what happened in them is in no score and no report."
    )
