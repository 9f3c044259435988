"""What became of a command that was given at this terminal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tabletop.exercise.commands import Command
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


class SubmissionStage(StrEnum):
    """How far a command has come. Each word is shown only once it is true."""

    SENDING = "Sending"
    WAITING = "Waits until play goes on"
    RECORDED = "Recorded"
    DELIVERED = "Delivered"
    REFUSED = "Refused"


@dataclass(slots=True)
class Submission:
    """One command and its fate so far."""

    key: str
    command: Command
    waits: bool = False
    """It is kept here until play goes on."""
    recorded: bool = False
    first: int = 0
    last: int = 0
    """Numbers of what was recorded, as this seat counts."""
    refusal: str = ""
    of: int = 0
    """How many teams, and exercise control, may see what was recorded."""
    delivered: int = 0
    """How many of them have it at a station. Whether anybody opened it there is not known from this."""

    @property
    def stage(self) -> SubmissionStage:
        """The farthest it has come."""
        if self.refusal:
            return SubmissionStage.REFUSED
        if not self.recorded:
            return SubmissionStage.WAITING if self.waits else SubmissionStage.SENDING
        return SubmissionStage.DELIVERED if self.delivered else SubmissionStage.RECORDED

    def __str__(self) -> str:
        match self.stage:
            case SubmissionStage.REFUSED:
                return f"Refused: {self.refusal}"
            case SubmissionStage.RECORDED | SubmissionStage.DELIVERED:
                return f"Recorded #{self.last}" + (
                    f", delivered {self.delivered}/{self.of}" if self.of else ""
                )
        return self.stage.value
