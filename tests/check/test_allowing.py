"""Warnings that an author allows, rules of a framework that are left out, and exercises without capital."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.check import check, check_with_allowances
from tabletop.cli.main import main
from tests.scenario.authoring import Edit, at, load, problems, write

FIRST = "format: 1 "
DEBRIS = "    text: Forty boats will not sail until somebody says that the strait is safe.\n"
SILENT = "    none:\n      bad: {speak: Silence leaves the word to the press}\n"
FRAMEWORK = """
format: 1
id: base
title: A base
rules:
  - {id: together, measure: joint-choice, joint: {speak: +1}}
  - {id: alone, measure: nobody-came}
"""


def allowing(text: str) -> Edit:
    return FIRST, f"allow: [{text}]\n{FIRST}"


def test_an_allowed_warning_is_shown_with_its_reason_and_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    allow = allowing("{warning: no-none, of: what-to-say, because: They always speak}")
    file = write(tmp_path, (SILENT, ""), allow)
    assert main(["check", str(file)]) == 0
    said = capsys.readouterr()
    assert "allowed: no-none of what-to-say (1 warning): They always speak" in said.out
    assert "no problems" in said.err
    assert main(["check", str(file), "--json"]) == 0
    [listed] = json.loads(capsys.readouterr().out)
    assert (listed["code"], listed["severity"], listed["because"]) == (
        "no-none",
        "allowed",
        "They always speak",
    )


def test_an_option_s_warning_may_be_allowed_by_its_decision_or_its_own_id(tmp_path: Path) -> None:
    better = ("        bad: {warn: The text is ready only when the news is an hour old}\n", "")
    own = ("        good: {warn: The neighbour's people hear it at once}\n", "")
    [warning] = check(load(tmp_path, better, own))
    assert warning.code == "no-dilemma"
    for word in ("what-to-say", "joint"):
        allow = allowing(f"{{warning: no-dilemma, of: {word}, because: Duty}}")
        checked = check_with_allowances(load(tmp_path, better, own, allow))
        assert (checked.problems, len(checked.allowed)) == ([], 1)


@pytest.mark.parametrize(
    ("written", "pointed", "hint"),
    [
        ("{warning: no-nnoe, of: what-to-say, because: x}", "no-nnoe", "did you mean 'no-none'?"),
        ("{warning: no-none, of: tell-partner, because: x}", "tell-partner", "it is given for 'what-to-say'"),
        ("{warning: at-endex, of: what-to-say, because: x}", "at-endex", "remove it"),
    ],
)
def test_an_allowance_that_silences_nothing_is_a_warning(
    written: str, pointed: str, hint: str, tmp_path: Path
) -> None:
    found = {one.code: one for one in check(load(tmp_path, (SILENT, ""), allowing(written)))}
    assert set(found) == {"no-none", "allows-nothing"}
    assert at(found["allows-nothing"]).startswith(pointed)
    assert hint in (found["allows-nothing"].hint or "")


def test_an_allowance_needs_its_reason(tmp_path: Path) -> None:
    [found] = problems(tmp_path, allowing("{warning: no-none, of: what-to-say}"))
    assert "'because' is missing" in found.message


def test_a_rule_of_the_framework_is_left_out(tmp_path: Path) -> None:
    files = {"frameworks/base.yaml": FRAMEWORK}
    base = (FIRST, f"framework: base\n{FIRST}")
    loaded = load(tmp_path, base, files=files)
    assert [rule.id for rule in loaded.scenario.rules] == ["together", "alone"]
    assert check(loaded) == []
    out = (FIRST, f"framework: base\nrules: [{{id: alone, left-out: true}}]\n{FIRST}")
    loaded = load(tmp_path, out, files=files)
    assert [rule.id for rule in loaded.scenario.rules] == ["together"]
    assert check(loaded) == []


@pytest.mark.parametrize(
    ("row", "message", "hint"),
    [
        ("{id: alnoe, left-out: true}", "no rule 'alnoe' to leave out", "did you mean 'alone'?"),
        ("{id: alone, left-out: false}", "", None),
        ("{id: alone, left-out: true, title: x}", "'title' is not a key", None),
    ],
)
def test_a_rule_that_cannot_be_left_out_is_named(
    row: str, message: str, hint: str | None, tmp_path: Path
) -> None:
    out = (FIRST, f"framework: base\nrules: [{row}]\n{FIRST}")
    [found] = problems(tmp_path, out, files={"frameworks/base.yaml": FRAMEWORK})
    assert message in found.message
    assert hint is None or found.hint == hint


def test_without_a_framework_nothing_can_be_left_out(tmp_path: Path) -> None:
    [found] = problems(tmp_path, (FIRST, f"rules: [{{id: alone, left-out: true}}]\n{FIRST}"))
    assert found.hint == "only a framework's rules are left out, and there are none"
