"""Hosts that keep a second copy of their log, and what they do with a log that has lost events."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise.events import LossAccepted
from tabletop.store.filesystem import companion
from tabletop.store.jsonl import read_copy
from tabletop.store.reading import read_only
from tabletop.store.sqlite import SqliteLog
from tests.link.processes import HostProgram
from tests.store.conftest import story

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals")]


@pytest.fixture
def programs() -> Iterator[list[HostProgram]]:
    started: list[HostProgram] = []
    yield started
    for program in started:
        if program.process.poll() is None:
            program.kill()
        assert "Traceback" not in program.text


def host(programs: list[HostProgram], home: Path, *words: str) -> HostProgram:
    home.mkdir(exist_ok=True)
    programs.append(HostProgram(["host", *words, "--port", "0"], home))
    return programs[-1]


def damaged(folder: Path) -> Path:
    """A log of 34 events as a crash leaves it, of which a flipped bit has cost the last 8."""
    played = folder / "played" / "log.db"
    with SqliteLog.create(played) as log:
        log.append(story(26))
    with SqliteLog.open(played) as log:
        for record in story(34)[26:]:
            log.append([record])
        shutil.copytree(played.parent, folder / "damaged")
    path = folder / "damaged" / "log.db"
    wal = companion(path, "wal")
    content = bytearray(wal.read_bytes())
    content[32 + 24 + 100] ^= 1
    wal.write_bytes(content)
    return path


def test_a_host_keeps_a_copy_through_a_kill_and_goes_on_with_it(
    tmp_path: Path, programs: list[HostProgram], capsys: pytest.CaptureFixture[str]
) -> None:
    stick, log = tmp_path / "stick", tmp_path / "dawn.db"
    stick.mkdir()
    first = host(programs, tmp_path / "home", "sakishima-dawn", "--log", str(log), "--copy", str(stick))
    first.until("Facilitator's secret")
    first.kill()
    again = host(programs, tmp_path / "home", "--log", str(log))  # where the copy was is remembered
    assert f"The second copy is continued in {stick / 'dawn.jsonl'}" in again.until("Facilitator's secret")
    assert again.interrupt() == 0
    assert f"--copy {stick / 'dawn.jsonl'}" in again.text  # in the command that goes on
    assert main(["verify", str(log), "--against", str(stick / "dawn.jsonl")]) == 0
    assert "holds the same" in capsys.readouterr().out


def test_a_copy_of_before_that_will_not_do_keeps_nobody_from_going_on(
    tmp_path: Path, programs: list[HostProgram]
) -> None:
    log, copy = tmp_path / "dawn.db", tmp_path / "copy.jsonl"
    first = host(programs, tmp_path / "home", "sakishima-dawn", "--log", str(log), "--copy", str(copy))
    first.until("Facilitator's secret")
    assert first.interrupt() == 0
    copy.write_text("somebody's shopping list\n")
    again = host(programs, tmp_path / "home", "--log", str(log))
    assert "The exercise goes on without a second copy" in again.until("Facilitator's secret")
    assert again.interrupt() == 0
    assert copy.read_text() == "somebody's shopping list\n"


def test_n1_a_host_does_not_go_on_with_a_log_that_has_lost_events_unless_told_to(
    tmp_path: Path, programs: list[HostProgram]
) -> None:
    log = damaged(tmp_path)
    refused = host(programs, tmp_path / "home", "--log", str(log))
    assert refused.process.wait(60) == 2
    assert "holds 26 events; 34 had been recorded: events 27 to 34 are missing" in refused.text
    assert "--accept-loss" in refused.text
    accepted = host(programs, tmp_path / "home", "--log", str(log), "--accept-loss")
    assert "events 27 to 34 are missing" in accepted.until("Facilitator's secret")
    assert accepted.interrupt() == 0
    with read_only(log) as reader:
        lost = list(reader.read())[26].event
    assert lost == LossAccepted(held=26, recorded=34)


def test_n1_a_copy_that_holds_more_than_its_log_is_told_and_kept(
    tmp_path: Path, programs: list[HostProgram]
) -> None:
    log, copy = tmp_path / "log.db", tmp_path / "log.jsonl"
    with SqliteLog.create(log) as opened:
        opened.append(story(20))
    assert main(["salvage", str(log), "-o", str(tmp_path / "longer.db")]) == 0
    longer = host(programs, tmp_path / "home", "--log", str(tmp_path / "longer.db"), "--copy", str(copy))
    longer.until("Facilitator's secret")
    assert longer.interrupt() == 0
    held = len(read_copy(copy).rows)
    assert held > 20
    refused = host(programs, tmp_path / "home", "--log", str(log), "--copy", str(copy))
    assert refused.process.wait(60) == 2
    assert f"holds 20 events; {held} had been recorded" in refused.text
    before = copy.read_bytes()
    accepted = host(programs, tmp_path / "home", "--log", str(log), "--copy", str(copy), "--accept-loss")
    assert f"The second copy is continued in {tmp_path / 'log-2.jsonl'}" in accepted.until(
        "Facilitator's secret"
    )
    assert accepted.interrupt() == 0
    assert copy.read_bytes() == before


@pytest.mark.parametrize("verb", ["verify", "log", "score", "explain", "report"])
def test_n1_every_verb_that_shows_a_log_says_what_it_has_lost(
    tmp_path: Path, verb: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([verb, str(damaged(tmp_path))]) == 1
    said = capsys.readouterr()
    assert "holds 26 events; 34 had been recorded: events 27 to 34 are missing" in said.out + said.err
