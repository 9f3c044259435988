"""Scores: findings added up, normalised by what could have been, compared across teams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, Protocol, Self

from tabletop.exercise import events as e
from tabletop.exercise.apply import apply, create
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.effects import OptionEffects
from tabletop.rules.kinds import kinds_of
from tabletop.rules.ledger import Finding, LedgerEntry, Situation, Span
from tabletop.rules.picture import NO_PICTURE, Picture, shared_picture
from tabletop.rules.tally import FEWEST_TOGETHER, NO_SITUATION, Tally
from tabletop.rules.topics import Topic
from tabletop.rules.write_ins import as_option
from tabletop.scenario.scenario import Scenario

ADJUSTMENT = "adjustment"


class _Sum(NamedTuple):
    """What the findings about a team and an objective add up to."""

    earned: float = 0.0
    best: float = 0.0
    worst: float = 0.0
    situations: int = 0
    well: int = 0
    badly: int = 0

    @property
    def tally(self) -> Tally:
        """The situations."""
        return Tally(self.situations, self.well, self.badly)


_NOTHING: Final = _Sum()


@dataclass(frozen=True, slots=True)
class TeamScore:
    """A team's standing on an objective. `rule_score` leaves out what people adjusted."""

    earned: float
    adjusted: float
    best: float
    worst: float
    tally: Tally = NO_SITUATION

    @property
    def score(self) -> float | None:
        """Return the bar, 0 to 100; None if nothing that arose could move it."""
        return self._normal(self.earned + self.adjusted)

    @property
    def rule_score(self) -> float | None:
        """The same without adjustments."""
        return self._normal(self.earned)

    @property
    def rated(self) -> bool:
        """Whether enough situations arose to rate the team."""
        return self.tally.rated

    def _normal(self, points: float) -> float | None:
        if self.best <= self.worst:
            return None
        return min(100.0, max(0.0, 100.0 * (points - self.worst) / (self.best - self.worst)))


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """An objective across teams: their mean, and the gap between them beside it. None if not exercised."""

    objective: str
    code: str
    title: str
    weight: float
    teams: Mapping[str, TeamScore]
    across: Literal["mean", "lowest"] = "mean"

    @property
    def score(self) -> float | None:
        """The mean, or the lowest, of the teams that are rated, else of those for which it was exercised."""
        scores = self._compared()
        if scores and self.across == "lowest":
            return min(scores)
        return sum(scores) / len(scores) if scores else None

    @property
    def gap(self) -> float:
        """Between the highest and the lowest team."""
        scores = self._compared()
        return max(scores) - min(scores) if scores else 0.0

    @property
    def rated_teams(self) -> tuple[str, ...]:
        """The teams for which enough situations arose."""
        return tuple(team for team, standing in self.teams.items() if standing.rated)

    @property
    def rated(self) -> bool:
        """Whether all teams can be rated together: two of them are rated, or there is only one team."""
        return len(self.rated_teams) >= min(FEWEST_TOGETHER, len(self.teams))

    def _compared(self) -> list[float]:
        teams = [self.teams[team] for team in self.rated_teams or self.teams]
        return [score for team in teams if (score := team.score) is not None]

    @property
    def tally(self) -> Tally:
        """The situations of all teams together."""
        return Tally.total(team.tally for team in self.teams.values())


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All scores at one moment, with the ledger they rest on."""

    scenario: str
    objectives: tuple[ObjectiveScore, ...]
    capital: Mapping[str, int]
    ledger: tuple[LedgerEntry, ...]
    picture: Picture = NO_PICTURE
    to_judge: tuple[tuple[str, str], ...] = ()
    """Each decision and team whose own words control has yet to judge: they count for nothing so far."""
    situations: tuple[Situation, ...] = ()
    """Every situation that arose, also where it gave no mark."""

    @property
    def overall(self) -> float | None:
        """Weighted mean of the exercised objectives. It stands in files only, never on a screen."""
        scored = [(goal.weight, score) for goal in self.objectives if (score := goal.score) is not None]
        total = sum(weight for weight, _ in scored)
        return sum(weight * score for weight, score in scored) / total if scored else None

    def objective(self, objective: str) -> ObjectiveScore:
        """Return the scores of one objective. Raises KeyError if there is no such objective."""
        for goal in self.objectives:
            if goal.objective == objective:
                return goal
        raise KeyError(objective)


class Measure(Protocol):
    """Watches an exercise and gives findings: a rule, or the effects of options."""

    @property
    def looks_at(self) -> tuple[type, ...]:
        """The types of event that it need be shown."""

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return the findings that a record brings or changes; `state` already holds it."""

    def fork(self) -> Self:
        """Return an independent copy that has seen the same."""

    def topics(self, event: e.Event, phase: str) -> Iterable[Topic]:
        """Return what the event is about for this measure, beyond `state_topics`."""


