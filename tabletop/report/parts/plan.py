"""The improvement plan: a row for each objective that went badly, with what would have helped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tabletop.exercise import events as e
from tabletop.exercise.description import told_to_others
from tabletop.plaintext import in_quotes
from tabletop.report.history import History
from tabletop.report.model.results import ImprovementPlan, LockedOut, Observation, PlanRow
from tabletop.report.parts.analysis import Analysis, deed
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.ratings import proposed_for
from tabletop.rules.scoring import ADJUSTMENT, ObjectiveScore
from tabletop.rules.whatif import WhatIf
from tabletop.rules.worth import RULE
from tabletop.scenario.gametime import format_time
from tabletop.scenario.options import Option
from tabletop.scenario.prose import counted, listed, number
from tabletop.scenario.quantities import Points

_TAKEN = (e.DecisionRecorded, e.AnswerWritten, e.AnswerJudged)
"""The events by which a decision costs something, or gives it back."""

_POOR = frozenset({"M", "U"})
_NAMED = 2
"""How many of the best changes stand in the row of an objective."""


def improvement_plan(
    history: History, observations: Iterable[Observation], tried: WhatIf, analysis: Analysis
) -> ImprovementPlan:
    """Return what people observed, then a row for each objective that went badly, then what was locked.

    The best changes of the exercise stand in the rows of the objectives on which they would have helped.
    """
    plan = _Plan(history, tried, analysis)
    rows = [
        *_observed(observations),
        *(row for goal in history.card.objectives if (row := plan.objective(goal)) is not None),
        *plan.left_over(),
        *(_locked_row(one) for one in plan.locks),
        *(_adjusted(one) for one in history.card.ledger if one.rule == ADJUSTMENT and one.points < 0),
    ]
    numbered = tuple(replace(row, number=index) for index, row in enumerate(rows, 1))
    return ImprovementPlan(numbered, plan.prices(), tuple(plan.locks))


class _Plan:
    """The rows that the log gives."""

    def __init__(self, history: History, tried: WhatIf, analysis: Analysis) -> None:
        self._history, self._tried, self._analysis = history, tried, analysis
        self._shown: set[str] = set()
        self.locks = list(_locked_out(history))

    def objective(self, goal: ObjectiveScore) -> PlanRow | None:
        """Return the row of an objective with bad marks, or rated M or U; None where nothing went badly."""
        bad = [entry for entry in self._analysis.entries(goal.objective) if entry.points < 0]
        poor = proposed_for(goal, self._history.scenario.ratings) in _POOR
        if not bad and not poor:
            return None
        went = goal.tally
        badly = f"{number(went.badly) if went.badly else 'none'} of {counted(went.situations, 'situation')}"
        how = f"{'the one situation' if went.badly == went.situations == 1 else badly} went badly"
        if bad:
            how += f": {self._analysis.by_team(bad)}"
        else:
            how += f", but {f'only {number(went.well)}' if went.well else 'none'} went well"
        return PlanRow(
            number=0,
            issue=f"{goal.title}: {how}. {self._helped(goal.objective)}",
            teams=tuple(dict.fromkeys(entry.team for entry in bad)),
            objectives=(goal.objective,),
            evidence=tuple(sorted({self._analysis.turning(entry) for entry in bad})),
            marks=len(bad),
            source="objective",
        )

    def _helped(self, objective: str) -> str:
        changes = self._analysis.best(objective)[:_NAMED]
        self._shown |= {one.change.text for one in changes}
        if not changes:
            one = self._tried.best_for(objective)
            if one is None:
                return "No change that was tried would have helped."
            cost = "" if one.total > 0 else ", and cost as much or more elsewhere"
            return f"What would have helped here{cost}: {self._analysis.helped(one, objective)}."
        return (
            f"What would have helped: {'; '.join(self._analysis.helped(one, objective) for one in changes)}."
        )

    def left_over(self) -> Iterator[PlanRow]:
        """Yield a row for each of the best changes that no row of an objective names."""
        order = list(self._history.scenario.objectives)
        for one in self._tried.best():
            if one.change.text not in self._shown:
                gained = {price.objective for price in one.prices if price.marks > 0}
                yield PlanRow(
                    number=0,
                    issue=f"{Points(one.total)} over all objectives and teams if {deed(one)}.",
                    teams=tuple(part.team for part in one.change.parts) or (one.change.team,),
                    objectives=tuple(goal for goal in order if goal in gained),
                    evidence=(),
                    source="objective",
                )

    def prices(self) -> int:
        """Return how many bad marks came with a choice than which no other would have brought more in all."""
        best = self._tried.best_choices()
        bad = (one for one in self._history.card.ledger if one.rule == RULE and one.points < 0)
        return sum(self._analysis.decision(one) in best for one in bad)


def _locked_out(history: History) -> Iterator[LockedOut]:
    """Yield each option that partners chose and that was locked to a team when it last decided."""
    found: dict[tuple[str, str], list[LockedOut]] = {}
    now: dict[tuple[str, str], tuple[int, dict[str, str]]] = {}
    for record in history.records:
        event = record.event
        if isinstance(event, e.OptionsLocked):
            now[event.decision, event.team] = (record.seq, dict(event.reasons))
        elif isinstance(event, e.OptionUnlocked) and (event.decision, event.team) in now:
            now[event.decision, event.team][1].pop(event.option, None)
        elif isinstance(event, e.DecisionRecorded | e.AnswerWritten | e.DecisionLapsed):
            seq, locked = now.get((event.decision, event.team), (0, {}))
            found[event.decision, event.team] = [
                _lock(history, (event.decision, event.team, word), why, by, record.at, (seq, record.seq))
                for word, why in locked.items()
                if (by := _chosen_by(history, event.decision, word, event.team))
            ]
    for rows in found.values():
        yield from rows


def _chosen_by(history: History, decision: str, option: str, team: str) -> list[str]:
    asked = history.scenario.decisions[decision].team
    state = history.state.decisions
    others = (one for one in asked if one != team and (decision, one) in state)
    return [history.scenario.teams[one].name for one in others if state[decision, one].option == option]


def _lock(
    history: History,
    locked: tuple[str, str, str],
    why: str,
    by: list[str],
    at: int,
    evidence: tuple[int, ...],
) -> LockedOut:
    decision, team, word = locked
    known, name = history.scenario.decisions[decision], history.scenario.teams[team].name
    option = known.options[word]
    spent = _spent(history, team, at)
    before = f" By then it had spent {spent}." if spent else ""
    return LockedOut(
        team=team,
        text=f"{in_quotes(option.called)} was locked to {name} in {known.code or in_quotes(known.title)} at "
        f"{format_time(at)}, though {listed(by)} chose it: {told_to_others(why, name)}.{before}",
        objectives=tuple(goal for goal in history.scenario.objectives if goal in _good_for(option)),
        evidence=evidence,
    )


def _good_for(option: Option) -> set[str]:
    plain = {goal for goal, points in option.points.items() if points > 0}
    return plain | {goal for part in option.if_ for goal, (points, _) in part.marks.items() if points > 0}


def _spent(history: History, team: str, at: int) -> str:
    """Say what a team had spent at home by then, and on which decisions; what came back is not spent."""
    costs: dict[str, float] = {}
    for change in history.capital:
        event = change.record.event
        if change.team == team and change.record.at < at and isinstance(event, _TAKEN):
            known = history.scenario.decisions[event.decision]
            code = known.code or in_quotes(known.title)
            costs[code] = costs.get(code, 0) - change.change
    spent = {code: cost for code, cost in costs.items() if cost > 0}
    total = sum(spent.values())
    return f"{total:g} on {listed([f'{code} ({cost:g})' for code, cost in spent.items()])}" if spent else ""


def _locked_row(one: LockedOut) -> PlanRow:
    return PlanRow(0, one.text, (one.team,), one.objectives, one.evidence, source="lock")


def _adjusted(entry: LedgerEntry) -> PlanRow:
    return PlanRow(
        0, entry.reason, (entry.team,), (entry.objective,), entry.evidence, marks=1, source="adjustment"
    )


def _observed(observations: Iterable[Observation]) -> Iterator[PlanRow]:
    for item in observations:
        if item.kind == "improvement":
            yield PlanRow(
                number=0,
                issue=item.text,
                teams=(item.team,) if item.team else (),
                objectives=(item.objective,) if item.objective else (),
                evidence=item.evidence,
            )
