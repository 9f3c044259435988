"""Rules that cannot mean what they say are refused when the scenario is loaded, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.scenario.problems import Problem, render
from tests.scenario.authoring import Edit, at, load, problems


def rules(*written: str) -> Edit:
    """Return the edit that gives the scenario these rules."""
    listed = "".join(f"  - {{{rule}}}\n" for rule in written)
    return "format: 1 ", f"rules:\n{listed}format: 1 "


def refused(folder: Path, *edits: Edit, files: dict[str, str] | None = None) -> Problem:
    """Return the one problem of the scenario with the edits."""
    [problem] = problems(folder, *edits, files=files)
    assert problem.severity == "error"
    assert problem.line
    assert "\n    " in render(problem)
    return problem


UNKNOWN: list[tuple[str, str, str, str]] = [
    ("id: a, measure: same-story, good: {speek: Why}", "unknown objective 'speek'", "speek:", "'speak'"),
    ("id: a, measure: asked-first, good: speek", "unknown objective 'speek'", "good: speek", "'speak'"),
    ("id: a, measure: gave-as-got, bad: [speek]", "unknown objective 'speek'", "bad: [speek]", "'speak'"),
    (
        "id: a, measure: choices-fit, good: speak, decisions: what-to-sya",
        "unknown decision 'what-to-sya'",
        "what-to-sya",
        "'what-to-say'",
    ),
    (
        "id: a, measure: told-in-time, good: warn, relay: {through: norlan, delay: 2 min}",
        "unknown team 'norlan'",
        "norlan,",
        "'norland'",
    ),
    ("id: a, measure: consulted-before, done: {speek: 1}", "unknown objective 'speek'", "{id: a", "'speak'"),
    ("id: a, measure: reciprocity, hoarded: {wran: -2}", "unknown objective 'wran'", "{id: a", "'warn'"),
    (
        "id: a, measure: caveat-kept, tags: s, broken: {wran: -1}",
        "unknown objective 'wran'",
        "wran",
        "'warn'",
    ),
    (
        "id: a, measure: third-party, broken: {law: -1}",
        "unknown objective 'law'",
        "law",
        "known: warn, speak",
    ),
    (
        "id: a, measure: joint-choice, joint: {speak: 1}, decisions: [what-to-say, what-to-sya]",
        "unknown decision 'what-to-sya'",
        "what-to-sya",
        "'what-to-say'",
    ),
    (
        "id: a, measure: same-label, same: {speak: 1}, decisions: what-to-sya",
        "unknown decision 'what-to-sya'",
        "what-to-sya",
        "'what-to-say'",
    ),
    (
        "id: a, measure: bonus, when: {chose: {what-to-say: jiont}}, points: {norland: {speak: 1}}",
        "unknown option 'jiont' of decision 'what-to-say'",
        "jiont",
        "'joint'",
    ),
    (
        "id: a, measure: bonus, when: {stated: {by: norland, label: DRONE}}, points: {norland: {speak: 1}}",
        "unknown label 'DRONE'",
        "DRONE",
        "no label is defined",
    ),
    (
        "id: a, measure: bonus, when: {consulted: {by: norlan, with: all}}, points: {norland: {speak: 1}}",
        "unknown team 'norlan'",
        "norlan,",
        "'norland'",
    ),
    (
        "id: a, measure: bonus, when: {decided: what-to-say}, points: {sudlan: {speak: 1}}",
        "unknown team 'sudlan'",
        "sudlan",
        "'sudland'",
    ),
    (
        "id: a, measure: prompt-sharing, prompt: {warn: 1}, relay: {through: norlan, delay: 2 min}",
        "unknown team 'norlan'",
        "norlan,",
        "'norland'",
    ),
    (
        "id: a, measure: prompt-sharing, prompt: {warn: 1}, relay: {through: all, delay: 2 min}",
        "name one team here, not 'all'",
        "all,",
        "norland, sudland",
    ),
]


@pytest.mark.parametrize(("rule", "message", "pointed", "hint"), UNKNOWN)
def test_an_unknown_word_is_named_with_its_place(
    rule: str, message: str, pointed: str, hint: str, tmp_path: Path
) -> None:
    problem = refused(tmp_path, rules(rule))
    assert problem.message == message
    assert at(problem).startswith(pointed)
    assert hint in (problem.hint or "")


def test_a_framework_s_rule_is_refused_in_the_framework_s_file(tmp_path: Path) -> None:
    base = "format: 1\nid: base\ntitle: Base\nrules:\n  - {id: a, measure: same-label, same: {speek: 1}}\n"
    problem = refused(
        tmp_path, ("format: 1 ", "framework: base\nformat: 1 "), files={"frameworks/base.yaml": base}
    )
    assert (Path(problem.file).name, problem.line) == ("base.yaml", 5)
    assert at(problem).startswith("speek")


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        ("-1", "'weight' must be more than 0, not the number -1"),
        ("0", "'weight' must be more than 0, not the number 0"),
        (".nan", ".nan is not a finite number"),
        (".inf", ".inf is not a finite number"),
        ("", "'weight' must be a number, not empty"),
    ],
)
def test_a_weight_is_a_number_above_zero(weight: str, message: str, tmp_path: Path) -> None:
    edit = (
        "  speak: {code: O2, title: Speak with one voice}",
        f"  speak:\n    code: O2\n    title: One voice\n    weight: {weight}",
    )
    [problem] = problems(tmp_path, edit)
    assert problem.message == message
    assert problem.line


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (".nan", "number-not-finite"),
        (".inf", "number-not-finite"),
        ("0.3", "bad-value"),
        ("11", "out-of-range"),
        ("-10.5", "out-of-range"),
        ("two", "wrong-kind"),
    ],
)
def test_points_are_halves_between_minus_ten_and_ten(points: str, code: str, tmp_path: Path) -> None:
    problem = refused(tmp_path, rules(f"id: a, measure: joint-choice, joint: {{speak: {points}}}"))
    assert problem.code == code
    assert at(problem).startswith(points)


def test_a_measure_that_compares_teams_needs_a_decision_of_several(tmp_path: Path) -> None:
    problem = refused(
        tmp_path,
        rules("id: a, measure: joint-choice, joint: {speak: 1}, decisions: [what-to-say, tell-partner]"),
    )
    assert problem.code == "one-team-decision"
    assert problem.message == (
        "rule 'a' compares what teams chose, but decision 'tell-partner' is put to 'norland' alone"
    )
    assert problem.hint == "put to several teams: what-to-say"
    assert at(problem).startswith("tell-partner]")


def test_the_hint_says_what_to_do_when_no_decision_is_put_to_several(tmp_path: Path) -> None:
    alone = ("    team: all                  #", "    team: norland  #")
    consults = ("        asks: all              # implies a call with the partner\n", "")
    problem = refused(
        tmp_path,
        rules("id: a, measure: free-rider, rode: {speak: -1}, decisions: what-to-say"),
        alone,
        consults,
    )
    assert problem.hint == "put the decision to several teams, as with 'team: all'"


def test_the_same_decision_by_two_rules_of_one_measure_is_refused(tmp_path: Path) -> None:
    problem = refused(
        tmp_path,
        rules(
            "id: a, measure: joint-choice, joint: {speak: 1}",
            "id: b, measure: joint-choice, joint: {speak: 2}, decisions: what-to-say",
        ),
    )
    assert problem.code == "conflicting-rules"
    assert problem.message == (
        "rule 'b' judges decision 'what-to-say' by the same measure as rule 'a', with other points"
    )
    assert at(problem).startswith("b, measure")
    assert problem.hint


def test_so_is_giving_the_same_points_twice(tmp_path: Path) -> None:
    both = "measure: consulted-before, done: {speak: 1}"
    problem = refused(tmp_path, rules(f"id: a, {both}", f"id: b, {both}"))
    assert problem.message == (
        "rule 'b' judges the same thing by the same measure as rule 'a', so each point would be given twice"
    )


def test_a_scenario_s_rule_beside_its_framework_s_is_refused_in_the_scenario(tmp_path: Path) -> None:
    base = (
        "format: 1\nid: base\ntitle: Base\nrules:\n  - {id: a, measure: third-party, broken: {speak: -1}}\n"
    )
    problem = refused(
        tmp_path,
        (
            "format: 1 ",
            "framework: base\nrules: [{id: b, measure: third-party, broken: {speak: -2}}]\nformat: 1 ",
        ),
        files={"frameworks/base.yaml": base},
    )
    assert problem.code == "conflicting-rules"
    assert Path(problem.file).name == "scenario.yaml"
    assert "a rule with the id 'a'" in (problem.hint or "")


def test_three_alike_are_refused_once_each(tmp_path: Path) -> None:
    written = (f"id: {name}, measure: third-party, broken: {{speak: -1}}" for name in "abc")
    assert [one.message[:8] for one in problems(tmp_path, rules(*written))] == ["rule 'b'", "rule 'c'"]


@pytest.mark.parametrize(
    "written",
    [
        # Other tags, other thresholds, other conditions, other decisions: other situations.
        (
            "id: a, measure: caveat-kept, tags: x, broken: {speak: -1}",
            "id: b, measure: caveat-kept, tags: y, broken: {speak: -2}",
        ),
        (
            "id: a, measure: told-in-time, tags: x, bad: speak",
            "id: b, measure: told-in-time, tags: y, bad: speak",
        ),
        (
            "id: a, measure: bonus, when: {decided: what-to-say}, points: {norland: {speak: 1}}",
            "id: b, measure: bonus, when: {decided: tell-partner}, points: {norland: {speak: 2}}",
        ),
        (
            "id: a, measure: bonus, when: {decided: what-to-say}, points: {norland: {speak: 1}}",
            "id: b, measure: bonus, when: {decided: what-to-say}, points: {sudland: {speak: 2}}",
        ),
        (
            "id: a, measure: same-label, same: {speak: 1}",
            "id: b, measure: joint-choice, joint: {speak: 1}",
        ),
    ],
)
def test_rules_of_one_measure_may_look_for_different_things(written: tuple[str, str], tmp_path: Path) -> None:
    assert len(load(tmp_path, rules(*written)).scenario.rules) == 2


def test_one_condition_gives_a_team_one_thing_for_an_objective(tmp_path: Path) -> None:
    given = "measure: bonus, when: {decided: what-to-say}, points: {norland: {speak: %d}}"
    problem = refused(tmp_path, rules(f"id: a, {given % 1}", f"id: b, {given % 2}"))
    assert problem.message.startswith("rule 'b' judges the same condition")


@pytest.mark.parametrize(
    ("older", "today"),
    [
        (
            "measure: consulted-before, done: {speak: 2, warn: -1}, undone: {warn: -1}",
            "measure: asked-first, good: speak, bad: warn",
        ),
        (
            "measure: reciprocity, balanced: {speak: 1}, hoarded: {warn: -2}, within: 2, received: 3",
            "measure: gave-as-got, good: [speak], bad: [warn]",
        ),
        ("measure: reciprocity", "measure: gave-as-got"),
    ],
)
def test_an_older_measure_is_read_as_what_it_is_called_today(older: str, today: str, tmp_path: Path) -> None:
    (tmp_path / "older").mkdir()
    before = load(tmp_path / "older", rules(f"id: a, {older}")).scenario.rules
    assert before == load(tmp_path, rules(f"id: a, {today}")).scenario.rules


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("measure: consulted-before, done: {warn: much}", "'done' gives points"),
        ("measure: reciprocity, balanced: 5", "'balanced' gives points"),
        ("measure: reciprocity, given: {warn: 1}", "given"),
    ],
)
def test_a_wrong_value_of_an_older_measure_is_refused_at_the_rule(
    rule: str, message: str, tmp_path: Path
) -> None:
    found = problems(tmp_path, rules(f"id: a, {rule}"))
    assert any(message in one.message for one in found), found
    assert all(one.severity == "error" and one.line for one in found)
