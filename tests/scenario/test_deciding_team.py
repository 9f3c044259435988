"""Conditions about the team that decides: where they may stand, and what is said where they may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.authoring import at, problems

BRANCH = "    contingency: true\n"
ALONE = "    title: The contact\n"
TOGETHER = "    title: The statement\n"


def entry(when: str) -> tuple[str, str]:
    return BRANCH, f"    at: T+35\n    when: {when}\n"


@pytest.mark.parametrize(
    ("when", "caret", "message", "hint"),
    [
        (
            "{held: contact}",
            "held: contact",
            "'held' speaks of the team that decides, and no team decides here",
            "name what you mean: {held: {card: contact, by: …}}",
        ),
        (
            "{not: {capital: 2}}",
            "capital: 2",
            "'capital' speaks of the team that decides, and no team decides here",
            "name what you mean: {capital: {team: …, at-least: 2}}",
        ),
        (
            "{consulted: [sudland]}",
            "consulted: [sudland]",
            "'consulted' speaks of the team that decides, and no team decides here",
            "name what you mean: {consulted: {by: …, with: [sudland]}}",
        ),
        (
            "{partners: [own, joint]}",
            "partners: [own",
            "'partners' speaks of the team that decides, and no team decides here",
            "name what you mean: {chose: {decision: …, options: [own, joint], by: …}}",
        ),
    ],
)
def test_no_team_decides_about_an_entry(
    when: str, caret: str, message: str, hint: str, tmp_path: Path
) -> None:
    [found] = problems(tmp_path, entry(when))
    assert (found.code, found.message, found.hint) == ("no-decider", message, hint)
    assert at(found).startswith(caret)


@pytest.mark.parametrize(
    ("when", "code", "message"),
    [
        ("{held: {card: kontact, by: norland}}", "unknown-card", "unknown card 'kontact'"),
        ("{held: {card: contact, by: norway}}", "unknown-team", "unknown team 'norway'"),
        ("{held: {card: contact, by: all}}", "one-team", "name one team here, not 'all'"),
        ("{capital: {team: norway, at-least: 2}}", "unknown-team", "unknown team 'norway'"),
        (
            "{observed: tell-partners}",
            "unknown-subject",
            "there is no entry or decision 'tell-partners'",
        ),
        ("{observed: {objective: shares}}", "unknown-objective", "unknown objective 'shares'"),
    ],
)
def test_unknown_words(when: str, code: str, message: str, tmp_path: Path) -> None:
    [found] = problems(tmp_path, entry(when))
    assert (found.code, found.message) == (code, message)


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("{capital: {team: norland, at-least: 0}}", "'at-least' must be 1 or more"),
        ("{capital: many}", "block"),
        ("{observed: {}}", "say what was observed: 'about', 'team', 'objective' or 'kind'"),
        ("{held: [contact]}", "a card is named by its id or by a block of keys"),
        ("{held: contact, by: norland}", "a condition has one key; this one has 'held' and 'by'"),
    ],
)
def test_wrong_values(when: str, message: str, tmp_path: Path) -> None:
    [found] = problems(tmp_path, entry(when))
    assert message in found.message


@pytest.mark.parametrize(
    ("decision", "when", "message"),
    [
        (ALONE, "{held: contact}", ""),
        (ALONE, "{consulted: all}", ""),
        (ALONE, "{capital: 2}", ""),
        (
            ALONE,
            "{partners: own}",
            "'partners' speaks of what the others choose, and this is judged before anyone chooses",
        ),
        (
            TOGETHER,
            "{any: [{held: contact}]}",
            "'held' speaks of the team that decides, and several teams are asked here",
        ),
    ],
)
def test_the_condition_of_a_decision(decision: str, when: str, message: str, tmp_path: Path) -> None:
    found = problems(tmp_path, (decision, f"{decision}    when: {when}\n"))
    assert [one.message for one in found if one.code == "no-decider"] == [message] * bool(message)
