"""Compile the conditions of `tabletop.scenario.conditions` to closures over the state.

Each closure takes the state and a game time, and considers only what had happened *by that time*, which
makes ``by`` exact.
"""

from __future__ import annotations

from functools import singledispatch

from tabletop.exercise.state import DecisionState, Exercise, Predicate, Script
from tabletop.scenario import conditions as c
from tabletop.scenario.base import Part
from tabletop.scenario.content import NONE, CapitalLeft
from tabletop.scenario.scenario import Scenario


def compile_scenario(scenario: Scenario) -> Script:
    """Compile all conditions of the scenario."""
    entries = scenario.timeline
    return Script(
        scenario=scenario,
        when={e.id: compile_condition(e.when, scenario) for e in entries if e.when is not None},
        once={e.id: compile_condition(e.once, scenario) for e in entries if e.once is not None},
        additions={
            (e.id, index): compile_condition(addition.when, scenario)
            for e in entries
            for index, addition in enumerate(e.inject.additions)
            if addition.when is not None
        },
        asked_when={
            name: compile_condition(decision.when, scenario)
            for name, decision in scenario.decisions.items()
            if decision.when is not None
        },
        required={
            (name, option, team): compile_condition(part.requires, scenario)
            for name, decision in scenario.decisions.items()
            for option, part in decision.options.items()
            if part.requires is not None and not isinstance(part.requires, CapitalLeft)
            for team in decision.team
        },
        passes={
            (e.id, card.id, index): compile_condition(rule.when, scenario)
            for e in entries
            for card in e.cards
            for index, rule in enumerate(card.passes)
            if rule.when is not None
        },
        content_hash=scenario.content_hash,
        lockable=frozenset(
            name
            for name, decision in scenario.decisions.items()
            for option in decision.options.values()
            if option.requires is not None or option.cost is not None
        ),
    )


def compile_condition(condition: Part, scenario: Scenario) -> Predicate:
    """Return a closure that evaluates the condition; `scenario` gives each decision's teams and labels."""
    return _compile(condition, scenario)


@singledispatch
def _compile(condition: Part, scenario: Scenario) -> Predicate:
    raise TypeError(f"unknown condition {type(condition).__name__}")


@_compile.register(c.All)
def _(condition: c.All, scenario: Scenario) -> Predicate:
    tests = [_compile(inner, scenario) for inner in condition.all]
    return lambda state, now: all(test(state, now) for test in tests)


@_compile.register(c.AnyOf)
def _(condition: c.AnyOf, scenario: Scenario) -> Predicate:
    tests = [_compile(inner, scenario) for inner in condition.any]
    return lambda state, now: any(test(state, now) for test in tests)


@_compile.register(c.Not)
def _(condition: c.Not, scenario: Scenario) -> Predicate:
    test = _compile(condition.not_, scenario)
    return lambda state, now: not test(state, now)


@_compile.register(c.By)
def _(condition: c.By, scenario: Scenario) -> Predicate:
    test, deadline = _compile(condition.by.that, scenario), condition.by.at
    return lambda state, now: test(state, min(now, deadline))


def _choice(asked: DecisionState | None, now: int) -> str:
    """Return the option recorded by that time, or ``none``; empty if it is in words that are no option.

    An amended decision keeps only the time of its amendment, and counts from then on.
    """
    if asked is None or asked.decided_at is None or asked.decided_at > now:
        return NONE
    return asked.option or ""


def _choices(state: Exercise, decision: str, teams: tuple[str, ...], now: int) -> list[str]:
    return [_choice(state.decisions.get((decision, team)), now) for team in teams]


def _teams(scenario: Scenario, decision: str) -> tuple[str, ...]:
    return scenario.decisions[decision].team


def _team_choice(choice: c.TeamChoice, scenario: Scenario) -> Predicate:
    teams = _teams(scenario, choice.decision) if choice.by is None else (choice.by,)
    options = frozenset(choice.options)
    return lambda state, now: any(taken in options for taken in _choices(state, choice.decision, teams, now))


@_compile.register(c.Chose)
def _(condition: c.Chose, scenario: Scenario) -> Predicate:
    if isinstance(condition.chose, c.TeamChoice):
        return _team_choice(condition.chose, scenario)
    wanted = [(name, _teams(scenario, name), frozenset(options)) for name, options in condition.chose.items()]
    return lambda state, now: all(
        any(choice in options for choice in _choices(state, name, teams, now))
        for name, teams, options in wanted
    )


@_compile.register(c.EveryoneChose)
def _(condition: c.EveryoneChose, scenario: Scenario) -> Predicate:
    items = condition.everyone_chose.items()
    wanted = [(name, _teams(scenario, name), frozenset(options)) for name, options in items]
    return lambda state, now: all(
        all(choice in options for choice in _choices(state, name, teams, now))
        for name, teams, options in wanted
    )


@_compile.register(c.Decided)
def _(condition: c.Decided, scenario: Scenario) -> Predicate:
    wanted = [(name, _teams(scenario, name)) for name in condition.decided]
    return lambda state, now: all(NONE not in _choices(state, name, teams, now) for name, teams in wanted)


@_compile.register(c.OnTime)
def _(condition: c.OnTime, scenario: Scenario) -> Predicate:
    wanted = [(name, team) for name in condition.on_time for team in _teams(scenario, name)]

    def on_time(state: Exercise, now: int) -> bool:
        asked = [state.decisions.get(key) for key in wanted]
        return all(_choice(one, now) != NONE and one is not None and not one.late for one in asked)

    return on_time


@_compile.register(c.Shared)
def _(condition: c.Shared, scenario: Scenario) -> Predicate:
    card, givers = (
        condition.shared.card,
        (condition.shared.by,) if condition.shared.by else tuple(scenario.teams),
    )
    receivers = condition.shared.with_
    every = receivers is not None

    def shared(state: Exercise, now: int) -> bool:
        def reached(team: str) -> bool:
            times = (state.given.get((giver, team, card)) for giver in givers)
            return any(_by(at, now) for at in times)

        return (all if every else any)(reached(team) for team in receivers or scenario.teams)

    return shared


@_compile.register(c.Consulted)
def _(condition: c.Consulted, scenario: Scenario) -> Predicate:
    team = condition.consulted.by
    pairs = [(min(team, partner), max(team, partner)) for partner in condition.consulted.with_]
    return lambda state, now: all(_by(state.first_consulted.get(pair), now) for pair in pairs)


@_compile.register(c.Stated)
def _(condition: c.Stated, scenario: Scenario) -> Predicate:
    key = (condition.stated.by, condition.stated.label or "")
    return lambda state, now: _by(state.first_stated.get(key), now)


def _by(at: int | None, now: int) -> bool:
    return at is not None and at <= now


@_compile.register(c.Labels)
def _(condition: c.Labels, scenario: Scenario) -> Predicate:
    decision, same = condition.labels.decision, condition.labels.are == "same"
    options, teams = scenario.decisions[decision].options, _teams(scenario, decision)

    def labels(state: Exercise, now: int) -> bool:
        chosen = _choices(state, decision, teams, now)
        found = [options[choice].label if choice in options else None for choice in chosen]
        if same:
            return None not in found and len(set(found)) == 1
        return len(set(found) - {None}) > 1

    return labels


@_compile.register(c.Released)
def _(condition: c.Released, scenario: Scenario) -> Predicate:
    entries = condition.released

    def released(state: Exercise, now: int) -> bool:
        times = (state.inject(entry).released_at for entry in entries)
        return all(_by(at, now) for at in times)

    return released
