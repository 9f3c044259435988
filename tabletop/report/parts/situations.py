"""Every situation that could move a score, also without a mark: a bar can be added up by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.report.model.decided import ExplainedSituation
from tabletop.report.parts.evidence import Evidence
from tabletop.report.parts.rules import rule_title
from tabletop.rules.ledger import Situation
from tabletop.rules.worth import RULE
from tabletop.scenario.quantities import Moment, Points


def situations_by_score(
    found: Sequence[Situation], state: Exercise, evidence: Evidence
) -> Mapping[tuple[str, str], tuple[ExplainedSituation, ...]]:
    """Return the situations by team and objective, in the order of the exercise."""
    by_score: dict[tuple[str, str], list[ExplainedSituation]] = {}
    for one in found:
        by_score.setdefault((one.team, one.objective), []).append(_explained(one, state, evidence))
    return {key: tuple(sorted(several, key=_when)) for key, several in by_score.items()}


def _when(one: ExplainedSituation) -> tuple[bool, int]:
    return (one.at is None, one.at or 0)


def _explained(one: Situation, state: Exercise, evidence: Evidence) -> ExplainedSituation:
    if one.key[0] == RULE:
        at, source, what = _of_decision(one, state, evidence)
    else:
        at, source, what = _of_rule(one, state)
    best, worst = Points(one.span.best), Points(one.span.worst)
    return ExplainedSituation(at, source, what, Points(one.points), best, worst)


def _of_decision(one: Situation, state: Exercise, evidence: Evidence) -> tuple[Moment | None, str, str]:
    _, name, team = one.key
    decision, asked = state.script.scenario.decisions[name], state.decisions[name, team]
    what = "nothing was decided"
    if asked.option is not None:
        what = f"chose {in_quotes(decision.options[asked.option].called)}"
    elif asked.words:
        what = "answered in its own words"
    at = asked.decided_at if asked.decided_at is not None else evidence.record(asked.seq).at
    return Moment(at), decision.code or decision.title, what


def _of_rule(one: Situation, state: Exercise) -> tuple[Moment | None, str, str]:
    scenario, (rule, *about) = state.script.scenario, one.key
    title = rule_title(scenario, rule)
    if one.entries:
        entry = one.entries[0]
        return Moment(entry.at), title, entry.facts or entry.reason
    if one.unmarked:
        return None, title, one.unmarked
    phases = {phase.id: phase.title for phase in scenario.phases}
    known = {word: card.title for word, card in scenario.cards.items()} | phases
    words = [in_quotes(known[word]) for word in about if word in known]
    return None, title, f"neither good nor bad{': ' if words else ''}{', '.join(words)}"
