"""Compile a scenario once, so that nothing of it is worked out again while it is played."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.exercise.conditions import Deciding, compile_condition
from tabletop.exercise.events import OfferedOption
from tabletop.exercise.state import Limit, Limits, Script
from tabletop.scenario.capital import CapitalNeeded
from tabletop.scenario.conditions import BaseCondition
from tabletop.scenario.options import Option
from tabletop.scenario.scenario import Scenario


def compile_scenario(scenario: Scenario) -> Script:
    """Compile all conditions of the scenario."""
    entries = scenario.timeline
    return Script(
        scenario=scenario,
        places={e.id: place for place, e in enumerate(entries)},
        schedule=tuple(
            sorted(
                (place for place, e in enumerate(entries) if not e.contingency),
                key=lambda place: (-1 if (at := entries[place].at) is None else at, place),
            )
        ),
        by_choices=all(
            e.waits_for is None or (e.since is None and _on_choices(e.waits_for)) for e in entries
        ),
        when={e.id: compile_condition(e.when, scenario) for e in entries if e.when is not None},
        once={e.id: compile_condition(e.once, scenario) for e in entries if e.once is not None},
        since={e.id: compile_condition(e.since, scenario) for e in entries if e.since is not None},
        additions={
            (e.id, index): compile_condition(addition.when, scenario)
            for e in entries
            for index, addition in enumerate(e.inject.additions)
            if addition.when is not None
        },
        asked_when={
            name: compile_condition(decision.when, scenario, Deciding(name, decision.team[0]))
            for name, decision in scenario.decisions.items()
            if decision.when is not None
        },
        right_when={
            (probe.id, letter): compile_condition(answer.when, scenario)
            for probe in scenario.probes
            for letter, answer in probe.answers.items()
            if answer.when is not None
        },
        passes={
            (e.id, card.id, index): compile_condition(rule.when, scenario)
            for e in entries
            for card in e.cards
            for index, rule in enumerate(card.passes)
            if rule.when is not None
        },
        content_hash=scenario.content_hash,
        limits=_limits(scenario),
        upon_choices=frozenset(e.id for e in entries if e.once is not None and _on_choices(e.once)),
        offered={
            name: {word: _offered(word, option) for word, option in decision.options.items()}
            for name, decision in scenario.decisions.items()
        },
    )


def _on_choices(condition: BaseCondition) -> bool:
    """Whether a condition can only change when a choice is made."""
    inner = [one for one, _ in condition.nested(())]
    return all(map(_on_choices, inner)) if inner else condition.about_choices


def _offered(word: str, option: Option) -> OfferedOption:
    return OfferedOption(
        id=word,
        text=option.text,
        tradeoff=option.tradeoff,
        letter=option.code or "",
        title=option.title or "",
        announced=option.announced,
    )


def _limits(scenario: Scenario) -> Mapping[tuple[str, str], Limits]:
    """Return the limits of each decision and team of which an option may be locked."""
    found = {}
    for name, decision in scenario.decisions.items():
        for team in decision.team:
            several = {
                word: _limit(scenario, option, Deciding(name, team))
                for word, option in decision.options.items()
                if option.requires is not None or option.cost is not None or option.keeps
            }
            if several:
                found[name, team] = Limits(
                    several,
                    most=max(max(one.cost or 0, one.needed) for one in several.values()),
                    capital_alone=all(one.test is None and not one.keeps for one in several.values()),
                )
    return found


def _limit(scenario: Scenario, option: Option, deciding: Deciding) -> Limit:
    """Return what an option asks of the team that decides. Capital asks nothing where it is not counted."""
    counts = scenario.score.capital
    cost = -option.capital_for(deciding.team) if counts and option.cost is not None else None
    needed, test = 0, None
    if isinstance(option.requires, CapitalNeeded):
        needed = option.requires.capital if counts else 0
    elif option.requires is not None:
        test = compile_condition(option.requires, scenario, deciding, live=True)
    return Limit(cost, needed, test, option.locked, option.keeps)
