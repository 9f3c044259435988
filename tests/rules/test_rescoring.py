"""An old log by other rules: read from a file, checked against what was played, compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.rules.rescoring import differences
from tabletop.rules.scoring import score_log
from tabletop.scenario.linking.other_rules import load_rules
from tabletop.scenario.problems import ProblemsFound
from tests.builders import tiny_scenario
from tests.game import Game

FRAMEWORK = """\
format: 1
id: other
title: Other rules
"""
LABELS = """\
rules:
  - {id: x1, measure: same-label, same: {message: 2}, differ: {message: -1}}
"""


def game() -> Game:
    """Three capitals use one label; Washington shares in the nick of time."""
    played = Game(tiny_scenario()).start()
    played.grant("washington", c.Decide(decision="push-track", option="both"), at=430)
    played.grant("tokyo", c.Decide(decision="alert", option="okinawa"), at=440)
    for team in ("washington", "tokyo", "seoul"):
        option = "missile" if team != "seoul" else "satellite"
        played.grant(team, c.Decide(decision="name-it", option=option), at=450)
    return played


def file(folder: Path, text: str, name: str = "other.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[tuple[int, str, str | None]]:
    with pytest.raises(ProblemsFound) as refused:
        load_rules(file(folder, text), tiny_scenario())
    assert all(problem.file.endswith("other.yaml") for problem in refused.value.problems)
    return [(problem.line, problem.message, problem.hint) for problem in refused.value.problems]


def test_the_logs_own_rules_change_nothing() -> None:
    played = game()
    card = score_log(played.records, tiny_scenario())
    assert card == played.score()
    assert all(one.by in (0, None) for one in differences(card, card))


def test_rules_of_a_framework_take_the_place_of_the_logs_own(tmp_path: Path) -> None:
    played = game()
    joint = "rules:\n  - {id: x7, measure: joint-choice, joint: {message: 1}, dissent: {message: -1}}\n"
    other = score_log(played.records, load_rules(file(tmp_path, FRAMEWORK + joint), tiny_scenario()))
    own = played.score()
    assert [entry.rule for entry in other.ledger if entry.rule not in {"option", "late"}] == ["x7"]
    # By its option Seoul has 0 on a range from -1 to +1; alone against two it loses one on -2 to +2.
    found = {(one.objective, one.team): one for one in differences(own, other)}
    assert (found["message", "seoul"].own, found["message", "seoul"].other) == (50, 25)
    assert found["message", "seoul"].by == -25
    assert found[None, None].own == own.overall


def test_late_ratings_weights_and_what_is_time_critical(tmp_path: Path) -> None:
    text = FRAMEWORK + (
        "objectives:\n"
        "  share: {code: O1, title: Timely warning data, weight: 5}\n"
        "late: {objective: message, points: -2}\n"
        "ratings: {P: 90, S: 70, M: 50}\n"
    )
    other = load_rules(file(tmp_path, text), tiny_scenario())
    assert (other.late.objective, other.late.points) == ("message", -2) if other.late else False
    assert other.ratings.P == 90
    assert (other.objectives["share"].weight, other.objectives["share"].time_critical) == (5, False)
    assert other.objectives["warning"] == tiny_scenario().objectives["warning"]
    assert other.rules == ()
    card = score_log(game().records, other)
    # Ten seconds late no longer matters where it is not time-critical.
    assert card.objective("share").teams["washington"].earned == 1
    assert card.objective("share").weight == 5
    assert card.objective("warning").teams["washington"].earned == 0


def test_what_the_file_does_not_give_stays(tmp_path: Path) -> None:
    own = tiny_scenario()
    other = load_rules(file(tmp_path, FRAMEWORK + LABELS), own)
    assert (other.late, other.ratings, other.objectives) == (own.late, own.ratings, own.objectives)
    assert (other.timeline, other.decisions, other.teams) == (own.timeline, own.decisions, own.teams)
    assert other.content_hash != own.content_hash


def test_rules_of_a_scenario_come_with_those_of_its_framework(tmp_path: Path) -> None:
    (tmp_path / "frameworks").mkdir()
    file(tmp_path / "frameworks", FRAMEWORK + "teams: {tokyo: {name: Tokyo}}\n" + LABELS)
    scenario = (
        "format: 1\nid: newer\ntitle: Newer\nframework: other\nlength: 20 min\n"
        "phases: [{id: only, title: Only, from: T+0}]\ntimeline: [{at: T+1, inject: nothing}]\n"
        "rules:\n  - {id: x2, measure: consulted-before, done: {message: 1}}\n"
    )
    other = load_rules(file(tmp_path, scenario, "scenario.yaml"), tiny_scenario())
    assert [rule.id for rule in other.rules] == ["x1", "x2"]
    assert other.id == "tiny"


def test_all_stands_for_the_partners_of_the_log(tmp_path: Path) -> None:
    bonus = (
        "rules:\n"
        "  - id: f1\n    measure: bonus\n"
        "    when: {shared: {card: flash, with: [all]}}\n    points: {seoul: {share: 1}}\n"
    )
    other = load_rules(file(tmp_path, FRAMEWORK + bonus), tiny_scenario())
    played = Game(tiny_scenario()).start()
    played.grant("seoul", c.Share(card="flash", with_=("washington", "tokyo")), at=400)
    assert [entry.points for entry in score_log(played.records, other).ledger] == [1]


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (
            "rules:\n  - {id: x1, measure: same-label, same: {mesage: 2}}\n",
            5,
            "unknown objective 'mesage'",
            "did you mean 'message'?",
        ),
        (
            "rules:\n  - {id: x1, measure: same-label, decisions: nameit}\n",
            5,
            "unknown decision 'nameit'",
            "did you mean 'name-it'?",
        ),
        (
            "rules:\n  - {id: f1, measure: bonus, when: {chose: {alert: okinwa}}, points: {}}\n",
            5,
            "unknown option 'okinwa' of decision 'alert'",
            "did you mean 'okinawa'?",
        ),
        ("late: {objective: speed, points: -1}\n", 4, "unknown objective 'speed'", None),
        ("objectives: {shares: {code: O1, title: Sharing}}\n", 4, "unknown objective 'shares'", None),
        ("rules:\n  - {id: x1, measure: same-lable}\n", 5, "", None),
    ],
)
def test_unknown_words_are_refused_where_they_stand(
    tmp_path: Path, text: str, line: int, message: str, hint: str | None
) -> None:
    (found,) = problems(tmp_path, FRAMEWORK + text)
    assert found[0] == line
    assert message in found[1]
    assert hint is None or found[2] == hint


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="there is no such file"):
        load_rules(tmp_path / "nothing.yaml", tiny_scenario())
