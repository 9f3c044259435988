"""The improvement plan: what went badly, by act and by reason, without the price of good choices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from tabletop.exercise import events as e
from tabletop.report.history import History
from tabletop.report.model.results import ImprovementPlan, Observation, PlanRow
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.scoring import ADJUSTMENT
from tabletop.rules.worth import NONE_RULE, RULE


def improvement_plan(
    history: History, observations: Iterable[Observation], best: Collection[tuple[str, str]]
) -> ImprovementPlan:
    """Return a row for each area for improvement: what people observed, then what gave bad marks.

    Marks of one choice stand in one row, and so do those that several teams have for the same reason. `best`
    are the decisions, each with a team, in which no other option would have brought more: a bad mark there is
    the price of the best choice, and nothing to correct.
    """
    issues: dict[tuple[str, str], list[LedgerEntry]] = {}
    prices = 0
    for entry in history.card.ledger:
        if entry.points >= 0:
            continue
        if entry.rule == RULE and _asked(history, entry) in best:
            prices += 1
            continue
        issues.setdefault((entry.rule, _issue(entry)), []).append(entry)
    order = list(history.scenario.objectives)
    rows = [
        *_observed(observations),
        *(_row(found, order) for found in sorted(issues.values(), key=_heaviest)),
    ]
    return ImprovementPlan(tuple(replace(row, number=index) for index, row in enumerate(rows, 1)), prices)


def _asked(history: History, entry: LedgerEntry) -> tuple[str, str] | None:
    events = (history.records[seq - 1].event for seq in entry.evidence)
    return next(((one.decision, one.team) for one in events if isinstance(one, e.DecisionRecorded)), None)


def _issue(entry: LedgerEntry) -> str:
    """Return what entries have in common that stand in one row: a choice, or a reason."""
    if entry.rule in {RULE, NONE_RULE} and entry.why:
        return entry.reason.removesuffix(f". Reason: {entry.why.rstrip('.')}")
    return entry.why or entry.reason


def _heaviest(found: Sequence[LedgerEntry]) -> tuple[float, int]:
    return sum(entry.points for entry in found), found[0].at


def _row(found: Sequence[LedgerEntry], order: Sequence[str]) -> PlanRow:
    issue = _issue(found[0])
    by_option = found[0].rule in {RULE, NONE_RULE}
    reasons = list(dict.fromkeys(entry.why.rstrip(".") for entry in found if by_option and entry.why))
    word = "Reason" if len(reasons) == 1 else "Reasons"
    goals = {entry.objective for entry in found}
    return PlanRow(
        number=0,
        issue=f"{issue}. {word}: {'; '.join(reasons)}" if reasons else issue,
        teams=tuple(dict.fromkeys(entry.team for entry in found)),
        objectives=tuple(goal for goal in order if goal in goals),
        evidence=tuple(sorted({number for entry in found for number in entry.evidence})),
        marks=len(found),
        source="adjustment" if found[0].rule == ADJUSTMENT else "rule",
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
