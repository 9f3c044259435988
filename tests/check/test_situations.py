"""How many situations can be counted, and a warning where they are too few to rate."""

from __future__ import annotations

from pathlib import Path

from tabletop.check import check, check_with_allowances, check_with_cuts
from tabletop.check.coverage import coverage_data, coverage_text
from tabletop.check.situations import situations
from tabletop.scenario.linking import load_scenario
from tests.builders import TEAMS, tiny_scenario
from tests.scenario.authoring import ONE_EACH, Edit, at, load, write
from tests.scenario.test_cuts import STARTER, written

THIRD: Edit = ("teams:\n", "teams:\n  westland: {name: Westland}\n")


def more(count: int) -> list[Edit]:
    """Return edits that add so many decisions, asked of both teams with the press."""
    words = [f"more-{number}" for number in range(1, count + 1)]
    decisions = "".join(
        f"  {word}: {{title: T, question: Q, team: all, window: 5 min, none: {{bad: {{speak: Silence}}}},"
        " options: {yea: {text: Y, good: {speak: Heard}}, nay: {text: N, good: {warn: Early}}}}\n"
        for word in words
    )
    return [
        ("    decision: what-to-say\n", f"    decision: [what-to-say, {', '.join(words)}]\n"),
        ("  what-to-say:\n", f"{decisions}  what-to-say:\n"),
    ]


def test_each_decision_that_can_move_a_result_is_a_situation(tmp_path: Path) -> None:
    found = situations(load(tmp_path, *ONE_EACH).scenario)
    assert found == {("norland", "warn"): 1, ("norland", "speak"): 1, ("sudland", "speak"): 1}
    assert situations(load(tmp_path / "more", *ONE_EACH, *more(2)).scenario)["sudland", "speak"] == 3


def test_a_decision_taken_before_play_is_none(tmp_path: Path) -> None:
    whole = load_scenario(written(tmp_path, STARTER))
    scenarios = (whole.scenario, whole.cuts["20"])
    assert [situations(one)["norland", "warn"] for one in scenarios] == [2, 1]


def test_a_rule_counts_each_time_that_it_may_judge() -> None:
    rule = {"id": "asked", "measure": "asked-first", "good": ["share"], "bad": ["share"]}
    plain, ruled = situations(tiny_scenario()), situations(tiny_scenario(rules=[rule]))
    assert {team: ruled[team, "share"] - plain[team, "share"] for team in TEAMS} == dict.fromkeys(TEAMS, 2)


def test_choices_that_fit_are_judged_in_the_phases_that_ask_for_them() -> None:
    parts = tiny_scenario().model_dump(mode="json", by_alias=True)
    parts["decisions"]["name-it"]["fits"] = [dict.fromkeys(TEAMS, "missile")]
    rule = {"id": "fit", "measure": "choices-fit", "good": ["share"], "bad": ["share"]}
    plain = situations(tiny_scenario(decisions=parts["decisions"]))
    found = situations(tiny_scenario(decisions=parts["decisions"], rules=[rule]))
    assert {found[team, "share"] - plain[team, "share"] for team in TEAMS} == {1}, (
        "one joint decision, two phases"
    )


def test_coverage_shows_what_is_too_little_to_rate(tmp_path: Path) -> None:
    loaded = load(tmp_path, *ONE_EACH, *more(3))
    lines = coverage_text(loaded.scenario).splitlines()
    head = next(line for line in lines if line.startswith("Team"))
    assert head.endswith("  Situations")
    warn = lines[lines.index(head) + 1 : lines.index(head) + 3]
    assert [line[head.index("Situations") :] for line in warn] == ["4", "3, not rated"]
    assert "Served by nothing, and serving nothing" in lines
    data = coverage_data(loaded.scenario)["objectives"]["speak"]
    assert {team: one["situations"] for team, one in data.items()} == {"norland": 4, "sudland": 4}


def test_one_warning_says_that_most_can_never_be_rated(tmp_path: Path) -> None:
    [warning] = [one for one in check(load(tmp_path, THIRD, *more(2))) if one.code == "hardly-rated"]
    assert at(warning).startswith("40 min")
    assert warning.message == (
        "4 of 6 results, each of a team on an objective, can never be rated: under four situations can arise"
    )
    assert warning.hint is not None
    assert "check --coverage" in warning.hint


def test_none_where_most_can_be_rated_or_where_a_scenario_is_only_begun(tmp_path: Path) -> None:
    assert "hardly-rated" not in {one.code for one in check(load(tmp_path / "begun", THIRD, *more(1)))}
    assert "hardly-rated" not in {one.code for one in check(load(tmp_path / "enough", *more(5)))}


def test_it_is_said_once_for_the_whole_and_its_cuts_and_can_be_allowed(tmp_path: Path) -> None:
    path = write(tmp_path, THIRD, *more(2))
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}cuts:\n  20: {{title: Short, length: 38 min}}\n", encoding="utf-8")
    codes = [one.code for one in check_with_cuts(load_scenario(path)).problems]
    assert codes.count("hardly-rated") == 1
    allow = "allow: [{warning: hardly-rated, of: strait, because: People rate}]\n"
    path.write_text(text + allow, encoding="utf-8")
    checked = check_with_allowances(load_scenario(path))
    assert checked.problems == []
    assert [len(one.warnings) for one in checked.allowed] == [1]
