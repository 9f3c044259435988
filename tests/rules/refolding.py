"""The plain way to score a log with an edit, which what-if has to agree with: fold every record again."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.exercise.apply import apply, fold
from tabletop.exercise.decide import decide
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.rules.refolding import LogEdit
from tabletop.rules.scoring import Scorecard, score_log


def refold(records: Sequence[Record], edit: LogEdit) -> Scorecard | None:
    """Return the scorecard of the log with the edit; None if the engine refuses one of its commands."""
    kept = [(index, record) for index, record in enumerate(records) if index not in edit.without]
    played: list[Record] = []
    start = 0
    for one in edit.insertions:
        played += [record for index, record in kept if start <= index < one.before]
        start = max(start, one.before)
        state = fold(played)
        for seat, command in one.commands:
            granted = decide(state, seat, command, one.at)
            if isinstance(granted, Refusal):
                return None
            for event in granted:
                seq = len(played) + 1
                made = Record(seq=seq, at=one.at, wall="", seat=seat, key="", digest="", event=event)
                state = apply(state, made)
                played.append(made)
    whole = [*played, *(record for index, record in kept if index >= start)]
    return score_log([record.model_copy(update={"seq": seq}) for seq, record in enumerate(whole, 1)])
