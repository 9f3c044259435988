"""What other rules change in the score of a log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.rules.scoring import Scorecard


@dataclass(frozen=True, slots=True)
class Difference:
    """A score by the log's own rules and by others. `team` is None for all teams together.

    `objective` is None for the overall score.
    """

    objective: str | None
    team: str | None
    own: float | None
    other: float | None

    @property
    def by(self) -> float | None:
        """How far the other rules move it; None if either leaves it without a score."""
        return None if self.own is None or self.other is None else self.other - self.own


def differences(own: Scorecard, other: Scorecard) -> Iterator[Difference]:
    """Yield for each objective the scores of all teams together and of each team, then the overall score."""
    for mine in own.objectives:
        theirs = other.objective(mine.objective)
        yield Difference(mine.objective, None, mine.score, theirs.score)
        for team, standing in mine.teams.items():
            yield Difference(mine.objective, team, standing.score, theirs.teams[team].score)
    yield Difference(None, None, own.overall, other.overall)
