"""Options that nobody can ever choose, and decisions that may leave a team without a choice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check
from tests.scenario.authoring import Edit, at, load, problems

NOW = "bad: {speak: It is told before both know what to call it}"
WAIT = "bad: {warn: The partner learns of it from the wreck}\n    none:"


def found(folder: Path, first: str, second: str = "tags: later", *edits: Edit) -> list[tuple[str, str]]:
    warnings = check(load(folder, (NOW, first), (WAIT, f"{second}\n    none:"), *edits))
    return [
        (one.code, at(one).partition(":")[0]) for one in warnings if one.code in ("never-open", "all-locked")
    ]


@pytest.mark.parametrize(
    "keys",
    [
        "cost: 10",
        "requires: {capital: 20}",
        "requires: {all: [{shared: contact}, {not: {shared: contact}}]}",
    ],
)
def test_check_names_an_option_that_nobody_can_choose(keys: str, tmp_path: Path) -> None:
    assert found(tmp_path, keys) == [("never-open", "tell-now")]


def test_check_names_a_decision_whose_options_may_all_be_locked(tmp_path: Path) -> None:
    first, second = "cost: 2", "requires: {released: radar-contact}"
    assert found(tmp_path, first, second) == [("all-locked", "options")]


@pytest.mark.parametrize(("reset", "warned"), [(1, []), (0, [("all-locked", "options")])])
def test_check_knows_what_is_left_after_a_backlash(
    reset: int, warned: list[tuple[str, str]], tmp_path: Path
) -> None:
    capital = ("format: 1", f"capital: {{reset: {reset}}}\nformat: 1")
    assert found(tmp_path, "cost: 1", "cost: 2", capital) == warned


@pytest.mark.parametrize("first", ["cost: 9", "requires: {capital: 20}"])
def test_check_knows_that_capital_does_not_count(first: str, tmp_path: Path) -> None:
    uncounted = ("format: 1", "score: {capital: false}\nformat: 1")
    assert found(tmp_path, first, "requires: {capital: 20}", uncounted) == []


def test_check_names_an_option_that_keeps_what_a_partner_has_from_the_start(tmp_path: Path) -> None:
    cut = (
        "format: 1",
        "cuts: {short: {length: 30 min, deals: {sudland: [contact]}}}\nformat: 1",
    )
    keeps = (WAIT, "keeps: {contact: [sudland]}\n    none:")
    whole = load(tmp_path, (NOW, "tags: now"), keeps, cut)
    never = [one for one in check(whole.cut("short")) if one.code == "never-open"]
    assert [one.message for one in never] == [
        "nobody can ever choose option 'wait': it keeps card 'contact' from 'sudland', "
        "which has it from the start"
    ]
    assert not [one for one in check(whole) if one.code == "never-open"]


def test_check_is_silent_where_an_option_is_always_open(tmp_path: Path) -> None:
    assert found(tmp_path, "cost: 3\n        requires: {capital: 4}") == []


@pytest.mark.parametrize(
    ("keys", "message", "pointed"),
    [
        ("cost: 1\n        capital: -1", "write 'cost' or 'capital', not both", "text"),
        ("cost: {sudland: 1}", "'sudland' does not take this decision", "sudland"),
        ("cost: {nrland: 1}", "unknown team 'nrland'", "nrland"),
        ("cost: {norland: 11}", "10", "11"),
        ("cost: {}", "at least", "{}"),
        ("cost: much", "", "much"),
        ("locked: It is shut", "'locked' says why 'requires' does not hold", "text"),
        ("requires: {capital: 0}", "1", "0"),
        ("requires: {capital: all}", "", "all"),
        ("requires: {shared: contct}", "unknown card 'contct'", "contct"),
        ("requires: 2", "", "2"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    keys: str, message: str, pointed: str, tmp_path: Path
) -> None:
    errors = [one for one in problems(tmp_path, (NOW, keys)) if one.severity == "error"]
    assert message in errors[0].message
    assert at(errors[0]).startswith(pointed) or pointed == "text"
