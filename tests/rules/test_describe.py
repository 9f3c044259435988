"""The rules in sentences, for the facilitator to read before play."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.rules.describe import rules_page
from tabletop.rules.kinds import KINDS, kind_of
from tabletop.scenario.scenario import Scenario
from tests.builders import tiny_scenario
from tests.rules.examples import SENTENCES


def scenario(**changes: Any) -> Scenario:
    """The tiny scenario, with a rule of every kind unless told otherwise."""
    rules = [{"id": f"rule-{number}", **rule} for number, (rule, _) in enumerate(SENTENCES)]
    return tiny_scenario(**{"rules": rules, **changes})


def page(known: Scenario) -> list[str]:
    """The page as plain lines."""
    return ["".join(words for words, _ in line) for line in rules_page(known)]


def test_every_kind_is_among_them() -> None:
    """None is forgotten."""
    assert {type(rule) for rule in scenario().rules} == set(KINDS)


@pytest.mark.parametrize("number", range(len(SENTENCES)), ids=[rule["measure"] for rule, _ in SENTENCES])
def test_each_kind_in_a_sentence(number: int) -> None:
    """What is judged, and the points in words."""
    known = scenario()
    assert kind_of(known.rules[number], known).sentence() == SENTENCES[number][1]


def test_a_rule_without_points_says_so() -> None:
    """Rather than nothing."""
    known = scenario(rules=[{"id": "idle", "measure": "third-party"}])
    assert kind_of(known.rules[0], known).sentence() == "It gives no points."


def test_a_rule_is_called_by_its_title_or_its_id() -> None:
    """Ids are made words of."""
    titled = {"id": "caveats", "title": "Sanitise it", "measure": "third-party"}
    known = scenario(rules=[titled, {"id": "give-and-take", "measure": "third-party"}])
    assert [rule.words for rule in known.rules] == ["Sanitise it", "Give and take"]


def test_the_page_names_objectives_lateness_and_capital() -> None:
    """Everything that moves a score, before play."""
    bonus = {"objective": "warning", "score": 60, "points": 1}
    late = {"objective": "share", "points": -1}
    lines = page(scenario(late=late, capital={"start": 5, "reset": 3, "gate-bonus": bonus}))
    assert "  O1 Timely warning data, time-critical" in lines
    assert "  O4 Message consistency" in lines
    text = "\n".join(lines)
    assert "On O1 and O5 a good mark counts only for what is done inside the window." in text
    assert "the marks of deciding nothing stand." in text
    assert "Each team begins with 5." in text
    assert "it is set to 3." in text
    assert "At each gate, a team with a score of 60 or more on O5 gains 1." in text
    assert "Ratings proposed: P from 80, S from 60, M from 40, U below." in text
    assert "  Rule 8" in lines


def test_a_scenario_without_rules_or_haste() -> None:
    """Says that there are none."""
    known = scenario(rules=[])
    assert "  There are none: only the options chosen give marks." in page(known)
    known = known.model_copy(update={"objectives": {"message": known.objectives["message"]}})
    assert "  No objective is time-critical: marks count whenever a decision is taken." in page(known)
