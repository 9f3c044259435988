"""`tabletop score`: the scorecard for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.cli.scorecard_text import ScorecardText, bar, ruled
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.events import NoteTaken, Record
from tabletop.exercise.marking import MARKING
from tabletop.pages.text import TextPage
from tabletop.report.build import build_report
from tabletop.report.sections.basis import write_basis
from tabletop.report.sections.overview import write_overview
from tabletop.rules.scorefile import to_data
from tabletop.rules.scoring import ObjectiveScore, TeamScore, score_log
from tabletop.rules.tally import Tally
from tabletop.store.sqlite import SqliteLog
from tests.builders import created, records_of, tiny_scenario
from tests.game import Game
from tests.harmless import has_control
from tests.report.exercises import full_records, typed_everywhere

Captured = pytest.CaptureFixture[str]


def log_of(records: Sequence[Record], path: Path) -> str:
    """Write a log of the records; return its path as an argument."""
    with SqliteLog.create(path) as opened:
        opened.append(records)
    return str(path)


def test_the_table(tmp_path: Path, capsys: Captured) -> None:
    assert main(["score", log_of(full_records(), tmp_path / "log.db")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == lines[-1] == MARKING
    assert lines[2] == "O1  Timely warning data: not rated, under four situations"
    assert lines[3] == "    Washington  not rated                  1 of 1 situation went well"
    seoul = next(line for line in lines if "adjusted" in line)
    assert "0 of 3 situations went well, 2 badly (adjusted by a person)" in seoul
    assert "O9  Legal basis: no situation arose" in lines
    assert "domestic capital: Washington 5, Tokyo 2, Seoul 6" in lines
    assert not any("overall" in line for line in lines)


def test_a_bar_stands_beside_the_count_from_four_situations_on() -> None:
    standing = TeamScore(2, 0, 3, -1, Tally(4, 3, 1))
    assert f"{bar(standing)}  {standing.tally}" == (
        "###############.....   75  3 of 4 situations went well, 1 badly"
    )


def test_what_the_rules_alone_gave_stands_beside_a_bar_only() -> None:
    assert ruled(TeamScore(2, -1, 3, -1, Tally(4, 3, 1))) == (
        " (adjusted by a person; the rules alone give 75)"
    )
    assert ruled(TeamScore(2, -1, 3, -1, Tally(3, 3, 0))) == " (adjusted by a person)"


def test_one_rated_team_does_not_speak_for_all() -> None:
    def goal(**situations: int) -> ObjectiveScore:
        teams = {team: TeamScore(2, 0, 3, -1, Tally(count, 2, 1)) for team, count in situations.items()}
        return ObjectiveScore("share", "O1", "Sharing", 1, teams)

    across = ScorecardText(score_log(full_records()), tiny_scenario()).across
    assert across(goal(washington=4, tokyo=3)) == "not rated for all, Washington alone had four situations"
    assert across(goal(washington=3, tokyo=3)) == "not rated, under four situations"
    assert across(goal(washington=4, tokyo=5, seoul=1)) == "mean 75, gap 0"
    assert across(goal(washington=4)) == "mean 75, gap 0", "one team speaks for itself"


def test_the_ledger_names_every_mark_in_the_order_of_time(tmp_path: Path, capsys: Captured) -> None:
    records = full_records()
    assert main(["score", log_of(records, tmp_path / "log.db")]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.endswith("]")]
    assert len(lines) == len(score_log(records).ledger)
    assert lines[0].split()[:4] == ["+1", "O1", "Washington", "T+5:50"]
    assert "D1: chose “Voice and data to both at once” [11, 16, 17, 18]" in lines[0]


def test_json_is_the_scorecard(tmp_path: Path, capsys: Captured) -> None:
    records = full_records()
    assert main(["score", log_of(records, tmp_path / "log.db"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == to_data(score_log(records))


def test_a_log_made_under_other_rules_says_so_at_the_top(tmp_path: Path, capsys: Captured) -> None:
    records = records_of([created(rules_version=1)], first=1)
    log = log_of(records, tmp_path / "log.db")
    assert main(["score", log]) == 0
    said = "This log was made by tabletop 0.1.0 under rules 1. It is scored by today's rules (2)"
    assert capsys.readouterr().out.splitlines()[2].startswith(said)
    assert main(["score", log, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rescored"].startswith(said)
    [fact] = [line for line in report_lines(records) if "under rules 1" in line]
    assert fact.startswith("Rules")


def test_a_loss_that_was_accepted_stands_in_log_score_explain_and_report(
    tmp_path: Path, capsys: Captured
) -> None:
    events: list[e.Event] = [created(), e.LossAccepted(held=1, recorded=3), e.ExerciseStarted(phase="launch")]
    records = records_of(events, first=1)
    log = log_of(records, tmp_path / "log.db")
    said = "INCOMPLETE RECORD: events 2 to 3 were lost before T+1."
    for verb in ("score", "explain"):
        assert main([verb, log]) == 0
        assert said in " ".join(capsys.readouterr().out.split()), verb
        assert main([verb, log, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["incomplete"].startswith(said)
    assert main(["log", log]) == 0
    shown = capsys.readouterr()
    assert "INCOMPLETE RECORD: events 2 to 3 were lost" in shown.out.splitlines()[1]
    assert shown.err.startswith(said)
    assert main(["log", log, "--as", "tokyo"]) == 0
    assert "lost" not in "".join(capsys.readouterr())
    [fact] = [line for line in report_lines(records) if said in line]
    assert fact.startswith("Record")
    basis = TextPage(400)
    write_basis(basis, build_report(records))
    assert said in basis.text()


def report_lines(records: Sequence[Record]) -> list[str]:
    page = TextPage(400)
    write_overview(page, build_report(records))
    return page.text().splitlines()


def test_an_exercise_that_was_only_created(tmp_path: Path, capsys: Captured) -> None:
    assert main(["score", log_of(Game().records, tmp_path / "log.db")]) == 0
    said = capsys.readouterr().out
    assert "O1  Timely warning data: no situation arose" in said
    assert "No mark was given." in said


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_hostile_words_do_not_reach_the_terminal(option: list[str], tmp_path: Path, capsys: Captured) -> None:
    rude = "\x1b]0;owned\x07\x9b2J\u202e\udc80\nfake line"
    assert main(["score", log_of(typed_everywhere(rude), tmp_path / "log.db"), *option]) == 0
    said = capsys.readouterr().out
    assert not has_control(said)
    assert "fake line" in said
    assert not any(line.startswith("fake line") for line in said.splitlines())


def test_what_is_no_exercise(tmp_path: Path, capsys: Captured) -> None:
    nothing = tmp_path / "nothing.db"
    SqliteLog.create(nothing).close()
    for path in (str(nothing), log_of(records_of([NoteTaken(text="x")]), tmp_path / "note.db")):
        assert main(["score", path]) == 2
        assert "holds no exercise that can be scored" in capsys.readouterr().err
    assert main(["score", str(tmp_path / "missing.db")]) == 2


def test_what_people_rated_stands_side_by_side(tmp_path: Path, capsys: Captured) -> None:
    game = Game().start()
    game.grant("evaluator", c.Grade(objective="share", rating="S", note="By luck"))
    game.grant("facilitator", c.Grade(objective="share", rating="P", note="In time"))
    path = log_of(game.records, tmp_path / "log.db")
    assert main(["score", path]) == 0
    printed = capsys.readouterr().out
    assert (
        "  O1 all teams: S (evaluator), P (facilitator)\n  0 % agreement (0 of 1 pair of ratings alike)"
        in printed
    )
    assert main(["score", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ratings"]["agreement"] == 0
