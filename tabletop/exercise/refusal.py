"""What a seat is told when a command is not granted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command was refused, in plain words; nothing was recorded."""

    message: str
    code: str = "refused"


class RefusedError(Exception):
    """Raised while deciding; `tabletop.exercise.decide.decide` turns it into a `Refusal`."""

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.refusal = Refusal(message, code)
