"""`tabletop play` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise.commands import COMMAND_MODELS
from tabletop.exercise.events import NoteTaken
from tabletop.store.sqlite import read_only
from tests.scenario.test_one_team import SOLO

pytestmark = pytest.mark.newcomer

FLAGSHIP = "sakishima-dawn"


def moves(tmp_path: Path, text: str) -> str:
    path = tmp_path / "moves.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_game_becomes_a_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "out.db"
    plan = moves(tmp_path, "- {at: T+1, seat: tokyo, do: share, card: K1, with: [seoul]}")
    assert main(["play", FLAGSHIP, "--moves", plan, "--log", str(log), "--name", "Dry run"]) == 0
    captured = capsys.readouterr()
    assert captured.out.strip() == str(log)
    assert "1 moves made, 0 refused" in captured.err
    with read_only(log) as played:
        assert next(iter(played.read())).event.name == "Dry run"  # type: ignore[union-attr]


def test_a_cut_is_played_as_an_exercise_of_its_own(tmp_path: Path) -> None:
    log = tmp_path / "out.db"
    assert main(["play", FLAGSHIP, "--cut", "45", "--moves", moves(tmp_path, ""), "--log", str(log)]) == 0
    with read_only(log) as played:
        created = next(iter(played.read())).event
    assert created.scenario.length == 45 * 60  # type: ignore[union-attr]


def test_a_refused_move_leaves_no_half_game_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "out.db"
    plan = moves(tmp_path, "- {at: T+1, seat: tokyo, do: share, card: K2, with: [seoul]}")
    assert main(["play", FLAGSHIP, "--moves", plan, "--log", str(log)]) == 1
    assert (
        "moves.yaml:1:3: error: move 1, share by tokyo at T+1: this team does not hold that card"
        in capsys.readouterr().err
    )
    assert not log.exists()


def test_keep_going_notes_refusals_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "out.db"
    plan = moves(tmp_path, "- {at: T+1, seat: tokyo, do: share, card: K2, with: [seoul]}")
    assert main(["play", FLAGSHIP, "--moves", plan, "--log", str(log), "--keep-going"]) == 1
    with read_only(log) as played:
        notes = [record.event.text for record in played.read() if isinstance(record.event, NoteTaken)]
    assert len(notes) == 1
    assert "does not hold that card" in notes[0]


@pytest.mark.parametrize("content", ["{}", "\x00\x01", "- [", "a: &b 1", "- 1\n---\n- 2"])
def test_moves_that_cannot_be_read_change_nothing(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "out.db"
    assert main(["play", FLAGSHIP, "--moves", moves(tmp_path, content), "--log", str(log)]) == 2
    assert capsys.readouterr().err.strip()
    assert not log.exists()


@pytest.mark.parametrize("content", ["", "# nobody moves\n", "[]"])
def test_a_file_without_moves_plays_with_nobody_moving(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "out.db"
    assert main(["play", FLAGSHIP, "--moves", moves(tmp_path, content), "--log", str(log)]) == 0
    assert "0 moves made" in capsys.readouterr().err


def test_without_moves_it_says_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["play", FLAGSHIP, "--log", str(tmp_path / "out.db")]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "--moves moves.yaml" in said
    assert "- {at: T+3, seat: TEAM, do: decide, decision: D1, option: a}" in said


def test_a_log_that_exists_is_never_written_over(tmp_path: Path) -> None:
    log = tmp_path / "out.db"
    log.write_text("precious")
    assert main(["play", FLAGSHIP, "--moves", moves(tmp_path, "[]"), "--log", str(log)]) == 2
    assert log.read_text() == "precious"


def test_help_lists_every_command_with_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["play", "--help"]) == 0
    text = capsys.readouterr().out
    assert all(model.verb() in text for model in COMMAND_MODELS)
    assert "sanitised" in text


def test_s1_2_one_team_plays_scores_and_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, log = tmp_path / "scenario.yaml", tmp_path / "out.db"
    scenario.write_text(SOLO, encoding="utf-8")
    plan = moves(tmp_path, "- {at: T+2, seat: harbour, do: decide, decision: D1, option: a}")
    assert main(["check", str(scenario)]) == 0
    assert main(["play", str(scenario), "--moves", plan, "--log", str(log)]) == 0
    for verb in ("log", "score", "explain", "verify"):
        assert main([verb, str(log)]) == 0
    assert main(["report", str(log), "--output", str(tmp_path / "report")]) == 0
    said = capsys.readouterr()
    assert "Harbour office decided D1 [capital -1]: everyone: Everyone" in said.out
    assert "8 events, chain intact" in said.out
