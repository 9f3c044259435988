"""Refusals of commands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why a command was refused, for its sender; nothing was recorded."""

    message: str
    code: str = "refused"


class RefusedError(Exception):
    """Raised while deciding; `tabletop.exercise.decide.decide` returns its `Refusal`."""

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.refusal = Refusal(message, code)
