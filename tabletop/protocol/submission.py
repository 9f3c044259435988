"""The state of a command that was entered at this terminal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tabletop.exercise.commands import Command
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import SEES_ALL

IN_DOUBT: Final = "in-doubt"
"""Code of a refusal that may turn out to be recorded: the log failed while writing it."""

UNANSWERED: Final = "unanswered"
"""Code of a refusal that stands for no answer: the outbox keeps the command, and it may be recorded."""

FAULT: Final = "fault"
"""Code of a refusal because of a bug in the program; nothing was recorded."""


HIDDEN_TROUBLE: Final = "the host cannot record at the moment; the facilitator sees why"
"""What players are told when the log fails: paths on the host's disk are hidden from them."""


def unrecorded(seat: str, why: str | None) -> str:
    """Return the sentence that nothing can be recorded, with the reason for exercise control only."""
    return f"nothing can be recorded: {why}" if seat in SEES_ALL else HIDDEN_TROUBLE


@dataclass(frozen=True, slots=True)
class Receipt:
    """A command was recorded durably, as the events numbered `first` to `last`."""

    first: int
    last: int


Answer = Receipt | Refusal


class SubmissionStage(StrEnum):
    """Progress of a command. A word is shown only once it is true."""

    SENDING = "Sending"
    WAITING = "Waits until play goes on"
    RECORDED = "Recorded"
    DELIVERED = "Delivered"
    REFUSED = "Refused"


@dataclass(slots=True)
class Submission:
    """One command and its state."""

    key: str
    command: Command
    waits: bool = False
    """Whether it is kept here until play resumes."""
    recorded: bool = False
    first: int = 0
    last: int = 0
    """Numbers of the recorded events, in this seat's numbering."""
    refusal: Refusal | None = None
    of: int = 0
    """How many teams, plus exercise control, may see what was recorded."""
    delivered: int = 0
    """How many of them have it at a station, whether or not anybody opened it."""

    @property
    def answered(self) -> bool:
        """Whether it is recorded or refused."""
        return self.recorded or self.refusal is not None

    @property
    def stage(self) -> SubmissionStage:
        """The furthest stage reached."""
        if self.refusal is not None:
            return SubmissionStage.REFUSED
        if not self.recorded:
            return SubmissionStage.WAITING if self.waits else SubmissionStage.SENDING
        return SubmissionStage.DELIVERED if self.delivered else SubmissionStage.RECORDED

    def __str__(self) -> str:
        if self.refusal is not None:
            return "Unchanged" if self.refusal.unchanged else f"Refused: {self.refusal.message}"
        if self.recorded:
            return f"Recorded #{self.last}" + (f", delivered {self.delivered}/{self.of}" if self.of else "")
        return self.stage.value
