"""The columns of a planner's MSEL on injects and entries, and expected actions as a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.authoring import at, load, problems

EXPECTED = "    expected: Norland warns Sudland within five minutes.   # for the facilitator, never shown\n"
ENTRY = "    inject: radar-contact\n"


def expecting(text: str) -> tuple[str, str]:
    return EXPECTED, f"    expected: {text}\n"


def test_what_is_written_is_what_the_inject_says(tmp_path: Path) -> None:
    columns = "    for: Duty officer\n    storyline: the drone\n    priority: high\n    location: Pier 3\n"
    entry = "    controller: Cell 2\n    storyline: the wreck\n"
    loaded = load(tmp_path, (EXPECTED, EXPECTED + columns), (ENTRY, ENTRY + entry))
    inject = loaded.scenario.entries["radar-contact"].inject
    assert (inject.for_, inject.priority, inject.location) == ("Duty officer", "high", "Pier 3")
    assert (inject.storyline, inject.controller) == ("the wreck", "Cell 2")
    assert inject.expected_text.startswith("Norland warns ")
    assert [action.action for action in inject.actions] == [inject.expected_text.strip()]  # ticked as a whole


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("[They ring, They wait]", ["They ring", "They wait"]),
        ("[{action: They ring, by: 10 min}]", ["They ring, within 10 min"]),
        ("{action: They ring, team: norland, objective: warn}", ["They ring"]),
    ],
)
def test_expected_actions_may_be_a_list(written: str, words: list[str], tmp_path: Path) -> None:
    inject = load(tmp_path, expecting(written)).scenario.entries["radar-contact"].inject
    assert ([action.words for action in inject.actions], inject.expected_text) == (words, "")


def test_an_entry_expects_something_else_than_its_inject(tmp_path: Path) -> None:
    loaded = load(tmp_path, (ENTRY, ENTRY + "    expected: [They write it down]\n"))
    inject = loaded.scenario.entries["radar-contact"].inject
    assert [action.action for action in inject.actions] == ["They write it down"]


@pytest.mark.parametrize(
    ("written", "message", "pointed"),
    [
        ("[{action: They ring, team: norlnd}]", "unknown team 'norlnd'", "norlnd"),
        ("[{action: They ring, objective: wran}]", "unknown objective 'wran'", "wran"),
        ("[{action: They ring, by: soon}]", "", "soon"),
        ("[{by: 5 min}]", "'action' is missing", "{by"),
        ("[{action: They ring, tema: norland}]", "'tema' is not a key", "tema"),
        ("[]", "", "["),
        ("5", "", "5"),
    ],
)
def test_what_is_wrong_in_an_expected_action_is_named(
    written: str, message: str, pointed: str, tmp_path: Path
) -> None:
    found = problems(tmp_path, expecting(written))
    assert [one.severity for one in found] == ["error"], found
    assert message in found[0].message
    assert at(found[0]).startswith(pointed)


def test_a_priority_is_one_of_three(tmp_path: Path) -> None:
    [found] = problems(tmp_path, (ENTRY, ENTRY + "    priority: urgent\n"))
    assert at(found).startswith("urgent")
    assert "low" in f"{found.message} {found.hint}"
