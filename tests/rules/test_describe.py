"""The rules in sentences: every kind says what it judges and what it gives."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from tabletop.rules.describe import rule_title, rules_page
from tabletop.rules.kinds import kind_of
from tabletop.scenario.rules import AnyRule
from tabletop.scenario.scenario import Scenario
from tests.builders import tiny_scenario

RULES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "same-label", "same": {"message": 2}, "differ": {"message": -1}, "decisions": "name-it"},
        "On D3. All teams use the same label: +2 on O4 to each. "
        "All use a label and no two are the same: −1 on O4 to each.",
    ),
    (
        {"measure": "consulted-before", "done": {"message": 1}, "undone": {"message": -1}},
        "Judged when a team first speaks in public in a phase. It has consulted every partner in that phase "
        "before: +1 on O4. It has not: −1 on O4.",
    ),
    (
        {"measure": "reciprocity", "balanced": {"share": 1}, "hoarded": {"share": -2}},
        "Judged for each team at the end of each phase. Cards shared and cards received differ by at most 1: "
        "+1 on O1. 3 or more received and none shared: −2 on O1.",
    ),
    (
        {"measure": "caveat-kept", "tags": ["data", "sensor"], "broken": {"warning": -1}},
        "A card tagged data or sensor shared unsanitised: −1 on O5, once a card and team.",
    ),
    (
        {"measure": "third-party", "broken": {"share": -1, "warning": -2}},
        "Another team's card passed on without its leave: −1 on O1 and −2 on O5.",
    ),
    (
        {"measure": "contradictory-warning", "within": "10 min", "conflict": {"message": -1}},
        "Two teams tell the public of one area different things within 10 min: −1 on O4 to both.",
    ),
    (
        {"measure": "joint-choice", "joint": {"message": 1}, "dissent": {"message": -1}},
        "All teams choose the same option, or options that go together: +1 on O4 to each. "
        "Exactly one of three or more differs: −1 on O4 to that one.",
    ),
    (
        {"measure": "free-rider", "rode": {"message": -1}},
        "All teams but one choose an option tagged full, and that one an option tagged defers: "
        "−1 on O4 to that one.",
    ),
    (
        {"measure": "nobody-came"},
        "An option tagged joint chosen by one team alone: half of each positive point that it gave is taken "
        "off.",
    ),
    (
        {
            "measure": "bonus",
            "when": {"shared": "track"},
            "points": {"tokyo": {"warning": 1}, "seoul": {"share": -0.5}},
            "judged": "endex",
        },
        "Judged at ENDEX. If so: Tokyo +1 on O5; Seoul −0.5 on O1.",
    ),
    (
        {
            "measure": "prompt-sharing",
            "tags": ["data"],
            "prompt": {"share": 0.5},
            "never": {"share": -0.5},
            "relay": {"through": "washington", "delay": "2 min"},
        },
        "For each card tagged data and each partner, from when its holder got it. Shared within the card's "
        "window: +0.5 on O1. Later or never: −0.5 on O1. A card between two other teams goes through "
        "Washington and counts as 2 min later.",
    ),
]


def scenario(**changes: Any) -> Scenario:
    """The tiny scenario, with a rule of every kind unless told otherwise."""
    rules = [{"id": f"rule-{number}", **rule} for number, (rule, _) in enumerate(RULES)]
    return tiny_scenario(**{"rules": rules, **changes})


def page(known: Scenario) -> list[str]:
    """The page as plain lines."""
    return ["".join(words for words, _ in line) for line in rules_page(known)]


def test_every_kind_is_among_them() -> None:
    """None of the eleven is forgotten."""
    kinds = {get_args(rule.model_fields["measure"].annotation)[0] for rule in get_args(get_args(AnyRule)[0])}
    assert len(kinds) == 11
    assert kinds == {rule["measure"] for rule, _ in RULES}


@pytest.mark.parametrize("number", range(len(RULES)), ids=[rule["measure"] for rule, _ in RULES])
def test_each_kind_in_a_sentence(number: int) -> None:
    """What is judged, and the points in words."""
    known = scenario()
    assert kind_of(known.rules[number], known).sentence() == RULES[number][1]


def test_a_rule_without_points_says_so() -> None:
    """Rather than nothing."""
    known = scenario(rules=[{"id": "idle", "measure": "third-party"}])
    assert kind_of(known.rules[0], known).sentence() == "It gives no points."


def test_a_rule_is_called_by_its_title_or_its_id() -> None:
    """Ids are made words of."""
    titled = {"id": "caveats", "title": "Sanitise it", "measure": "third-party"}
    known = scenario(rules=[titled, {"id": "give-and-take", "measure": "third-party"}])
    assert [rule_title(rule) for rule in known.rules] == ["Sanitise it", "Give and take"]


def test_the_page_names_weights_lateness_and_capital() -> None:
    """Everything that moves a score, before play."""
    bonus = {"objective": "warning", "score": 60, "points": 1}
    late = {"objective": "share", "points": -1}
    lines = page(scenario(late=late, capital={"start": 5, "reset": 3, "gate-bonus": bonus}))
    assert "  O1 Timely warning data, weight 2, time-critical" in lines
    assert "  O4 Message consistency, weight 1" in lines
    text = "\n".join(lines)
    assert "On O1 and O5 good effects count in full within the window" in text
    assert "A decision that comes too late to do such good also costs: −1 on O1." in text
    assert "Each team begins with 5." in text
    assert "it is set to 3, and the window of the team's next decision is halved." in text
    assert "At each gate, a team with a score of 60 or more on O5 gains 1." in text
    assert "Ratings proposed: P from 80, S from 60, M from 40, U below." in text
    assert "  Rule 8" in lines


def test_a_scenario_without_rules_or_haste() -> None:
    """Says that there are none."""
    known = scenario(rules=[])
    assert "  There are none: only the options chosen give points." in page(known)
    known = known.model_copy(update={"objectives": {"message": known.objectives["message"]}})
    assert "  No objective is time-critical: good effects count whenever a decision is taken." in page(known)
