"""Refusals of commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NOTHING_TO_DO: Final = "nothing-to-do"
"""Code of a refusal because it is so already."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why a command was refused, for its sender; nothing was recorded."""

    message: str
    code: str = "refused"

    @property
    def unchanged(self) -> bool:
        """Whether it would have changed nothing, because it is so already."""
        return self.code == NOTHING_TO_DO


class RefusedError(Exception):
    """Raised while deciding; `tabletop.exercise.decide.decide` returns its `Refusal`."""

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.refusal = Refusal(message, code)
