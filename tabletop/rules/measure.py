"""What a measure is: the one interface between scoring and the rules that give points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.ledger import Finding


class Measure(Protocol):
    """Watches an exercise and gives findings. Its cost per event does not grow with the log."""

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Findings that the record (already applied to `state`) brings or changes."""

    def fork(self) -> Measure:
        """A measure that knows the same and goes its own way from here; itself if it remembers nothing."""
