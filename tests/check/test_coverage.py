"""What serves each objective for each team, and what serves none."""

from __future__ import annotations

from pathlib import Path

from tabletop.check.coverage import Coverage, ServedObjective, coverage_data, coverage_text
from tabletop.plaintext import display_width
from tests.scenario.authoring import ONE_EACH, Edit, load

TRUST = ("  speak: {code: O2", "  trust: {code: O9, title: Trust}\n  speak: {code: O2")
RULE = (
    "format: 1 ",
    "rules: [{id: b, measure: bonus, when: {decided: what-to-say}, points: {sudland: {trust: 1}}}]\n"
    "format: 1 ",
)


def coverage(folder: Path, *edits: Edit) -> Coverage:
    return Coverage(load(folder, *ONE_EACH, *edits).scenario)


def test_what_serves_an_objective_for_a_team(tmp_path: Path) -> None:
    found = coverage(tmp_path)
    assert found.served("warn", "norland") == ServedObjective(("radar-contact",), ("tell-partner",), (), 1)
    assert found.served("warn", "sudland").by_nothing
    assert found.served("speak", "sudland") == ServedObjective(("reporters-call",), ("what-to-say",), (), 1)
    assert list(found.gaps()) == [("warn", ["sudland"])]


def test_a_rule_serves_the_teams_it_gives_points(tmp_path: Path) -> None:
    found = coverage(tmp_path, TRUST, RULE)
    assert found.served("trust", "sudland") == ServedObjective((), (), ("b",), 1)
    assert dict(found.gaps()) == {"warn": ["sudland"], "trust": ["norland"]}


def test_what_serves_nothing_is_named(tmp_path: Path) -> None:
    idle = ("        bad: {warn: The partner learns of it from the wreck}\n", "")
    assert coverage(tmp_path).idle_injects() == ["debris-on-beach", "editorial", "fishermen"]
    assert coverage(tmp_path).idle_decisions() == []
    edits = [
        idle,
        ("        good: {warn: The partner hears it while it still matters} ", "        #"),
        ("    none:                      # what it means if nobody decides\n", "    none: {}\n"),
        ("      bad: {warn: The promise to warn is not kept}\n", ""),
    ]
    assert coverage(tmp_path, *edits).idle_decisions() == ["tell-partner"]


def test_the_page(tmp_path: Path) -> None:
    text = coverage_text(load(tmp_path, ("name: Norland", "name: 北の国の政府"), TRUST, *ONE_EACH).scenario)
    lines = text.splitlines()
    assert max(map(display_width, lines)) <= 80
    head = lines[lines.index("O1 Warn the partner in time") + 1]
    norland = next(line for line in lines if line.startswith("北の国の政府  radar"))
    assert display_width(norland[: norland.index("radar-contact")]) == head.index("Injects")
    assert display_width(norland[: norland.index("D1")]) == head.index("Decisions")
    assert "  - Nothing serves O9 Trust for any team" in lines
    assert "  - Nothing serves O1 Warn the partner in time for Sudland" in lines
    assert "  - Inject fishermen serves no objective" in lines


def test_the_page_as_data(tmp_path: Path) -> None:
    data = coverage_data(load(tmp_path, *ONE_EACH).scenario)
    assert data["objectives"]["warn"]["norland"]["decisions"] == ("tell-partner",)
    assert data["served_by_nothing"] == {"warn": ["sudland"]}
