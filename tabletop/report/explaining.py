"""Explain a scorecard: the ledger in sentences, their evidence, and what would have changed each score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.events import Record
from tabletop.report.history import History
from tabletop.report.model.explanation import ExplainedScore, Explanation, Sentence, ToJudge
from tabletop.report.parts.decided import explained_decisions
from tabletop.report.parts.evidence import Evidence
from tabletop.report.parts.exchange import cards, cards_judged
from tabletop.report.parts.outlooks import alternatives, improvements
from tabletop.report.parts.rules import rule_title
from tabletop.report.parts.sentences import Speaker
from tabletop.report.parts.situations import situations_by_score
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.scoring import ObjectiveScore, Scorecard, TeamScore, score_log
from tabletop.rules.whatif import ScoreShift, WhatIf
from tabletop.rules.worth import NONE_RULE, RULE
from tabletop.scenario.quantities import Moment, Points, score
from tabletop.scenario.scenario import Scenario

Changes = Mapping[tuple[str, str], Sequence[ScoreShift]]


def explain(
    records: Sequence[Record], *, team: str | None = None, objective: str | None = None, what_if: bool = True
) -> Explanation:
    """Explain the scorecard of a log, all of it or what concerns one team, one objective or both.

    `what_if` also looks for what would have helped each score, and the whole exercise, most. Raises
    ValueError for a log that creates no exercise.
    """
    if not records or not isinstance(records[0].event, e.ExerciseCreated):
        raise ValueError("the first event of a log creates the exercise")
    created = records[0].event
    card = score_log(records)
    tried = WhatIf(records, card) if what_if else None
    explaining = _Explaining(records, card, created.scenario, tried.by_score() if tried else {})
    history = History(tuple(records), explaining.state, card, samples=(), capital=(), anonymous=False)
    return Explanation(
        exercise=created.name,
        scenario=created.scenario.title,
        rules_version=created.rules_version,
        what_if=what_if,
        explained=tuple(explaining.scores()),
        best=improvements(tried, created.scenario) if tried else (),
        to_judge=tuple(_to_judge(records, card, created.scenario)),
        decisions=tuple(explained_decisions(records, explaining.state)),
        timed=cards_judged(created.scenario, cards(history)),
    ).only(team, objective)


def _to_judge(records: Sequence[Record], card: Scorecard, scenario: Scenario) -> Iterator[ToJudge]:
    """Yield the answers in a team's own words that control has yet to judge."""
    events = (record.event for record in records)
    written = {(one.decision, one.team): one.text for one in events if isinstance(one, e.AnswerWritten)}
    for name, team in card.to_judge:
        decision = scenario.decisions[name]
        yield ToJudge(decision.code or decision.title, team, scenario.teams[team].name, written[name, team])


class _Explaining:
    """Explains the scorecard of one log."""

    def __init__(
        self, records: Sequence[Record], card: Scorecard, scenario: Scenario, changes: Changes
    ) -> None:
        self._card = card
        self._scenario = scenario
        self._changes = changes
        self.state = fold(records)
        self._evidence = Evidence(records, self._scenario)
        self._situations = situations_by_score(card.situations, self.state, self._evidence)
        self._speaker = Speaker(self._scenario, self._evidence)
        self._entries: dict[tuple[str, str], list[LedgerEntry]] = {}
        for entry in self._card.ledger:
            self._entries.setdefault((entry.objective, entry.team), []).append(entry)

    def scores(self) -> Iterator[ExplainedScore]:
        """Yield every objective and team that something was given to or could have been."""
        for goal in self._card.objectives:
            for team, standing in goal.teams.items():
                entries = self._entries.get((goal.objective, team), [])
                if entries or standing.score is not None:
                    yield self._score(goal, team, standing, entries)

    def _score(
        self, goal: ObjectiveScore, team: str, standing: TeamScore, entries: Sequence[LedgerEntry]
    ) -> ExplainedScore:
        heaviest = sorted(entries, key=lambda entry: (-abs(entry.points), entry.at, entry.evidence[0]))
        return ExplainedScore(
            objective=goal.objective,
            code=goal.code,
            title=goal.title,
            team=team,
            name=self._scenario.teams[team].name,
            score=score(standing.score),
            rule_score=score(standing.rule_score),
            earned=Points(standing.earned),
            adjusted=Points(standing.adjusted),
            best=Points(standing.best),
            worst=Points(standing.worst),
            **standing.tally.counts,
            sentences=tuple(self._sentence(entry) for entry in heaviest),
            changes=alternatives(
                self._changes.get((team, goal.objective), ()), team, goal.objective, self._scenario
            ),
            judged=self._situations.get((team, goal.objective), ()),
        )

    def _source(self, entry: LedgerEntry) -> str:
        """Return the decision that an option's mark belongs to, else the rule."""
        event = self._evidence.settling(entry)
        if entry.rule in {RULE, NONE_RULE} and isinstance(
            event, e.DecisionRecorded | e.DecisionLapsed | e.AnswerWritten | e.AnswerJudged
        ):
            decision = self._scenario.decisions[event.decision]
            return decision.code or decision.title
        return rule_title(self._scenario, entry.rule)

    def _sentence(self, entry: LedgerEntry) -> Sentence:
        return Sentence(
            text=self._speaker.say(entry),
            points=Points(entry.points),
            rule=entry.rule,
            rule_title=rule_title(self._scenario, entry.rule),
            source=self._source(entry),
            at=Moment(entry.at),
            evidence=self._evidence.exhibits(entry.evidence),
        )
