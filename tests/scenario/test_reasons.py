"""What options are good or bad for, each with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.authoring import at, load, problems

GOOD = "good: {warn: The partner hears it while it still matters}"


def test_a_reason_is_one_point(tmp_path: Path) -> None:
    decision = load(tmp_path).scenario.decisions["tell-partner"]
    good, bad, none = decision.options["tell-now"], decision.options["wait"], decision.none
    assert none is not None
    assert [good.points, bad.points, none.points] == [
        {"warn": 1, "speak": -1},
        {"speak": 1, "warn": -1},
        {"warn": -1},
    ]
    assert good.reason("warn") == "The partner hears it while it still matters"
    assert bad.reason("warn") == "The partner learns of it from the wreck"
    assert none.reason("speak") == ""


def test_of_points_of_format_1_the_sign_counts_and_there_is_no_reason(tmp_path: Path) -> None:
    option = (
        load(tmp_path, (GOOD, "effects: {warn: +2.5}")).scenario.decisions["tell-partner"].options["tell-now"]
    )
    assert (option.points["warn"], option.reason("warn")) == (1, "")


@pytest.mark.parametrize(
    ("written", "message", "pointed"),
    [
        ("good: {wran: In time}", "unknown objective 'wran'", "wran:"),
        (
            "good: {warn: one two three four five six seven eight nine ten eleven twelve thirteen}",
            "a reason has at most 12 words; this one has 13",
            "one two",
        ),
        ("good: {warn: 2}", "must be text", "2}"),
        ("good: [warn]", "must be", "[warn]"),
        ("good: {warn: ''}", "must not be empty", "''"),
    ],
)
def test_a_reason_that_is_none_is_refused_at_its_place(
    written: str, message: str, pointed: str, tmp_path: Path
) -> None:
    found = [one for one in problems(tmp_path, (GOOD, written)) if one.severity == "error"]
    assert len(found) == 1, found
    assert message in found[0].message
    assert at(found[0]).startswith(pointed)


@pytest.mark.parametrize("second", ["bad: {warn: Too soon}", "effects: {warn: 1}"])
def test_an_objective_is_named_once(second: str, tmp_path: Path) -> None:
    found = problems(tmp_path, ("bad: {speak: It is told before both know what to call it}", second))
    assert [one.message for one in found] == [
        "'warn' is named twice; name it once, in 'good', 'bad' or 'effects'"
    ]
