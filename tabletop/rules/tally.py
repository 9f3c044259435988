"""Count situations: how many arose, how many went well and how many badly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tabletop.exercise.anchors import counts_in_brief

FEWEST_RATED: Final = 4
"""Situations from which on a result is rated: fewer show chance rather than how a team coordinates."""

FEWEST_TOGETHER: Final = 2
"""Rated teams from which on all teams are rated together: one alone cannot speak for the others."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many situations arose, how many of them went well and how many badly."""

    situations: int = 0
    well: int = 0
    badly: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.situations + other.situations, self.well + other.well, self.badly + other.badly)

    def __sub__(self, other: Tally) -> Tally:
        return Tally(self.situations - other.situations, self.well - other.well, self.badly - other.badly)

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """Count the situations of several teams or objectives together."""
        return sum(tallies, NO_SITUATION)

    @property
    def rated(self) -> bool:
        """Whether there were situations enough to rate."""
        return self.situations >= FEWEST_RATED

    @property
    def counts(self) -> dict[str, int]:
        """The three numbers by name."""
        return {"situations": self.situations, "well": self.well, "badly": self.badly}

    @property
    def short(self) -> str:
        """As it stands in a table: ``7 of 9, 1 badly``."""
        return counts_in_brief(self.well, self.situations, self.badly)

    def __str__(self) -> str:
        if not self.situations:
            return "no situation arose"
        noun = "situation" if self.situations == 1 else "situations"
        badly = f", {self.badly} badly" if self.badly else ""
        return f"{self.well} of {self.situations} {noun} went well{badly}"


NO_SITUATION: Final = Tally()
