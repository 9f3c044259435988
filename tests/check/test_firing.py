"""Rules that look for something nobody carries, each in words of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.check import check
from tabletop.scenario.problems import Problem
from tests.scenario.authoring import Edit, at, load

TAGGED = ("      window: 5 min\n  debris", "      window: 5 min\n      tags: [outside-scope]\n  debris")
LATE = "        bad: {warn: The text is ready only when the news is an hour old}\n"
ALONE = ("    team: all                  #", "    team: norland  #")
OPTIONS: list[Edit] = [
    (
        "        good: {speak: Both say the same words}\n",
        "        good: {speak: Both say the same words}\n        tags: [joint]\n        label: D\n",
    ),
    ("format: 1 ", "labels: {D: A drone}\nformat: 1 "),
]


def warned(folder: Path, rule: str, *edits: Edit) -> list[Problem]:
    written = ("id: strait", f"id: strait\nrules:\n  - {{id: one, {rule}}}")
    return check(load(folder, written, *edits))


NEVER: list[tuple[str, str, str, list[Edit]]] = [
    ("measure: joint-choice, joint: {speak: 1}", "no decision is put to all teams", "team: all", [ALONE]),
    (
        "measure: same-label, same: {speak: 1}",
        "no decision put to all teams has options with a label",
        "'label'",
        [],
    ),
    (
        "measure: same-label, same: {speak: 1}, decisions: what-to-say",
        "no decision that it names has options with a label",
        "'label'",
        [],
    ),
    (
        "measure: choices-fit, good: speak",
        "no decision put to several teams says what fits together",
        "'fits'",
        [],
    ),
    ("measure: kept-faith, good: speak", "no card has a caveat, and no option keeps one", "'caveat'", []),
    (
        "measure: told-in-time, good: speak",
        "no card is tagged 'track' or 'status' or 'sign'",
        "give a card that tag",
        [],
    ),
    ("measure: asked-first", "it gives no points", "'good' or 'bad'", []),
    ("measure: same-label", "it gives no points", "'same' or 'differ'", []),
    ("measure: joint-choice, joint: {speak: 0}", "it gives no points", "'joint' or 'dissent'", []),
    (
        "measure: free-rider, rode: {speak: -1}",
        "no decision put to all teams has an option tagged 'full' and",
        "tag",
        [],
    ),
    (
        "measure: free-rider, full: joint, defers: joint, rode: {speak: -1}",
        "no decision put to all teams asks three teams or more",
        "remove",
        OPTIONS,
    ),
    (
        "measure: nobody-came, tag: jiont",
        "no decision put to all teams has an option tagged 'jiont'",
        "did you mean 'joint'?",
        OPTIONS,
    ),
    (
        "measure: nobody-came, tag: joint",
        "no option tagged 'joint' of a decision put to all teams gives points to halve",
        "good effects",
        [
            *OPTIONS[1:],
            (OPTIONS[0][0] + LATE, OPTIONS[0][1].replace("good", "bad")),
        ],
    ),
    (
        "measure: caveat-kept, tags: sensor, broken: {speak: -1}",
        "no card is tagged 'sensor'",
        "give a card",
        [],
    ),
    (
        "measure: caveat-kept, tags: [outside-scpoe], broken: {speak: -1}",
        "no card is tagged 'outside-scpoe'",
        "did you mean 'outside-scope'?",
        [TAGGED],
    ),
    (
        "measure: prompt-sharing, tags: [track], prompt: {warn: 1}",
        "no card is tagged 'track'",
        "cards are tagged: outside-scope",
        [TAGGED],
    ),
    (
        "measure: prompt-sharing, except-tags: [outside-scope], prompt: {warn: 1}",
        "'except-tags' leaves out every card",
        "fewer",
        [TAGGED],
    ),
    (
        "measure: third-party, broken: {speak: -1}",
        "with two teams a card can be passed on to its owner alone",
        "team",
        [],
    ),
    (
        "measure: contradictory-warning, conflict: {speak: -1}",
        "no option or inject lets two teams",
        "'advice'",
        [],
    ),
]


@pytest.mark.parametrize(("rule", "message", "hint", "edits"), NEVER)
def test_a_rule_that_never_fires_says_why(
    rule: str, message: str, hint: str, edits: list[Edit], tmp_path: Path
) -> None:
    [warning] = [one for one in warned(tmp_path, rule, *edits) if one.code == "rule-never-fires"]
    assert warning.severity == "warning"
    assert warning.message.startswith(f"rule 'one' never fires: {message}")
    assert hint in (warning.hint or "")
    assert at(warning).startswith("one, measure")


FIRES: list[tuple[str, list[Edit]]] = [
    ("measure: joint-choice, joint: {speak: 1}", []),
    ("measure: same-label, same: {speak: 1}", OPTIONS),
    ("measure: same-label, same: {speak: 1}, decisions: what-to-say", OPTIONS[1:]),
    ("measure: nobody-came", OPTIONS),
    ("measure: caveat-kept, tags: outside-scope, broken: {speak: -1}", [TAGGED]),
    ("measure: prompt-sharing, never: {warn: -1}", []),
    ("measure: consulted-before, done: {speak: 1}", []),
    ("measure: reciprocity, balanced: {speak: 1}", []),
    ("measure: bonus, when: {decided: what-to-say}, points: {norland: {speak: 1}}", []),
    (
        "measure: contradictory-warning, conflict: {speak: -1}",
        [
            (
                "    objectives: [speak]\n",
                "    objectives: [speak]\n    advice: {by: sudland, area: port, says: stay}\n",
            ),
            (
                "        shares: [contact] ",
                "        advice: {area: port, says: leave}\n        shares: [contact] ",
            ),
        ],
    ),
]


@pytest.mark.parametrize(("rule", "edits"), FIRES)
def test_a_rule_that_can_fire_is_left_alone(rule: str, edits: list[Edit], tmp_path: Path) -> None:
    assert warned(tmp_path, rule, *edits) == []


def test_one_slip_among_good_tags_is_found_too(tmp_path: Path) -> None:
    rule = "measure: caveat-kept, tags: [outside-scope, outside-scpoe], broken: {speak: -1}"
    [warning] = warned(tmp_path, rule, TAGGED)
    assert warning.code == "unknown-tag"
    assert warning.hint == "did you mean 'outside-scope'?"
    assert warned(tmp_path, rule.replace("outside-scpoe", "sensor"), TAGGED) == []
