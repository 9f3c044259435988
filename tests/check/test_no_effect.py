"""What is read and changes nothing is named, with what has the effect today."""

from pathlib import Path

import pytest

from tabletop.check import check
from tabletop.scenario.linking import load_scenario
from tests.scenario.authoring import Edit, at, load

WAIT = "      wait:\n"
TOP = "format: 1 "


def top(text: str) -> Edit:
    return TOP, f"{text}\n{TOP}"


CASES: list[tuple[str, str, str, list[Edit]]] = [
    ("no-effect", "late:", "remove it", [top("late: {objective: warn, points: -1}")]),
    (
        "no-effect",
        "within:",
        "remove it",
        [top("rules: [{id: r, measure: reciprocity, balanced: {speak: 1}, within: 2}]")],
    ),
    (
        "no-effect",
        "received:",
        "remove it",
        [top("rules: [{id: r, measure: reciprocity, balanced: {speak: 1}, received: 2}]")],
    ),
    (
        "no-effect",
        "late: {speak",
        "remove it",
        [top("rules: [{id: r, measure: prompt-sharing, never: {speak: -1}, late: {speak: -1}}]")],
    ),
    (
        "no-effect",
        "capital: {start",
        "remove it, or let options cost something",
        [top("capital: {start: 4}")],
    ),
    (
        "no-effect",
        "cost: 1",
        "remove one of the two",
        [top("score: {capital: false}"), (WAIT, f"{WAIT}        cost: 1\n")],
    ),
    ("older-key", "capital: -1", "write cost: 1", [(WAIT, f"{WAIT}        capital: -1\n")]),
    (
        "no-effect",
        "when: {shared",
        "remove it, or write 'once' with the condition in place of 'contingency'",
        [("    contingency: true\n", "    contingency: true\n    when: {shared: contact}\n")],
    ),
    (
        "locked-unsaid",
        "requires:",
        "add 'locked' with one sentence that the team may read",
        [(WAIT, f"{WAIT}        requires: {{held: contact}}\n")],
    ),
]


@pytest.mark.parametrize(("code", "pointed", "hint", "edits"), CASES)
def test_it_is_named_where_it_stands(
    code: str, pointed: str, hint: str, edits: list[Edit], tmp_path: Path
) -> None:
    (warning,) = check(load(tmp_path, *edits))
    assert (warning.code, warning.hint, warning.severity) == (code, hint, "warning")
    assert at(warning).startswith(pointed)


@pytest.mark.parametrize(
    "edits",
    [
        [(WAIT, f"{WAIT}        cost: 1\n"), top("capital: {start: 4}")],
        [(WAIT, f"{WAIT}        requires: {{held: contact}}\n        locked: Find out first.\n")],
        [
            (WAIT, f"{WAIT}        requires: {{capital: 2}}\n"),
            ("      tell-now:\n", "      tell-now:\n        cost: 1\n"),
        ],
        [top("rules: [{id: r, measure: contradictory-warning, within: 5 min, conflict: {speak: -1}}]")],
    ],
)
def test_what_has_an_effect_is_left_alone(edits: list[Edit], tmp_path: Path) -> None:
    codes = {warning.code for warning in check(load(tmp_path, *edits))}
    assert codes.isdisjoint({"no-effect", "older-key", "locked-unsaid"})


def test_points_of_a_scenario_without_reasons_are_named_once(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    options = "{a: {text: A, effects: {o: %s}}, b: {text: B, effects: {o: %s}}}"
    text = (
        "format: 1\nid: x\ntitle: X\nlength: 20 min\nphases: [{id: p, title: P, from: T+0}]\n"
        "teams: {t: {name: T}}\n"
        "objectives: {o: {code: O1, title: O}}\ntimeline: [{at: T+0, inject: i, decision: d}]\n"
        "injects: {i: {title: I, from: F, channel: C, to: t, text: T}}\n"
        "decisions: {d: {team: t, title: D, question: Q, window: 5 min, none: {}, options: %s}}\n"
    )
    path.write_text(text % (options % ("+2", "-3")), encoding="utf-8")
    (found,) = [one for one in check(load_scenario(path)) if one.code == "no-effect"]
    assert found.message == (
        "the size of points has no effect, here and in 1 other option: only their sign counts"
    )
    path.write_text(text % (options % ("+1", "-1")), encoding="utf-8")
    assert not [one for one in check(load_scenario(path)) if one.code == "no-effect"]
