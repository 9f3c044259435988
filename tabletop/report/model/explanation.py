"""Why each point was given, in sentences, with what they rest on and what would have changed the score."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tabletop.exercise.description import Description, Passage
from tabletop.scenario.quantities import Moment, Points, Score


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An event that a point rests on. `who` is empty if nobody is named."""

    event: int
    at: Moment
    who: str
    what: str
    passages: tuple[Passage, ...] = ()

    @property
    def sentence(self) -> str:
        """The whole sentence, capitalised, without a full stop."""
        return Description(self.what, self.who).sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A ledger entry as a sentence that can be read aloud."""

    text: str
    points: Points
    rule: str
    rule_title: str
    at: Moment
    evidence: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that a team could have done otherwise, and the score that it would have brought."""

    kind: str
    team: str
    subject: str
    text: str
    before: Score
    after: Score

    @property
    def by(self) -> Points:
        """How far it moves the score, as a reader finds it by subtracting."""
        return Points(round(self.after - self.before))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would have changed one team's score on one objective most."""

    objective: str
    team: str
    score: Score
    changes: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class ExplainedScore:
    """One team's score on one objective, explained; the heaviest sentence first."""

    objective: str
    code: str
    title: str
    team: str
    name: str
    score: Score | None
    rule_score: Score | None
    earned: Points
    adjusted: Points
    best: Points
    worst: Points
    situations: int
    well: int
    badly: int
    sentences: tuple[Sentence, ...]
    changes: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A scorecard explained, by objective and team in the order of the scenario."""

    exercise: str
    scenario: str
    rules_version: int
    what_if: bool
    """Whether it was looked for what would have changed the scores."""
    explained: tuple[ExplainedScore, ...]

    def only(self, team: str | None, objective: str | None) -> Explanation:
        """Return what concerns one team, one objective or both; None stands for all."""
        kept = (
            one for one in self.explained if team in (None, one.team) and objective in (None, one.objective)
        )
        return replace(self, explained=tuple(kept))
