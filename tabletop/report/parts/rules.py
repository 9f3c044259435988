"""What each rule gave and took, and what the rules that compare teams found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.report.history import History
from tabletop.report.model.outline import RuleUse
from tabletop.report.model.results import RuleResult
from tabletop.rules.ledger import LedgerEntry
from tabletop.rules.scoring import ADJUSTMENT
from tabletop.rules.worth import NONE_RULE, RULE
from tabletop.scenario.quantities import Moment, Points
from tabletop.scenario.scenario import Scenario

_TITLES = {
    RULE: "Marks of the options chosen",
    NONE_RULE: "Decisions that nobody took",
    ADJUSTMENT: "Adjustments by people",
}


def rule_uses(history: History) -> Iterator[RuleUse]:
    """Yield every rule in the ledger: those of all scenarios first, then the scenario's own in its order."""
    points: dict[str, list[float]] = {}
    for entry in history.card.ledger:
        points.setdefault(entry.rule, []).append(entry.points)
    order = [*_TITLES, *(rule.id for rule in history.scenario.rules)]
    for rule in sorted(points, key=lambda name: (order.index(name) if name in order else len(order), name)):
        yield RuleUse(
            id=rule,
            title=rule_title(history.scenario, rule),
            entries=len(points[rule]),
            gained=Points(sum(value for value in points[rule] if value > 0)),
            lost=Points(sum(value for value in points[rule] if value < 0)),
        )


def rule_title(scenario: Scenario, rule: str) -> str:
    """Return what a rule is called; a rule of the scenario's own by its title or else its id."""
    own = next((item.title for item in scenario.rules if item.id == rule), None)
    return _TITLES.get(rule) or own or rule.replace("-", " ").capitalize()


def crossings(history: History) -> tuple[RuleResult, ...]:
    """Return what the scenario's own rules found, in the order of the log; for several teams only once."""
    found: dict[tuple[str, str, tuple[int, ...], float], list[LedgerEntry]] = {}
    for entry in history.card.ledger:
        if entry.rule not in _TITLES:
            found.setdefault((entry.rule, entry.reason, entry.evidence, entry.points), []).append(entry)
    return tuple(
        RuleResult(
            rule=rule,
            title=rule_title(history.scenario, rule),
            at=Moment(entries[0].at),
            text=reason,
            points=Points(points),
            teams=_each((entry.team for entry in entries), history.scenario.teams),
            objectives=_each((entry.objective for entry in entries), history.scenario.objectives),
            evidence=evidence,
        )
        for (rule, reason, evidence, points), entries in found.items()
    )


def _each(words: Iterable[str], order: Iterable[str]) -> tuple[str, ...]:
    """Return the words, each once, in the order of the scenario."""
    known = set(words)
    return tuple(word for word in order if word in known)
