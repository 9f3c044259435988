"""Linking: what a scenario becomes."""

from pathlib import Path

import pytest

from tabletop.scenario.scenario import Scenario
from tests.scenario.authoring import Edit, load, problems

ENTRY = "  - at: T+0\n    inject: radar-contact\n"


@pytest.fixture(scope="module")
def strait(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(tmp_path_factory.mktemp("strait")).scenario


def test_a_linked_scenario_survives_json(strait: Scenario) -> None:
    copy = Scenario.model_validate_json(strait.model_dump_json())
    assert copy == strait
    assert copy.content_hash == strait.content_hash


def test_entries_have_ids_and_their_injects(strait: Scenario) -> None:
    assert [(entry.id, entry.at) for entry in strait.timeline[:3]] == [
        ("radar-contact", 0),
        ("debris-on-beach", 480),
        ("reporters-call", 1200),
    ]
    assert strait.entries["radar-contact"].decisions == ("tell-partner",)
    assert strait.entries["editorial"].inject.title == "Tomorrow's front page"


def test_all_is_written_out(strait: Scenario) -> None:
    assert strait.entries["editorial"].inject.to == ("norland", "sudland")
    assert strait.decisions["what-to-say"].team == ("norland", "sudland")


def test_a_sole_addressee_holds_the_card(strait: Scenario) -> None:
    assert strait.cards["contact"].holder == "norland"


def test_partners_leave_out_the_team_that_acts(strait: Scenario) -> None:
    [sharing] = strait.decisions["tell-partner"].options["tell-now"].shares
    assert sharing.with_ == ("sudland",)


def test_where_several_teams_decide_partners_are_all_of_them(strait: Scenario) -> None:
    assert strait.decisions["what-to-say"].options["joint"].consults == ("norland", "sudland")


def test_all_in_a_condition_leaves_out_who_shares(tmp_path: Path) -> None:
    edit = ("{not: {shared: contact}}", "{not: {any: [{shared: {card: contact, with: all}}]}}")
    written = load(tmp_path, edit).scenario.entries["debris-on-beach"].when
    assert written is not None
    assert written.model_dump(mode="json") == {
        "not": {"any": [{"shared": {"card": "contact", "by": None, "with": ["sudland"]}}]}
    }


def test_an_entry_narrows_and_rewords_its_inject(tmp_path: Path) -> None:
    edits = ("    inject: editorial\n", "    inject: editorial\n    to: sudland\n    title: Page one\n")
    inject = load(tmp_path, edits).scenario.entries["editorial"].inject
    assert (inject.to, inject.title) == (("sudland",), "Page one")
    assert inject.text.startswith("The editor compares")


def test_additions_of_inject_and_entry_are_joined(tmp_path: Path) -> None:
    own = (
        "from: Strait Daily\n    channel: press\n    to: all\n    text: The editor",
        "from: Strait Daily\n    channel: press\n    to: all\n"
        "    additions: [{to: norland, text: North only.}]\n    text: The editor",
    )
    entry = ("    inject: editorial\n", "    inject: editorial\n    additions: [{text: For both.}]\n")
    additions = load(tmp_path, own, entry).scenario.entries["editorial"].inject.additions
    assert [(one.to, one.text) for one in additions] == [
        (("norland",), "North only."),
        (("norland", "sudland"), "For both."),
    ]


def test_an_addition_for_teams_that_an_entry_leaves_out_is_dropped(tmp_path: Path) -> None:
    own = (
        "to: all\n    text: The editor",
        "to: all\n    additions: [{to: norland, text: North only.}]\n    text: The editor",
    )
    entry = ("    inject: editorial\n", "    inject: editorial\n    to: sudland\n")
    assert load(tmp_path, own, entry).scenario.entries["editorial"].inject.additions == ()


def test_a_scenario_stands_on_its_framework(tmp_path: Path) -> None:
    framework = (
        "format: 1\nid: base\ntitle: Base\n"
        "teams: {norland: {name: Hidden}, westland: {name: Westland}}\n"
        "objectives: {trust: {code: O9, title: Trust}}\n"
        "late: {objective: trust}\ncapital: {start: 3}\nlabels: {UFO: Not known}\n"
    )
    written = load(
        tmp_path, ("format: 1 ", "framework: base\nformat: 1 "), files={"frameworks/base.yaml": framework}
    ).scenario
    assert list(written.teams) == ["norland", "westland", "sudland"]
    assert written.teams["norland"].name == "Norland"
    assert list(written.objectives) == ["trust", "warn", "speak"]
    assert written.late is not None
    assert (written.late.objective, written.capital.start, written.labels) == (
        "trust",
        3,
        {"UFO": "Not known"},
    )


def test_a_rule_of_the_scenario_takes_the_place_of_the_frameworks(tmp_path: Path) -> None:
    framework = (
        "format: 1\nid: base\ntitle: Base\nrules:\n"
        "  - {id: labels, measure: same-label, same: {speak: 2}}\n"
        "  - {id: bonus, measure: bonus, points: {norland: {speak: 1}},\n"
        "     when: {consulted: {by: norland, with: all}}}\n"
    )
    own = "rules:\n  - {id: labels, measure: joint-choice, joint: {warn: 1}, decisions: what-to-say}\n"
    edit = ("format: 1 ", f"framework: base\n{own}format: 1 ")
    labels, bonus = load(tmp_path, edit, files={"frameworks/base.yaml": framework}).scenario.rules
    assert (labels.id, labels.measure, bonus.id) == ("labels", "joint-choice", "bonus")
    assert '"with":["sudland"]' in bonus.model_dump_json()


def test_the_backlash_goes_to_every_team(tmp_path: Path) -> None:
    linked = load(tmp_path, ("format: 1 ", "capital: {backlash: fishermen}\nformat: 1 ")).scenario.backlash
    assert linked is not None
    assert (linked.title, linked.to) == ("Fishermen stay in port", ("norland", "sudland"))


def test_branches_may_put_the_same_decision(tmp_path: Path) -> None:
    branches = (
        "  - at: T+20\n    inject: reporters-call\n    decision: what-to-say\n",
        "  - {at: T+20, inject: reporters-call, decision: what-to-say, when: {shared: contact}}\n"
        "  - {id: second-call, at: T+22, inject: reporters-call, decision: what-to-say,"
        " when: {not: {shared: contact}}}\n",
    )
    assert load(tmp_path, branches).warnings == ()


def test_branches_may_hand_out_the_same_card(tmp_path: Path) -> None:
    again: Edit = (
        ENTRY,
        "  - {id: early, at: T+0, inject: radar-contact, when: {not: {decided: what-to-say}}}\n"
        "  - at: T+0\n    when: {released: early}\n    inject: radar-contact\n",
    )
    assert problems(tmp_path, again) == ()
