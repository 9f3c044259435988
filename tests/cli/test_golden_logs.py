"""F19: logs of all versions so far are read, proved, scored and reported; logs of later ones are refused."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise.apply import fold
from tabletop.exercise.state import Stage
from tabletop.rules.scoring import score_log
from tabletop.store.reading import read_only
from tests.goldens import FOLDER

pytestmark = pytest.mark.newcomer

Captured = pytest.CaptureFixture[str]

HEADS = {
    "1-before-proposals": (97, "a9c6fe3db952"),
    "2-with-proposals": (98, "b1dc65e06450"),
}
"""Events and the beginning of the last hash: what was written, for ever."""


def copied(name: str, folder: Path) -> Path:
    """Copy a golden log, since reading may leave files beside it."""
    path = folder / f"{name}.db"
    shutil.copyfile(FOLDER / "logs" / path.name, path)
    return path


def test_every_kept_log_is_tried() -> None:
    assert {path.stem for path in (FOLDER / "logs").glob("*.db")} == set(HEADS)


@pytest.mark.parametrize("name", HEADS)
def test_f19_a_log_of_before_is_read_proved_scored_and_reported(
    name: str, tmp_path: Path, capsys: Captured
) -> None:
    path = copied(name, tmp_path)
    events, head = HEADS[name]
    assert main(["verify", str(path)]) == 0
    assert f"{events} events, chain intact, head {head}" in capsys.readouterr().out
    assert main(["log", str(path)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == events
    assert "お知らせを受け取りました" in "".join(shown)
    assert main(["score", str(path)]) == 0
    assert "Timely warning data" in capsys.readouterr().out
    assert main(["report", str(path), "-o", str(tmp_path / "out")]) == 0
    assert {file.suffix for file in (tmp_path / "out").iterdir()} == {".md", ".html", ".json"}
    with read_only(path) as log:
        records = list(log.read())
    assert fold(records).stage is Stage.CLOSED
    assert score_log(records).capital == {"washington": 6, "tokyo": 8, "seoul": 6}


@pytest.mark.parametrize("verb", ["log", "verify", "score", "report"])
def test_f19_a_log_of_a_later_version_is_refused_in_words(
    verb: str, tmp_path: Path, capsys: Captured
) -> None:
    path = copied("1-before-proposals", tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 3")
    connection.close()
    assert main([verb, str(path)]) == 2
    said = capsys.readouterr()
    assert "was written by a newer version of tabletop" in said.err
    assert "Update tabletop to use it" in said.err
    assert said.out == ""
