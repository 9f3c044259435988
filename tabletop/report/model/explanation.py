"""Why each point was given, in sentences, with what they rest on and what would have changed the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tabletop.exercise.description import Description, Passage
from tabletop.report.model.decided import ExplainedDecision, ExplainedSituation
from tabletop.report.model.exchange import CardsJudged
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
    source: str
    """The decision by its code, or the rule."""
    at: Moment
    evidence: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """The marks that a change brings a team on an objective, or takes."""

    team: str
    name: str
    objective: str
    code: str
    marks: Points


@dataclass(frozen=True, slots=True)
class CapitalPrice:
    """By how much a change moves a team's domestic capital."""

    team: str
    name: str
    capital: Points


@dataclass(frozen=True, slots=True)
class Alternative:
    """One thing that a team could have done otherwise, the score it would have brought, and its price."""

    kind: str
    team: str
    subject: str
    text: str
    before: Score
    after: Score
    here: Price
    elsewhere: tuple[Price, ...]
    capital: tuple[CapitalPrice, ...]

    @property
    def by(self) -> Points:
        """How far it moves the score, as a reader finds it by subtracting."""
        return Points(round(self.after - self.before))

    @property
    def helped(self) -> bool:
        """Whether it would have raised the score; else what was done saved it."""
        return self.after > self.before or (self.after == self.before and self.here.marks > 0)

    @property
    def price(self) -> str:
        """What it brings here and takes elsewhere: ``+1 here (O5), −1 O3, capital −1``."""
        marks = str(self.here.marks) if self.here.marks else "no mark"
        here = f"{marks} here ({self.here.code})"
        return _priced(self.elsewhere, self.capital, own=self.here.team, first=here)


@dataclass(frozen=True, slots=True)
class Improvement:
    """A change that would have brought the exercise as a whole most, and what it brings and takes."""

    kind: str
    team: str
    teams: tuple[str, ...]
    """Who would have done it."""
    subject: str
    text: str
    total: Points
    prices: tuple[Price, ...]
    capital: tuple[CapitalPrice, ...]

    @property
    def price(self) -> str:
        """What it brings and takes: ``Tokyo +1 O5, capital −1; Seoul −1 O3``."""
        return _priced(self.prices, self.capital)


def _priced(
    prices: Sequence[Price], capital: Sequence[CapitalPrice], *, own: str = "", first: str = ""
) -> str:
    """Return prices in words, team by team; the team spoken of has no name and comes first."""
    by_team: dict[str, list[str]] = {own: [first]} if own else {}
    names = {one.team: one.name for one in prices} | {one.team: one.name for one in capital}
    for price in prices:
        by_team.setdefault(price.team, []).append(f"{price.marks} {price.code}")
    for paid in capital:
        by_team.setdefault(paid.team, []).append(f"capital {paid.capital}")
    return "; ".join(
        f"{'' if team == own else f'{names[team]} '}{', '.join(told)}" for team, told in by_team.items()
    )


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
    judged: tuple[ExplainedSituation, ...] = ()
    """Every situation that could move it, also where it gave no mark."""


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A decision in a team's own words that control has yet to judge: it gives no mark so far."""

    decision: str
    """Its code, or its title if it has none."""
    team: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A scorecard explained, by objective and team in the order of the scenario."""

    exercise: str
    scenario: str
    rules_version: int
    what_if: bool
    """Whether it was looked for what would have changed the scores."""
    explained: tuple[ExplainedScore, ...]
    best: tuple[Improvement, ...] = ()
    """What would have helped the exercise as a whole most."""
    to_judge: tuple[ToJudge, ...] = ()
    decisions: tuple[ExplainedDecision, ...] = ()
    """Every decision that was put, with the marks of all its options."""
    timed: tuple[CardsJudged, ...] = ()
    """Which cards are judged by the time at which they reached partners."""

    def only(self, team: str | None, objective: str | None) -> Explanation:
        """Return what concerns one team, one objective or both; None stands for all."""
        kept = (
            one for one in self.explained if team in (None, one.team) and objective in (None, one.objective)
        )
        best = (
            one
            for one in self.best
            if (team is None or team in one.teams)
            and (objective is None or any(price.objective == objective for price in one.prices))
        )
        to_judge = tuple(one for one in self.to_judge if team in (None, one.team))
        decisions = tuple(
            one
            for one in self.decisions
            if (team is None or team in one.teams) and (objective is None or objective in one.objectives)
        )
        timed = tuple(one for one in self.timed if objective is None or objective in one.objectives)
        return replace(
            self, explained=tuple(kept), best=tuple(best), to_judge=to_judge, decisions=decisions, timed=timed
        )
