"""Conditions that ask for something and for its opposite, alone and on the way to an inject."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check
from tabletop.scenario.problems import Problem
from tests.scenario.authoring import Edit, at, load

BONUS = "rules: [{{id: b, measure: bonus, when: {}, points: {{norland: {{warn: 1}}}}}}]\nformat: 1 "


def found(folder: Path, *edits: Edit) -> list[Problem]:
    """Return the contradictions that the scenario has with the edits."""
    return [one for one in check(load(folder, *edits)) if one.code == "contradiction"]


def debris(condition: str) -> Edit:
    """Return the edit that gives the debris on the beach, at T+8, another condition."""
    return "{not: {shared: contact}}", condition


def then(*entries: str) -> Edit:
    """Return the edit that adds entries to the timeline."""
    last = "  - inject: fishermen "
    lines = "".join(f"  - {{inject: fishermen, {entry}}}\n" for entry in entries)
    return last, lines + last


ITSELF: list[tuple[str, str]] = [
    ("{all: [{shared: contact}, {not: {shared: contact}}]}", "card 'contact'"),
    ("{all: [{not: {shared: contact}}, {shared: {card: contact, with: sudland}}]}", "card 'contact'"),
    (
        "{all: [{any: [{shared: contact}, {decided: tell-partner}]}, {not: {shared: contact}}, "
        "{chose: {tell-partner: none}}]}",
        "decision 'tell-partner'",
    ),
    ("{all: [{chose: {tell-partner: wait}}, {chose: {tell-partner: tell-now}}]}", "decision 'tell-partner'"),
    (
        "{all: [{chose: {tell-partner: wait}}, {everyone-chose: {tell-partner: tell-now}}]}",
        "decision 'tell-partner'",
    ),
    ("{all: [{chose: {tell-partner: none}}, {decided: tell-partner}]}", "decision 'tell-partner'"),
    ("{all: [{on-time: tell-partner}, {not: {decided: tell-partner}}]}", "decision 'tell-partner'"),
    ("{all: [{on-time: tell-partner}, {not: {on-time: tell-partner}}]}", "decision 'tell-partner'"),
    ("{not: {any: [{shared: contact}, {not: {shared: contact}}]}}", "card 'contact'"),
    ("{all: [{released: radar-contact}, {not: {released: radar-contact}}]}", "entry 'radar-contact'"),
    ("{all: [{stated: {by: norland}}, {not: {stated: {by: norland}}}]}", "a statement of 'norland'"),
    (
        "{all: [{consulted: {by: norland, with: sudland}}, "
        "{not: {consulted: {by: sudland, with: norland}}}]}",
        "the consultation of norland and sudland",
    ),
    ("{all: [{by: {at: T+4, that: {shared: contact}}}, {not: {shared: contact}}]}", "card 'contact'"),
]


@pytest.mark.parametrize(("condition", "about"), ITSELF)
def test_a_condition_that_contradicts_itself(condition: str, about: str, tmp_path: Path) -> None:
    [warning] = found(tmp_path, debris(condition))
    assert warning.severity == "warning"
    assert warning.message == (
        f"entry 'debris-on-beach' never goes out: its condition contradicts itself about {about}"
    )
    assert at(warning).startswith(condition[:10])
    assert warning.hint


CAN_BE: list[str] = [
    "{any: [{shared: contact}, {not: {shared: contact}}]}",
    "{all: [{shared: {card: contact, by: norland}}, {not: {shared: {card: contact, by: sudland}}}]}",
    "{all: [{not: {by: {at: T+4, that: {shared: contact}}}}, {shared: contact}]}",
    "{all: [{not: {on-time: tell-partner}}, {decided: tell-partner}]}",
    "{all: [{chose: {tell-partner: [wait, none]}}, {not: {chose: {tell-partner: wait}}}]}",
    "{not: {all: [{shared: contact}, {not: {shared: contact}}]}}",
]


@pytest.mark.parametrize("condition", CAN_BE)
def test_a_condition_that_can_be_true_is_left_alone(condition: str, tmp_path: Path) -> None:
    assert found(tmp_path, debris(condition)) == []


def test_two_teams_may_choose_differently(tmp_path: Path) -> None:
    both = "{all: [{chose: {what-to-say: joint}}, {chose: {what-to-say: own}}]}"
    assert found(tmp_path, then(f"id: x, at: T+30, when: {both}")) == []
    everyone = both.replace("{chose", "{everyone-chose", 1)
    assert len(found(tmp_path, then(f"id: x, at: T+30, when: {everyone}"))) == 1


def test_a_decision_an_addition_and_a_rule_have_conditions_too(tmp_path: Path) -> None:
    never = "{all: [{shared: contact}, {not: {shared: contact}}]}"
    edits: list[Edit] = [
        ("    title: The statement\n", f"    title: The statement\n    when: {never}\n"),
        (
            "    inject: reporters-call\n",
            "    inject: reporters-call\n    when: {shared: contact}\n"
            "    additions: [{text: T}, {text: U, when: {not: {shared: contact}}}]\n",
        ),
        ("format: 1 ", BONUS.format(never)),
    ]
    rule, addition, decision = found(tmp_path, *edits)
    assert rule.message == "rule 'b' never fires: its condition contradicts itself about card 'contact'"
    assert "paragraph 2 that is added in entry 'reporters-call'" in addition.message
    assert at(addition).startswith("{text: U")
    assert decision.message.startswith("decision 'what-to-say' is never asked")


ON_THE_WAY: list[tuple[list[str], str]] = [
    (  # what teams chose stays chosen
        [
            "id: x, at: T+30, when: {chose: {tell-partner: wait}}",
            "id: y, once: {all: [{released: x}, {chose: {tell-partner: tell-now}}]}",
        ],
        "entry 'y' never goes out: it waits for entry 'x', whose condition and its own contradict each other "
        "about decision 'tell-partner'",
    ),
    (  # nothing changes between a release and what is due in that moment
        [
            "id: x, at: T+30, when: {not: {shared: contact}}",
            "id: y, once: {released: x}, when: {shared: contact}",
        ],
        "entry 'y' never goes out: its condition contradicts itself about card 'contact'",
    ),
    (
        [
            "id: x, at: T+30, when: {shared: contact}",
            "id: y, once: {released: x}, when: {not: {shared: contact}}",
        ],
        "entry 'y' never goes out: its condition contradicts itself about card 'contact'",
    ),
    (  # two that exclude each other
        [
            "id: x, at: T+30, when: {chose: {tell-partner: wait}}",
            "id: y, at: T+31, when: {chose: {tell-partner: tell-now}}",
            "id: z, once: {released: [x, y]}",
        ],
        "entry 'z' never goes out: it waits for entry 'y', whose condition and its own contradict each other "
        "about decision 'tell-partner'",
    ),
    (  # through another entry, and only the first is named
        [
            "id: x, at: T+30, when: {shared: contact}",
            "id: y, once: {released: x}",
            "id: z, once: {all: [{released: y}, {not: {shared: contact}}]}",
            "id: zz, once: {released: z}",
        ],
        "entry 'z' never goes out: it waits for entry 'y', whose condition and its own contradict each other "
        "about card 'contact'",
    ),
]


@pytest.mark.parametrize(("entries", "message"), ON_THE_WAY)
def test_an_inject_that_what_comes_before_it_rules_out(
    entries: list[str], message: str, tmp_path: Path
) -> None:
    assert [one.message for one in found(tmp_path, then(*entries))] == [message]


def test_what_has_not_happened_yet_can_still_happen(tmp_path: Path) -> None:
    entries = [
        "id: x, at: T+30, when: {all: [{not: {shared: contact}}, {chose: {what-to-say: none}}]}",
        "id: y, once: {all: [{released: x}, {shared: contact}, {decided: what-to-say}]}",
    ]
    assert found(tmp_path, then(*entries)) == []


def test_a_long_chain_is_searched_quickly(tmp_path: Path) -> None:
    """A search that took the square of the chain's length needed minutes here."""
    links = [
        f"id: f{one}, once: {{released: f{one - 1}}}, when: {{shared: contact}}" for one in range(1, 400)
    ]
    end = "id: end, once: {all: [{released: f399}, {not: {shared: contact}}]}"
    [warning] = found(tmp_path, then("id: f0, at: T+30", *links, end))
    assert warning.message.startswith("entry 'end' never goes out: it waits for entry 'f399'")


def test_what_one_team_chose_contradicts_only_its_own_opposite(tmp_path: Path) -> None:
    norland, sudland = (
        f"{{chose: {{decision: what-to-say, options: [joint], by: {team}}}}}"
        for team in ("norland", "sudland")
    )
    for name, second, contradicts in (
        ("opposite", f"{{not: {norland}}}", True),
        ("partner", f"{{not: {sudland}}}", False),
        ("nobody", "{everyone-chose: {what-to-say: own}}", True),
    ):
        condition = ("when: {not: {shared: contact}}", f"when: {{all: [{norland}, {second}]}}")
        assert bool(found(tmp_path / name, condition)) is contradicts
    assert not found(tmp_path / "alone", ("{not: {shared: contact}}", f"{{not: {norland}}}"))