def measures_of(scenario: Scenario) -> list[Measure]:
    """Return what decisions give, which every scenario has, then its own rules in order."""
    return [OptionEffects(scenario), *kinds_of(scenario)]


def _reasoned_anew(event: e.Event, before: Exercise) -> bool:
    """Return whether a decision is amended in nothing but its reason: what counts came with the option."""
    if not isinstance(event, e.DecisionRecorded):
        return False
    return before.decisions[event.decision, event.team].stands_with(event.option)


class Scorer:
    """Scores an exercise as it happens. An event costs the same however many came before."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._measures = measures_of(scenario)
        self._looking: dict[type, tuple[int, ...]] = {}
        """The places of the measures that look at a type of event; forks share it."""
        self._findings: dict[tuple[str, ...], Finding] = {}
        self._sums: dict[tuple[str, str], _Sum] = {}
        self._adjusted: dict[tuple[str, str], float] = {}
        self._adjustments: list[LedgerEntry] = []
        self._state: Exercise | None = None

    def see(self, record: Record, state: Exercise) -> None:
        """Take in the next record; `state` already holds it."""
        event, before, self._state = record.event, self._state, state
        if isinstance(event, e.ScoreAdjusted):
            self._adjust(event, record)
        if before is not None and _reasoned_anew(event, before):
            return
        seen = as_option(record, state)
        for place in self._places(type(seen.event)):
            for finding in self._measures[place].see(seen, state):
                self._replace(finding)

    def _places(self, kind: type) -> tuple[int, ...]:
        found = self._looking.get(kind)
        if found is None:
            found = tuple(place for place, one in enumerate(self._measures) if issubclass(kind, one.looks_at))
            self._looking[kind] = found
        return found

    def scorecard(self) -> Scorecard:
        """Return all scores as they stand, with the ledger that they rest on."""
        picture = NO_PICTURE if self._state is None else shared_picture(self._state)
        situations = tuple(self._situations())
        return replace(self.scores(), ledger=self.ledger(), picture=picture, situations=situations)

    def _situations(self) -> Iterator[Situation]:
        """Yield each situation that could move a score, in the order in which it was first judged."""
        for finding in self._findings.values():
            for (team, objective), span in finding.spans:
                given = tuple(
                    entry for entry in finding.entries if (entry.team, entry.objective) == (team, objective)
                )
                if span.best > span.worst:
                    points = sum(entry.points for entry in given)
                    unmarked = "" if given else finding.unmarked
                    yield Situation(finding.key, team, objective, points, span, given, unmarked)

    def scores(self) -> Scorecard:
        """Return the scorecard without its ledger, which takes the same time however much has happened."""
        return Scorecard(
            scenario=self._scenario.id,
            objectives=tuple(
                ObjectiveScore(
                    objective=name,
                    code=goal.code,
                    title=goal.title,
                    weight=goal.weight,
                    teams={team: self.team(team, name) for team in self._scenario.teams},
                    across=self._scenario.score.across,
                )
                for name, goal in self._scenario.objectives.items()
            ),
            capital={team: self._capital(team) for team in self._scenario.teams},
            ledger=(),
            to_judge=tuple(self._state.to_judge) if self._state is not None else (),
        )

    def team(self, team: str, objective: str) -> TeamScore:
        """Return one team's standing on one objective."""
        key = (team, objective)
        found = self._sums.get(key, _NOTHING)
        return TeamScore(found.earned, self._adjusted.get(key, 0.0), found.best, found.worst, found.tally)

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """Return every entry that counts, in the order of the events they rest on."""
        entries = [entry for finding in self._findings.values() for entry in finding.entries]
        return tuple(sorted((*entries, *self._adjustments), key=_order))

    def apart(self, other: Scorer) -> Iterator[tuple[tuple[str, str], float, Span, Tally]]:
        """Yield where another scorer differs: by how many marks, what range and which situations."""
        for key in self._sums.keys() | other._sums.keys():
            mine, theirs = self._sums.get(key, _NOTHING), other._sums.get(key, _NOTHING)
            if mine != theirs:
                span = Span(theirs.best - mine.best, theirs.worst - mine.worst)
                yield key, theirs.earned - mine.earned, span, theirs.tally - mine.tally

    def fork(self) -> Scorer:
        """Return an independent copy."""
        twin = copy(self)
        twin._measures = [measure.fork() for measure in self._measures]
        twin._findings = dict(self._findings)
        twin._sums = dict(self._sums)
        twin._adjusted = dict(self._adjusted)
        twin._adjustments = list(self._adjustments)
        return twin

    def _capital(self, team: str) -> int:
        return self._scenario.capital.start if self._state is None else self._state.accounts[team].capital

    def _adjust(self, event: e.ScoreAdjusted, record: Record) -> None:
        key = (event.team, event.objective)
        self._adjusted[key] = self._adjusted.get(key, 0.0) + event.points
        self._adjustments.append(
            LedgerEntry(
                event.team, event.objective, event.points, ADJUSTMENT, event.reason, (record.seq,), record.at
            )
        )

    def _replace(self, finding: Finding) -> None:
        before = self._findings.get(finding.key)
        if before == finding:
            return
        self._findings[finding.key] = finding
        if before is not None:
            if before.spans is finding.spans and _worth(before) == _worth(finding):
                return
            self._count(before, -1)
        self._count(finding, 1)

    def _count(self, finding: Finding, sign: int) -> None:
        sums = self._sums
        given: dict[tuple[str, str], float] = {}
        for entry in finding.entries:
            key = (entry.team, entry.objective)
            given[key] = given.get(key, 0.0) + entry.points
        for key, span in finding.spans:
            points = given.pop(key, 0.0)
            earned, best, worst, situations, well, badly = sums.get(key, _NOTHING)
            arose = span.best > span.worst
            sums[key] = _Sum(
                earned + sign * points,
                best + sign * span.best,
                worst + sign * span.worst,
                situations + sign * arose,
                well + sign * (arose and points > 0),
                badly + sign * (arose and points < 0),
            )
        for key, points in given.items():
            found = sums.get(key, _NOTHING)
            sums[key] = found._replace(earned=found.earned + sign * points)


def _worth(finding: Finding) -> list[tuple[str, str, float]]:
    """Return what a finding gives to whom, whatever it rests on."""
    return [(entry.team, entry.objective, entry.points) for entry in finding.entries]


def _order(entry: LedgerEntry) -> tuple[int, str, str]:
    return (max(entry.evidence), entry.team, entry.objective)


def score_log(records: Iterable[Record], other_rules: Scenario | None = None) -> Scorecard:
    """Return the scorecard of a whole log. The first record must create the exercise.

    With `other_rules`, a version of its scenario, the log is scored by those. What was played stays as it was
    played, and so does domestic capital that a gate credited for a score, as it was there to be spent.
    """
    remaining = iter(records)
    first = next(remaining)
    state = create(first)
    scorer = Scorer(other_rules or state.script.scenario)
    scorer.see(first, state)
    for record in remaining:
        state = apply(state, record)
        scorer.see(record, state)
    return scorer.scorecard()
