"""A part of the wrong form is refused with a reason: none ever goes missing without a word (S1-1)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import InitErrorDetails

from tabletop.scenario.files import ScenarioFile
from tabletop.scenario.linking import findings, load_scenario
from tabletop.scenario.linking.other_rules import load_rules
from tabletop.scenario.linking.partial_file import validate
from tabletop.scenario.problems import ProblemsFound
from tabletop.scenario.reading import parse_document, problems_from
from tabletop.scenario.template import template
from tests.scenario.authoring import Edit, at, load, problems, sends

TO: Edit = ("    to: norland\n", "    to: {}\n")
ASKS: Edit = ("decision: tell-partner ", "decision: {} ")
WHEN: Edit = ("{not: {shared: contact}}", "{}")
TEAM: Edit = ("    team: norland\n", "    team: {}\n")
CONSULTS: Edit = ("asks: all ", "asks: {} ")
RULE: Edit = ("format: 1 ", "rules: [{{id: one, {}}}]\nformat: 1 ")
CLOCK: Edit = ("format: 1 ", "clock: {{anchors: {}}}\nformat: 1 ")
COMPATIBLE: Edit = ("    window: 8 min\n", "    window: 8 min\n    compatible: {}\n")

ONE_OR_SEVERAL = "write one word, or several in square brackets: [one, two]"
EACH_ON_ITS_OWN = "begin each one with a dash and a space, and indent its keys below each other"

A_CARD = "write the card's id, or a block: {card: detection, with: [tokyo, seoul]}"


def quote(text: str) -> str:
    return f'put it in quotes to make it text: "{text}"'


WRONG: list[tuple[Edit, str, str, str, str]] = [
    (TO, "5", "5", "'to' must be text or a list, not the number 5", quote("5")),
    (TO, "true", "true", "'to' must be text or a list, not true", ONE_OR_SEVERAL),
    (TO, "{norland}", "{norland}", "'to' must be text or a list, not a block of keys",
     "write a list in square brackets: [norland]"),
    (TO, "[]", "[]", "'to' needs at least 1 entry", ""),
    (TO, "[norland, 5]", "5]", "item 2 of 'to' must be text, not the number 5", quote("5")),
    (ASKS, "1", "1", "'decision' must be text or a list, not the number 1", quote("1")),
    (ASKS, "{tell-partner: norland}", "{tell-partner",
     "'decision' must be text or a list, not a block of keys", ONE_OR_SEVERAL),
    (WHEN, "{released: 3}", "3}", "'released' must be text or a list, not the number 3", quote("3")),
    (WHEN, "{released: {inject: x}}", "{inject", "'released' must be text or a list, not a block of keys",
     "write the word alone: x"),
    (WHEN, "{decided: {tell-partner: yes-ok}}", "{tell",
     "'decided' must be text or a list, not a block of keys", ONE_OR_SEVERAL),
    (WHEN, "{chose: {tell-partner: 1}}", "1}", "'tell-partner' must be text or a list, not the number 1",
     quote("1")),
    (WHEN, "{chose: {tell-partner: {option: wait}}}", "{option",
     "'tell-partner' must be text or a list, not a block of keys", "write the word alone: wait"),
    (WHEN, "{on-time: {decision: d, by: tokyo}}", "{decision",
     "'on-time' must be text or a list, not a block of keys", "write the word alone: d"),
    (WHEN, "{shared: {card: contact, with: {sudland: 1}}}", "{sudland",
     "'with' must be text or a list, not a block of keys", ONE_OR_SEVERAL),
    (WHEN, "{all: 5}", "5}", "'all' must be a block of keys or a list, not the number 5", EACH_ON_ITS_OWN),
    (WHEN, "{shared: 5}", "5}", "a card is named by its id or by a block of keys", A_CARD),
    (("shares: [contact]", "shares: {}"), "[[contact]]", "[contact]]",
     "a card is named by its id or by a block of keys", A_CARD),
    (("    window: 8 min\n", "    window: 8 min\n    compatible: {}\n"), "joint", "joint",
     "'compatible' must be a list, not the text 'joint'",
     "write it in brackets, [one, two], or on lines that begin with a dash"),
    (RULE, "measure: same-label, decisions: 3", "3}", "'decisions' must be text or a list, not the number 3",
     quote("3")),
    (RULE, "measure: caveat-kept, tags: true", "true}", "'tags' must be text or a list, not true",
     ONE_OR_SEVERAL),
    (CONSULTS, "true", "true", "'asks' must be text or a list, not true", ONE_OR_SEVERAL),
    (TEAM, "2", "2", "'team' must be text or a list, not the number 2", quote("2")),
    (TEAM, "{norland: x}", "{norland", "'team' must be text or a list, not a block of keys", ONE_OR_SEVERAL),
    (CLOCK, "none", "none}", "'anchors' must be a block of keys or a list, not the text 'none'",
     EACH_ON_ITS_OWN),
    (COMPATIBLE, "[5]", "5]", "item 1 of 'compatible' must be text or a list, not the number 5", quote("5")),
    (("format: 1 ", "format: {} "), "true", "true", "'format' must be a whole number, not true", ""),
    (("format: 1 ", "format: {} "), "1.0", "1.0", "'format' must be a whole number, not the number 1.0", ""),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "written", "pointed", "message", "hint"), WRONG)
def test_s1_1_a_wrong_value_is_one_error_at_its_place(
    edit: Edit, written: str, pointed: str, message: str, hint: str, tmp_path: Path
) -> None:
    (problem,) = problems(tmp_path, (edit[0], edit[1].format(written)))
    assert (problem.severity, problem.message, problem.hint or "") == ("error", message, hint)
    assert at(problem).startswith(pointed)


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("phases", "see handout", "'phases' must be a block of keys or a list, not the text 'see handout'"),
        ("timeline", "5", "'timeline' must be a block of keys or a list, not the number 5"),
        ("teams", "5", "'teams' must be a block of keys, not the number 5"),
        ("objectives", "[]", "'objectives' must be a block of keys, not a list"),
        ("decisions", "true", "'decisions' must be a block of keys, not true"),
        ("injects", "text", "'injects' must be a block of keys, not the text 'text'"),
    ],
)
def test_s1_1_what_a_whole_key_lost_is_said_once(key: str, value: str, wanted: str, tmp_path: Path) -> None:
    text = re.sub(rf"(?ms)^{key}:.*?(?=^\S|\Z)", f"{key}: {value}\n", template("strait"), count=1)
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound) as caught:
        load_scenario(path)
    assert [problem.message for problem in caught.value.problems] == [wanted]


def test_s1_1_an_inject_of_the_library_is_not_lost_either(tmp_path: Path) -> None:
    storm = (
        "storm:\n  title: Storm\n  from: Weather\n  channel: radio\n  to: {norland: sudland}\n  text: Gale.\n"
    )
    (problem,) = problems(tmp_path, sends("storm"), files={"injects/weather.yaml": storm})
    assert (problem.line, problem.column) == (5, 7)
    assert problem.message == "'to' must be text or a list, not a block of keys"


def test_words_of_a_framework_stand_where_the_scenarios_own_are_lost(tmp_path: Path) -> None:
    framework = (
        "format: 1\nid: base\ntitle: Base\nteams: {westland: {name: Westland}, eastland: {name: Eastland}}\n"
    )
    text = re.sub(r"(?ms)^teams:.*?(?=^\S)", "teams: 5\nframework: base\n", template("strait"), count=1)
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    (tmp_path / "frameworks").mkdir()
    (tmp_path / "frameworks" / "base.yaml").write_text(framework, encoding="utf-8")
    with pytest.raises(ProblemsFound) as caught:
        load_scenario(path)
    assert [problem.message for problem in caught.value.problems] == [
        "'teams' must be a block of keys, not the number 5"
    ]


DOCUMENT = parse_document("a: {b: [{c: 5}, [x]], d: {e: text}}\nf: 5\n", "x.yaml")
PATHS = list(DOCUMENT.marks)
KINDS = ("missing", "extra_forbidden", "string_type", "tuple_type", "model_type", "too_short", "value_error",
         "union_tag_not_found", "string_pattern_mismatch")  # fmt: skip
CONTEXT: dict[str, Any] = {
    "field_type": "Tuple", "min_length": 1, "actual_length": 0, "class_name": "X", "pattern": "x",
    "discriminator": "'kind'", "error": ValueError("in its own words"),
}  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(PATHS), st.booleans()), min_size=1, max_size=8)
)
def test_s1_1_every_refusal_becomes_a_problem(refused: list[tuple[str, tuple[str | int, ...], bool]]) -> None:
    """Whatever set of errors pydantic gives, each has a problem at its value or inside of it."""
    marks = DOCUMENT.marks
    details: list[InitErrorDetails] = []
    for kind, path, item in refused:
        loc = (*path, 0) if item else (*path, "key") if kind == "missing" else path
        details.append(InitErrorDetails(type=kind, loc=loc, input=None, ctx=CONTEXT))
    error = ValidationError.from_exception_data("X", details)
    told = {(problem.line, problem.column) for problem in problems_from(DOCUMENT, error)}
    for _, path, _ in refused:
        inside = (mark for below, mark in marks.items() if below[: len(path)] == path)
        assert told & {tuple(place) for mark in inside for place in mark if place is not None}


def _no_reason(*_: object, **__: object) -> list[object]:
    return []


def test_s1_1_a_part_refused_without_a_reason_is_an_error_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "problems_from", _no_reason)
    other_error = ("on: what-to-say ", "on: what-to-sya ")
    unexplained, unknown = problems(tmp_path, (TO[0], "    to: 5\n"), other_error)[::-1]
    assert (unexplained.code, unexplained.severity) == ("refused-part", "error")
    assert at(unexplained).startswith("title: Contact over the strait")
    assert unknown.code == "unknown-decision"


def test_s1_1_a_reason_for_one_part_does_not_do_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "problems_from", lambda *given, **more: problems_from(*given, **more)[:1])
    found = problems(tmp_path, (TO[0], "    to: 5\n"), (ASKS[0], "decision: 1 "))
    assert [problem.code for problem in found] == ["wrong-kind", "refused-part"]


def test_s1_1_rules_refused_without_a_reason_score_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = load(tmp_path).scenario
    other = tmp_path / "other.yaml"
    other.write_text(
        "format: 1\nid: other\ntitle: Other\nrules: [{id: one, measure: none}]\n", encoding="utf-8"
    )
    monkeypatch.setattr(findings, "problems_from", _no_reason)
    with pytest.raises(ProblemsFound) as caught:
        load_rules(other, scenario)
    (problem,) = caught.value.problems
    assert (problem.code, at(problem)[:7]) == ("refused-part", "{id: one"[:7])


def test_a_model_that_takes_nothing_gets_a_reason() -> None:
    document = parse_document("timeline: 5", "x.yaml")
    collected = findings.Findings()
    assert validate(document, ScenarioFile, collected) is None
    assert "'timeline' must be a block of keys or a list, not the number 5" in [
        problem.message for problem in collected.errors
    ]
