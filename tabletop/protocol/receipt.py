"""What a command is answered with: a receipt, or a refusal that says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import SEES_ALL

IN_DOUBT: Final = "in-doubt"
"""Code of a refusal that may yet turn out to have been recorded: the log failed in the middle of it."""

FAULT: Final = "fault"
"""Code of a refusal because the program itself stumbled; nothing was recorded."""


HIDDEN_TROUBLE: Final = "the host cannot record at the moment; the facilitator sees why"
"""What players are told when the log fails: paths on the host's disk are none of theirs."""


def unrecorded(seat: str, why: str | None) -> str:
    """Say that nothing can be recorded: to exercise control with the reason, to players without."""
    return f"nothing can be recorded: {why}" if seat in SEES_ALL else HIDDEN_TROUBLE


@dataclass(frozen=True, slots=True)
class Receipt:
    """A command was recorded, durably, as the events numbered `first` to `last`."""

    first: int
    last: int


Answer = Receipt | Refusal
