"""Decisions whose outcome, audience or dilemma the author may have forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.rules.marks import extremes
from tabletop.scenario.decisions import Decision
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import Place, problem_at
from tabletop.scenario.options import Option
from tabletop.scenario.outcomes import Outcome
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.prose import listed


def without_none(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each decision that does not say what it means when nobody decides."""
    for word, decision in loaded.scenario.decisions.items():
        if decision.none is None:
            yield problem_at(
                loaded.places["decision", word],
                "no-none",
                f"decision {quoted(word)} does not say what it means when nobody decides",
                hint="add 'none' with the effects of silence; 'none: {}' says that there are none",
                at_key=True,
                severity="warning",
            )


def without_choice(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each decision with a single option."""
    for word, decision in loaded.scenario.decisions.items():
        if len(decision.options) == 1:
            yield problem_at(
                loaded.places["decision", word] / "options",
                "one-option",
                f"decision {quoted(word)} has one option: there is nothing to decide",
                hint="add an option, or tell the teams in the inject what happens",
                at_key=True,
                severity="warning",
            )


def without_reason(loaded: Loaded) -> Iterator[Problem]:
    """Warn of points without a reason, in a scenario that gives reasons elsewhere."""
    outcomes = list(_outcomes(loaded))
    if not any(outcome.good or outcome.bad for _, outcome in outcomes):
        return
    for place, outcome in outcomes:
        goals = [quoted(goal) for goal, points in outcome.effects.items() if points]
        if goals:
            yield problem_at(
                place / "effects",
                "no-reason",
                f"points for {listed(goals)} have no reason",
                hint="write 'good' or 'bad' with a reason of at most 12 words in place of the number",
                at_key=True,
                severity="warning",
            )


def _outcomes(loaded: Loaded) -> Iterator[tuple[Place, Outcome]]:
    """Yield every option, and what it means when nobody decides."""
    for word, decision in loaded.scenario.decisions.items():
        place = loaded.places["decision", word]
        for name, option in decision.options.items():
            yield place / "options" / name, option
        if decision.none is not None:
            yield place / "none", decision.none


def unasked_teams(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each team that has to decide on an inject it does not receive."""
    scenario = loaded.scenario
    for entry in scenario.timeline:
        for word in entry.decisions:
            blind = [team for team in scenario.decisions[word].team if team not in entry.inject.to]
            if blind:
                yield problem_at(
                    loaded.places["entry", entry.id] / "decision",
                    "decides-blind",
                    f"{', '.join(blind)} must take decision {quoted(word)} without receiving this inject",
                    hint="address the inject to them too, or put the decision with another inject",
                    severity="warning",
                )


def without_dilemma(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each option that gives up nothing its siblings give, and costs no more."""
    better = "better on one, and costs no more" if loaded.scenario.has_capital else "and better on one"
    cost = "let it cost something ('cost: 1'), or " if loaded.scenario.score.capital else ""
    hint = f"{cost}let another do better somewhere"
    for word, decision in loaded.scenario.decisions.items():
        best = next(filter(None, (_free_lunch(decision, team) for team in decision.team)), None)
        if best is not None:
            yield problem_at(
                loaded.places["decision", word] / "options" / best,
                "no-dilemma",
                f"decision {quoted(word)} is no dilemma: option {quoted(best)} is at least as good as the "
                f"others on every objective, {better}",
                hint=hint,
                at_key=True,
                severity="warning",
            )


def _free_lunch(decision: Decision, team: str) -> str | None:
    """Return the option that a team has no reason not to take, if there is one."""
    for word, option in decision.options.items():
        siblings = [other for name, other in decision.options.items() if name != word]
        if all(_as_good(option, other, team) for other in siblings) and any(
            _better(option, other, team) for other in siblings
        ):
            return word
    return None


def _as_good(option: Option, other: Option, team: str) -> bool:
    return option.capital_for(team) >= other.capital_for(team) and all(
        mine >= theirs for mine, theirs in _pairs(option, other, team)
    )


def _better(option: Option, other: Option, team: str) -> bool:
    return any(mine > theirs for mine, theirs in _pairs(option, other, team))


def _pairs(option: Option, other: Option, team: str) -> Iterator[tuple[float, float]]:
    """Yield the worst points of one and the best of the other on every objective that either moves."""
    *_, mine = extremes(option, team)
    theirs = next(extremes(other, team))
    for goal in mine.keys() | theirs.keys():
        yield mine.get(goal, 0.0), theirs.get(goal, 0.0)
