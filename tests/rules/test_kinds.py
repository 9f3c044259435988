"""Every shape of a rule has one kind, and a kind answers everything it may be asked."""

from __future__ import annotations

from inspect import isclass
from typing import Any, get_args

import pytest

from tabletop.rules.kind import RuleKind, register
from tabletop.rules.kinds import KINDS, MODULES
from tabletop.rules.kinds.third_party import ThirdPartyKind
from tabletop.scenario.rules import AnyRule, Rule, ThirdParty
from tests.builders import tiny_scenario
from tests.rules.measured import measured_scenario

ANSWERS = sorted(RuleKind.__abstractmethods__)


def test_every_shape_has_one_kind_and_every_module_holds_one() -> None:
    assert set(KINDS) == set(get_args(get_args(AnyRule)[0]))
    held = [
        [
            thing
            for thing in vars(module).values()
            if isclass(thing) and issubclass(thing, RuleKind) and thing.__module__ == module.__name__
        ]
        for module in MODULES
    ]
    assert [len(kinds) for kinds in held] == [1] * len(KINDS)
    assert {kind for kinds in held for kind in kinds} == set(KINDS.values())


def test_a_module_is_called_as_authors_call_its_kind() -> None:
    for shape, kind in KINDS.items():
        [measure] = get_args(shape.model_fields["measure"].annotation)
        assert kind.__module__ == f"tabletop.rules.kinds.{measure.replace('-', '_')}"


def test_the_property_tests_play_with_every_kind() -> None:
    assert {type(rule) for rule in measured_scenario().rules} == set(KINDS)


class Shape(Rule):
    """A shape that no author can write."""


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_kind_that_leaves_out_an_answer_cannot_be_made(answer: str) -> None:
    forgetful: Any = type("Forgetful", (ThirdPartyKind,), {answer: getattr(RuleKind, answer)})
    with pytest.raises(TypeError, match=f"Forgetful leaves out {answer}"):
        register(Shape)(forgetful)
    assert Shape not in KINDS
    scenario = tiny_scenario(rules=[{"id": "x", "measure": "third-party"}])
    with pytest.raises(TypeError, match=answer):
        forgetful(scenario.rules[0], scenario)


def test_a_shape_gets_no_second_kind() -> None:
    with pytest.raises(TypeError, match="ThirdParty already has a kind: ThirdPartyKind"):
        register(ThirdParty)(ThirdPartyKind)
