"""Refuse rules that judge the same thing twice by the same measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tabletop.scenario.decisions import Decision
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.problems import quoted
from tabletop.scenario.rules import AnyRule, Bonus, OnDecisions

_NAMING: Final = {"id", "title", "decisions"}
"""What tells rules apart without changing what they look for."""


def refuse_clashes(
    rules: Iterable[tuple[AnyRule, Place]],
    decisions: Mapping[str, Decision],
    participants: Participants,
    findings: Findings,
) -> None:
    """Refuse each rule that judges, by the same measure, what a rule before it judges."""
    alike: dict[str, list[AnyRule]] = {}
    for rule, place in rules:
        # Rules of one scope are compared with one another only, so that many rules cost little.
        before = alike.setdefault(_scope(rule), [])
        clash = next(
            ((one, what) for one in before if (what := _both(one, rule, decisions, participants))), None
        )
        if clash is None:
            before.append(rule)
        else:
            _refuse(*clash, rule, place, findings)


def _both(
    first: AnyRule, second: AnyRule, decisions: Mapping[str, Decision], participants: Participants
) -> str | None:
    """Say what both rules of one scope judge; None if there is no such thing."""
    if isinstance(first, Bonus) and isinstance(second, Bonus):
        return "the same condition" if _targets(first) & _targets(second) else None
    if isinstance(first, OnDecisions) and isinstance(second, OnDecisions):
        both = set(first.judged(decisions, participants.teams)) & set(
            second.judged(decisions, participants.teams)
        )
        return _decisions(word for word in decisions if word in both)
    return "the same thing"


def _refuse(first: AnyRule, about: str, second: AnyRule, place: Place, findings: Findings) -> None:
    same = first.points_by_key() == second.points_by_key()
    ways = "or let them judge different 'decisions'" if isinstance(second, OnDecisions) else "with all points"
    findings.error(
        "conflicting-rules",
        f"rule {quoted(second.id)} judges {about} by the same measure as rule {quoted(first.id)}, "
        + ("so each point would be given twice" if same else "with other points"),
        place / "id",
        hint=f"keep one of the two, {ways}; a rule with the id {quoted(first.id)} in the scenario replaces "
        "its framework's",
    )


def _decisions(words: Iterable[str]) -> str | None:
    """Return ``decision 'label'``; None if there is none."""
    named = [quoted(word) for word in words]
    if not named:
        return None
    return f"decision {named[0]}" if len(named) == 1 else f"decisions {', '.join(named[:3])}"


def _scope(rule: AnyRule) -> str:
    """Return what the rule looks for: all it says but its names and its points."""
    return repr({name: value for name, value in rule if name not in _NAMING and not isinstance(value, dict)})


def _targets(rule: Bonus) -> set[tuple[str, str]]:
    return {(team, objective) for team, effects in rule.points.items() for objective in effects}
