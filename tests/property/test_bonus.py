"""A bonus that is always judged is given exactly while its condition holds, whatever the condition asks."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from tabletop.exercise.apply import apply, create
from tabletop.exercise.conditions import compile_condition
from tabletop.exercise.events import InjectReleased
from tabletop.rules.scoring import Scorer
from tabletop.scenario.rules import Bonus
from tests.rules.measured import PLAYS, Plan, measured_scenario, play

CONDITIONS: tuple[dict[str, Any], ...] = (
    {"chose": {"alert": ["quiet"]}},
    {"chose": {"decision": "name-it", "options": ["missile"], "by": "seoul"}},
    {"not": {"chose": {"push-track": ["both"]}}},
    {"everyone-chose": {"name-it": ["missile"]}},
    {"decided": "push-track"},
    {"on-time": "name-it"},
    {"labels": {"decision": "name-it", "are": "same"}},
    {"held": {"card": "track", "by": "tokyo"}},
    {"shared": {"card": "flash", "with": ["washington"]}},
    {"not": {"shared": "track"}},
    {"consulted": {"by": "tokyo", "with": ["seoul"]}},
    {"stated": {"by": "seoul"}},
    {"released": "sighting"},
    {"capital": {"team": "seoul", "at-least": 7}},
    {"capital": {"team": "washington", "at-least": 6}},
    {"observed": "name-it"},
    {"observed": {"team": "tokyo", "kind": "strength"}},
    {"by": {"at": "T+9", "that": {"stated": {"by": "tokyo"}}}},
)
RULES = [
    {"id": f"b{number}", "measure": "bonus", "when": when, "points": {"tokyo": {"share": 1}}}
    for number, when in enumerate(CONDITIONS)
]


@given(PLAYS)
@settings(max_examples=40)
def test_a_bonus_is_given_exactly_while_its_condition_holds(plan: Plan) -> None:
    game, _ = play(plan)
    scenario = measured_scenario(rules=RULES)
    scorer, state = Scorer(scenario), create(game.records[0])
    bonuses = [rule for rule in scenario.rules if isinstance(rule, Bonus)]
    tests = {rule.id: (rule, compile_condition(rule.when, scenario)) for rule in bonuses}
    begun = False
    for record in game.records[1:]:
        state = apply(state, record)
        scorer.see(record, state)
        begun = begun or isinstance(record.event, InjectReleased)
        if not begun:
            continue
        given_now = {entry.rule for entry in scorer.ledger()} & tests.keys()
        for name, (rule, test) in tests.items():
            named = {one.word for one in rule.when.references() if one.kind == "decision"}
            cards = {one.word for one in rule.when.references() if one.kind == "card"}
            put = named <= {decision for decision, _ in state.decisions}
            known = cards <= {card for _, card in state.hands}
            holds = put and known and test(state, record.at)
            assert (name in given_now) == holds, (rule.when, record)
