"""How a mistake is shown: place, line, a caret under the right cell, and the nearest word."""

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import ExitCode, InputError
from tabletop.plaintext import display_width
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import MAX_SHOWN, Problem, ProblemsFound, render, sort_key, to_json
from tests.harmless import has_control


def problem(line: int = 1, column: int = 1, source: str | None = "a: 1", **other: str | None) -> Problem:
    given_values = {"file": "x.yaml", "message": "it is wrong", "code": "wrong", **other}
    return Problem(line=line, column=column, source=source, **given_values)  # type: ignore[arg-type]


def test_a_problem_is_shown_with_its_line_and_hint() -> None:
    shown = render(problem(14, 5, "to: [tokio]", hint="did you mean 'tokyo'?"))
    assert shown.splitlines() == [
        "x.yaml:14:5: error: it is wrong",
        "    to: [tokio]",
        "        ^",
        "    hint: did you mean 'tokyo'?",
    ]


def test_a_warning_says_so() -> None:
    assert render(problem(severity="warning")).startswith("x.yaml:1:1: warning: ")


def test_a_problem_of_the_whole_file_has_no_line() -> None:
    assert render(problem(0, 0, None)) == "x.yaml: error: it is wrong"


@pytest.mark.parametrize(
    ("source", "column", "cells"),
    [
        ("目標: [海峡]", 6, 7),
        ("e\u0301e\u0301: x", 5, 2),
        ("\ta: x", 2, 4),
        ("a: x", 99, 4),
        ("", 1, 0),
        ("\x1b[31m: x", 6, 5),
    ],
)
def test_the_caret_stands_under_the_character(source: str, column: int, cells: int) -> None:
    assert render(problem(1, column, source)).splitlines()[2] == "    " + " " * cells + "^"


@pytest.mark.parametrize("column", [1, 2, 50, 101, 500_000, 999_999, 1_000_001])
@pytest.mark.parametrize("filling", ["x", "海"])
def test_a_very_long_line_is_shown_in_part(column: int, filling: str) -> None:
    source = filling * (column - 1) + "!" + filling * (1_000_000 - column)
    _, shown, caret = render(problem(1, column, source)).splitlines()
    assert display_width(shown) <= 104
    assert len(shown) > 40
    before = shown[: shown.index("!")]
    assert display_width(before) == caret.index("^")
    assert ("…" in before) == (column > 61 or (filling == "海" and column > 31))


@given(
    source=st.text(st.characters(), max_size=400).filter(lambda text: "\n" not in text),
    column=st.integers(1, 500),
    message=st.text(st.characters()),
    hint=st.text(st.characters()),
)
def test_whatever_is_shown_is_harmless(source: str, column: int, message: str, hint: str) -> None:
    shown = render(problem(3, column, source, message=message, hint=hint))
    assert not has_control(shown)
    assert len(shown.split("\n")) == (4 if hint else 3)
    assert display_width(shown.split("\n")[1]) <= 104
    json.loads(json.dumps(to_json(problem(3, column, source, message=message)), ensure_ascii=False).encode())


def test_all_problems_are_one_message_in_order() -> None:
    error = ProblemsFound([problem(7), problem(2, severity="warning"), problem(2, 4)])
    assert isinstance(error, InputError)
    assert error.exit_code == ExitCode.USAGE
    assert [(each.line, each.column) for each in error.problems] == [(2, 1), (2, 4), (7, 1)]
    assert str(error) == error.message
    assert str(error).splitlines()[-1] == "2 errors, 1 warning"
    assert sorted(error.problems, key=sort_key) == list(error.problems)


def test_a_message_spells_out_only_the_first_problems() -> None:
    error = ProblemsFound(problem(line) for line in range(1, MAX_SHOWN + 1201))
    assert len(error.problems) == MAX_SHOWN + 1200
    assert str(error).splitlines()[-2:] == ["and 1,200 more", "1,250 errors, 0 warnings"]


def test_problems_survive_pickling() -> None:
    error = ProblemsFound([problem(7), problem(2)])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - what this test made itself
    assert (again.problems, str(again), again.exit_code) == (error.problems, str(error), error.exit_code)


def test_json_holds_everything() -> None:
    assert to_json(problem(3, 4, hint="do this")) == {
        "file": "x.yaml",
        "line": 3,
        "column": 4,
        "severity": "error",
        "code": "wrong",
        "message": "it is wrong",
        "source": "a: 1",
        "hint": "do this",
    }


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("tokio", "tokyo"),
        ("Tokyo", "tokyo"),
        ("washingtn", "washington"),
        ("tittle", None),
        ("", None),
        ("海峡", None),
        ("x" * 10_000, None),
    ],
)
def test_nearest(word: str, meant: str | None) -> None:
    assert nearest(word, ["washington", "tokyo", "seoul"]) == meant


def test_nearest_keeps_the_letter_case_of_the_candidate() -> None:
    assert nearest("alert", ["Alarm", "ALERT"]) == "ALERT"


@pytest.mark.parametrize(
    ("word", "candidates"),
    [
        ("inject-99x9", [f"inject-{number}" for number in range(10_000)]),
        ("a" * 100, ["a" * 99 + chr(0x4E00 + number) for number in range(10_000)]),
        ("a" * 10_000, ["a" * 9_999] * 10_000),
        ("ab" * 50, ["ba" * 50] * 10_000),
    ],
)
def test_nearest_is_bounded(word: str, candidates: list[str]) -> None:
    # Compared in full, each of these would keep the test run waiting for minutes.
    assert nearest(word, candidates) in {None, *candidates}
