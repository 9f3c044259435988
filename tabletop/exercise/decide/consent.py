"""Decide commands about consent to the rules and objectives."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import Exercise
from tabletop.scenario.scenario import Scenario


def show_rules(state: Exercise, command: c.ShowRules, seat: str, now: int) -> list[e.Event]:
    """Show the rules and objectives to everybody, once."""
    if state.consent is not None:
        raise RefusedError("the rules and objectives are shown already", NOTHING_TO_DO)
    return [rules_to_show(state.script.scenario, state.script.content_hash)]


def initial(state: Exercise, command: c.Initial, seat: str, now: int) -> list[e.Event]:
    """Record a team's initials; they stand in place of earlier ones."""
    if state.consent is None:
        raise RefusedError("the rules and objectives have not been shown", "not-shown")
    given = state.consent.initials.get(seat)
    if given is not None and given.name == command.name:
        raise RefusedError("these initials are recorded already", NOTHING_TO_DO)
    return [e.RulesInitialled(team=seat, name=command.name, hash=state.consent.hash)]


def rules_to_show(scenario: Scenario, content_hash: str) -> e.RulesShown:
    """Return what players may read of the rules: nothing that tells of the story, and no option's marks."""
    return e.RulesShown(
        ground_rules=scenario.ground_rules,
        objectives=tuple(
            e.ShownObjective(
                code=goal.code, title=goal.title, why=goal.why or "", time_critical=goal.time_critical
            )
            for goal in scenario.objectives.values()
        ),
        marks=tuple(_marks(scenario)),
        rules=tuple(rule.words for rule in scenario.rules if not rule.tells_the_story),
        hash=content_hash,
    )


def _marks(scenario: Scenario) -> Iterator[str]:
    yield (
        "An option may be good or bad for an objective. Nobody sees for which before ENDEX; then everybody "
        "reads the marks."
    )
    yield "Deciding nothing is a choice too, and has marks of its own."
    if any(goal.time_critical for goal in scenario.objectives.values()):
        yield "On an objective that is time-critical, what is good counts if it is done in time."
    if scenario.has_capital:
        yield "Domestic capital closes options. It never changes a mark."
