"""Marks under a condition or for some of the teams, as an author writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check
from tests.scenario.authoring import at, load, problems

GOOD = "good: {warn: The partner hears it while it still matters}"
JOINT = "        good: {speak: Both say the same words}"


def test_a_single_part_needs_no_brackets(tmp_path: Path) -> None:
    part = "if: {when: {shared: {card: contact, with: all}}, good: {speak: It was known}}"
    option = load(tmp_path, (GOOD, f"{GOOD}\n        {part}")).scenario.decisions["tell-partner"].options
    [found] = option["tell-now"].if_
    assert found.marks == {"speak": (1, "It was known")}
    assert found.model_dump(mode="json")["when"] == {
        "shared": {"card": "contact", "by": None, "with": ["sudland"]}
    }


@pytest.mark.parametrize(
    ("part", "message", "pointed"),
    [
        ("{good: {warn: So}}", "say 'when' it holds, 'for' which teams, or both", "{good"),
        ("{for: norland}", "say what is 'good', 'bad' or 'neither' then, each with the reason", "{for"),
        ("{for: norland, good: {wran: So}}", "unknown objective 'wran'", "wran"),
        ("{for: norland, neither: {wran: So}}", "unknown objective 'wran'", "wran"),
        ("{for: nrland, good: {warn: So}}", "unknown team 'nrland'", "nrland"),
        ("{for: sudland, good: {warn: So}}", "'sudland' does not take this decision", "sudland"),
        ("{for: all, good: {warn: So}}", "name one team here, not 'all'", "all"),
        ("{when: {shared: contct}, good: {warn: So}}", "unknown card 'contct'", "contct"),
        ("{when: {shard: contact}, good: {warn: So}}", "'shard'", ""),
        ("{for: norland, good: {warn: So}, bad: {warn: So}}", "'warn' is named twice", "{for"),
        ("{for: norland, neither: warn}", "must be", "warn"),
        ("{for: norland, goood: {warn: So}}", "'goood' is not a key that is known here", "goood"),
    ],
)
def test_a_part_that_cannot_be_is_refused_at_its_place(
    part: str, message: str, pointed: str, tmp_path: Path
) -> None:
    found = problems(tmp_path, (GOOD, f"{GOOD}\n        if: [{part}]"))
    assert len(found) == 1, found
    assert message in found[0].message
    assert at(found[0]).startswith(pointed)


@pytest.mark.parametrize(
    "condition",
    [
        "{all: [{shared: contact}, {not: {shared: contact}}]}",
        "{chose: {tell-partner: wait}}",
        "{not: {decided: tell-partner}}",
    ],
)
def test_check_names_a_part_that_never_holds(condition: str, tmp_path: Path) -> None:
    part = f"if: {{when: {condition}, good: {{speak: So}}}}"
    found = [one for one in check(load(tmp_path, (GOOD, f"{GOOD}\n        {part}"))) if "'if'" in one.message]
    assert [one.code for one in found] == ["contradiction"]
    assert at(found[0]).startswith("{")


def test_check_is_silent_about_a_part_that_may_hold(tmp_path: Path) -> None:
    part = "        if: [{when: {chose: {what-to-say: own}}, bad: {speak: Alone}}]"
    found = check(load(tmp_path, (JOINT, f"{JOINT}\n{part}")))
    assert [one for one in found if one.code == "contradiction"] == []
