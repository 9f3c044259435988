"""Compile the conditions of `tabletop.scenario.conditions` to closures over the state.

Each closure takes the state and a game time, and considers only what had happened *by that time*, which
makes ``by`` exact. A condition that belongs to a decision is told which, and the team that decides: then
only what had happened when the team decided counts, except of choices, which count until both are closed.
"""

from __future__ import annotations

from functools import singledispatch
from typing import NamedTuple

from tabletop.exercise.state import DecisionState, Exercise, ObservationState, Predicate
from tabletop.scenario import conditions as c
from tabletop.scenario.base import ALL, NONE
from tabletop.scenario.scenario import Scenario


class Deciding(NamedTuple):
    """The decision to which a condition belongs, and the team that takes it."""

    decision: str
    team: str


class _Context(NamedTuple):
    scenario: Scenario
    deciding: Deciding | None
    live: bool = False
    """Whether it asks what is so now, although the team may have decided before."""

    @property
    def team(self) -> str:
        """The team that decides."""
        return self.decided.team

    @property
    def decided(self) -> Deciding:
        """The decision and its team; linking has refused conditions about them where there are none."""
        if self.deciding is None:
            raise ValueError("no team decides here")
        return self.deciding


def compile_condition(
    condition: c.BaseCondition,
    scenario: Scenario,
    deciding: Deciding | None = None,
    *,
    live: bool = False,
) -> Predicate:
    """Return a closure that evaluates the condition; `scenario` gives each decision's teams and labels.

    `deciding` says which team takes which decision, for a condition of an option or a decision. A `live` one
    asks what is so now, as for an option that the team may still amend its decision to.
    """
    return _compile(condition, _Context(scenario, deciding, live))


def _compile(condition: c.BaseCondition, context: _Context) -> Predicate:
    test, deciding = _test(condition, context), context.deciding
    joined = next(condition.nested(()), None) is not None
    if deciding is None or context.live or condition.about_choices or joined:
        return test
    return lambda state, now: test(state, min(now, _taken_at(state.decision(*deciding), now)))


def _taken_at(asked: DecisionState | None, now: int) -> int:
    """Return when a decision was taken or ran out, or now if it is still to be taken."""
    if asked is None or asked.open:
        return now
    return asked.due if asked.decided_at is None else asked.decided_at


@singledispatch
def _test(condition: c.BaseCondition, context: _Context) -> Predicate:
    raise TypeError(f"unknown condition {type(condition).__name__}")


@_test.register(c.All)
def _(condition: c.All, context: _Context) -> Predicate:
    tests = [_compile(inner, context) for inner in condition.all]
    return lambda state, now: all(test(state, now) for test in tests)


@_test.register(c.AnyOf)
def _(condition: c.AnyOf, context: _Context) -> Predicate:
    tests = [_compile(inner, context) for inner in condition.any]
    return lambda state, now: any(test(state, now) for test in tests)


@_test.register(c.Not)
def _(condition: c.Not, context: _Context) -> Predicate:
    test = _compile(condition.not_, context)
    return lambda state, now: not test(state, now)


@_test.register(c.By)
def _(condition: c.By, context: _Context) -> Predicate:
    test, deadline = _compile(condition.by.that, context), condition.by.at
    return lambda state, now: test(state, min(now, deadline))


def _choice(asked: DecisionState | None, now: int) -> str:
    """Return the option recorded by that time, or ``none``; empty if it is in words that are no option.

    An amended decision keeps only the time of its amendment, and counts from then on.
    """
    if asked is None or asked.decided_at is None or asked.decided_at > now:
        return NONE
    return asked.option or ""


_Keys = tuple[tuple[str, str], ...]
"""Decisions, each with a team."""


def _choices(state: Exercise, asked: _Keys, now: int) -> list[str]:
    return [_choice(state.decision(*key), now) for key in asked]


def _teams(scenario: Scenario, decision: str) -> _Keys:
    return tuple((decision, team) for team in scenario.decisions[decision].team)


def _team_choice(choice: c.TeamChoice, context: _Context) -> Predicate:
    asked = (
        _teams(context.scenario, choice.decision) if choice.by is None else ((choice.decision, choice.by),)
    )
    options = frozenset(choice.options)
    return lambda state, now: any(taken in options for taken in _choices(state, asked, now))


@_test.register(c.Chose)
def _(condition: c.Chose, context: _Context) -> Predicate:
    if isinstance(condition.chose, c.TeamChoice):
        return _team_choice(condition.chose, context)
    items = condition.chose.items()
    wanted = [(_teams(context.scenario, name), frozenset(options)) for name, options in items]
    return lambda state, now: all(
        any(choice in options for choice in _choices(state, asked, now)) for asked, options in wanted
    )


@_test.register(c.EveryoneChose)
def _(condition: c.EveryoneChose, context: _Context) -> Predicate:
    items = condition.everyone_chose.items()
    wanted = [(_teams(context.scenario, name), frozenset(options)) for name, options in items]
    return lambda state, now: all(
        all(choice in options for choice in _choices(state, asked, now)) for asked, options in wanted
    )


@_test.register(c.Decided)
def _(condition: c.Decided, context: _Context) -> Predicate:
    wanted = [_teams(context.scenario, name) for name in condition.decided]
    return lambda state, now: all(NONE not in _choices(state, asked, now) for asked in wanted)


