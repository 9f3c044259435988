"""Score an old log by other rules, and say what that changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabletop.exercise.apply import apply, create
from tabletop.exercise.events import Record
from tabletop.rules.scoring import Scorecard, Scorer
from tabletop.scenario.scenario import Scenario


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


def rescore(records: Iterable[Record], scenario_with_other_rules: Scenario) -> Scorecard:
    """Return the scorecard of a log by the rules of another version of its scenario.

    What was played stays as it was played: the log alone says what happened. Domestic capital that a gate
    credited for a score stays too, as it was there to be spent.
    """
    remaining = iter(records)
    first = next(remaining)
    state = create(first)
    scorer = Scorer(scenario_with_other_rules)
    scorer.see(first, state)
    for record in remaining:
        state = apply(state, record)
        scorer.see(record, state)
    return scorer.scorecard()


def differences(own: Scorecard, other: Scorecard) -> Iterator[Difference]:
    """Yield for each objective the scores of all teams together and of each team, then the overall score."""
    for mine in own.objectives:
        theirs = other.objective(mine.objective)
        yield Difference(mine.objective, None, mine.score, theirs.score)
        for team, standing in mine.teams.items():
            yield Difference(mine.objective, team, standing.score, theirs.teams[team].score)
    yield Difference(None, None, own.overall, other.overall)