@_test.register(c.OnTime)
def _(condition: c.OnTime, context: _Context) -> Predicate:
    wanted = [key for name in condition.on_time for key in _teams(context.scenario, name)]

    def on_time(state: Exercise, now: int) -> bool:
        asked = [state.decision(*key) for key in wanted]
        return all(_choice(one, now) != NONE and one is not None and not one.late for one in asked)

    return on_time


@_test.register(c.Partners)
def _(condition: c.Partners, context: _Context) -> Predicate:
    decision, team = context.decided
    partners = tuple(key for key in _teams(context.scenario, decision) if key[1] != team)
    options, at_least = frozenset(condition.partners.options), condition.partners.at_least

    def chosen(state: Exercise, now: int) -> bool:
        count = sum(choice in options for choice in _choices(state, partners, now))
        return count >= (len(partners) if at_least is None else at_least)

    return chosen


@_test.register(c.Held)
def _(condition: c.Held, context: _Context) -> Predicate:
    key = (condition.held.by or context.team, condition.held.card)

    def held(state: Exercise, now: int) -> bool:
        card = state.hands.get(key)
        return card is not None and card.at <= now

    return held


@_test.register(c.Shared)
def _(condition: c.Shared, context: _Context) -> Predicate:
    card, givers = (
        condition.shared.card,
        (condition.shared.by,) if condition.shared.by else tuple(context.scenario.teams),
    )
    receivers = condition.shared.with_
    every = receivers is not None

    def shared(state: Exercise, now: int) -> bool:
        def reached(team: str) -> bool:
            times = (state.given.get((giver, team, card)) for giver in givers)
            return any(_by(at, now) for at in times)

        return (all if every else any)(reached(team) for team in receivers or context.scenario.teams)

    return shared


@_test.register(c.Consulted)
def _(condition: c.Consulted, context: _Context) -> Predicate:
    team = condition.consulted.by
    if team is None:
        return _asked(condition.consulted.with_, context)
    pairs = [(min(team, partner), max(team, partner)) for partner in condition.consulted.with_]
    return lambda state, now: all(_by(state.first_consulted.get(pair), now) for pair in pairs)


def _asked(named: tuple[str, ...], context: _Context) -> Predicate:
    """Return whether the team that decides asked each partner and was answered, in the decision's phase."""
    team = context.team
    partners = context.scenario.partners(team) if ALL in named else named

    def asked(state: Exercise, now: int) -> bool:
        decision = state.decision(*context.decided)
        phase = state.phase if decision is None else decision.phase
        answered = {
            partner
            for consult in state.consults.values()
            if consult.by == team and consult.phase == phase
            for partner, at in consult.answers.items()
            if at <= now
        }
        return all(partner in answered for partner in partners if partner != team)

    return asked


@_test.register(c.Stated)
def _(condition: c.Stated, context: _Context) -> Predicate:
    key = (condition.stated.by, condition.stated.label or "")
    return lambda state, now: _by(state.first_stated.get(key), now)


def _by(at: int | None, now: int) -> bool:
    return at is not None and at <= now


@_test.register(c.Labels)
def _(condition: c.Labels, context: _Context) -> Predicate:
    decision, same = condition.labels.decision, condition.labels.are == "same"
    options, asked = context.scenario.decisions[decision].options, _teams(context.scenario, decision)

    def labels(state: Exercise, now: int) -> bool:
        chosen = _choices(state, asked, now)
        found = [options[choice].label if choice in options else None for choice in chosen]
        if same:
            return None not in found and len(set(found)) == 1
        return len(set(found) - {None}) > 1

    return labels


@_test.register(c.Released)
def _(condition: c.Released, context: _Context) -> Predicate:
    entries = condition.released

    def released(state: Exercise, now: int) -> bool:
        times = (state.inject(entry).released_at for entry in entries)
        return all(_by(at, now) for at in times)

    return released


@_test.register(c.CapitalHeld)
def _(condition: c.CapitalHeld, context: _Context) -> Predicate:
    team, at_least = condition.capital.team or context.team, condition.capital.at_least
    deciding = context.deciding

    def enough(state: Exercise, now: int) -> bool:
        asked = state.decision(*deciding) if deciding is not None else None
        if asked is None or asked.had is None:
            return state.accounts[team].left_at(now) >= at_least
        # The decision's own cost comes after the question whether the team can afford it.
        if not context.live:
            return asked.had[team].left_at(now) >= at_least
        own = asked.charged(asked.capital) if team == context.team else 0
        return state.accounts[team].capital - own >= at_least

    return enough


@_test.register(c.Observed)
def _(condition: c.Observed, context: _Context) -> Predicate:
    wanted = condition.observed

    def alike(seen: ObservationState, now: int) -> bool:
        return (
            wanted.action is None
            and seen.at <= now
            and wanted.about in (None, seen.about)
            and wanted.team in (None, seen.team)
            and wanted.objective in (None, seen.objective)
            and wanted.kind in (None, seen.kind)
        )

    def ticked(state: Exercise, now: int) -> bool:
        """Return whether anybody saw an expected action of the entry done, whatever others saw.

        A tick has no kind and objective.
        """
        return (wanted.kind, wanted.objective) == (None, None) and any(
            tick.done
            and tick.at <= now
            and entry == wanted.about
            and wanted.action in (None, number)
            and (wanted.team is None or team in (wanted.team, ""))
            for (entry, number, team, _), tick in state.ticks.items()
        )

    def observed(state: Exercise, now: int) -> bool:
        return any(alike(seen, now) for seen in state.observations.values()) or ticked(state, now)

    return observed
