"""N1: a log that holds less than was recorded says so in numbers, and loses nothing more without leave."""

from __future__ import annotations

import os
import random
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.errors import InputError, TabletopError
from tabletop.store.database import FORMAT
from tabletop.store.filesystem import companion
from tabletop.store.log import LogCorrupt, LogFailed
from tabletop.store.loss import LogShorter
from tabletop.store.recorded_head import RecordedHead, read_recorded_head
from tabletop.store.sqlite import SqliteLog, read_only
from tabletop.store.verify import verify
from tabletop.store.wal import find_wal_damage
from tests.store.conftest import story

FILES = ("", "-wal", "-head")


def crash(folder: Path, version: int = FORMAT) -> Path:
    """Leave the files of a log of 34 events as a crash does, 8 of them in the -wal only."""
    played, records = folder / "played" / "log.db", story(34)
    with SqliteLog.create(played) as log:
        log.append(records[:26])
    with SqliteLog.open(played) as log:
        log._live().execute(f"PRAGMA user_version = {version}").fetchall()
        log._live().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        for record in records[26:]:
            log.append([record])
        shutil.copytree(played.parent, folder / "crashed")
    return folder / "crashed" / "log.db"


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """Return the files of a log of 34 events after a crash."""
    return crash(tmp_path)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return the same files as left by a version without recorded heads."""
    log = crash(tmp_path, version=1)
    companion(log, "head").unlink()
    return log


def part(log: Path, end: str) -> Path:
    """Return the path of the log itself, its `-wal` or its `-head`."""
    return log.with_name(log.name + end)


def damage_wal(log: Path) -> None:
    """Flip one bit in the first frame, as a failing disk does."""
    wal = companion(log, "wal")
    content = bytearray(wal.read_bytes())
    content[32 + 24 + 100] ^= 1
    wal.write_bytes(content)


def test_a_crashed_log_with_its_head_is_whole(crashed: Path) -> None:
    assert read_recorded_head(crashed) == (34, verify(crashed).head)
    assert verify(crashed).whole
    with SqliteLog.open(crashed) as log:
        assert log.loss is None
        assert list(log.read()) == story(34)
    assert {file.name for file in crashed.parent.iterdir()} == {"log.db"}


def test_n1_a_bit_in_the_wal_is_told_in_numbers_and_nothing_is_overwritten(crashed: Path) -> None:
    damage_wal(crashed)
    before = {end: part(crashed, end).read_bytes() for end in FILES}
    said = r"log\.db holds 26 events; 34 had been recorded: events 27 to 34 are missing"
    verdict = verify(crashed)
    assert not verdict.whole
    assert verdict.good == 26
    with pytest.raises(LogShorter, match=said):
        SqliteLog.open(crashed)
    with read_only(crashed) as log:
        assert len(list(log.read())) == 26
        assert log.loss is not None
        assert (log.loss.held, log.loss.recorded) == (26, 34)
    assert {end: part(crashed, end).read_bytes() for end in FILES} == before


def test_n1_with_leave_it_goes_on_and_what_was_left_is_kept(crashed: Path) -> None:
    damage_wal(crashed)
    before = [part(crashed, end).read_bytes() for end in FILES]
    with SqliteLog.open(crashed, accept_loss=True) as log:
        assert log.loss is not None
        assert (log.loss.held, log.loss.recorded) == (26, 34)
        log.append(story(27)[26:])
    assert verify(crashed).whole
    aside = crashed.with_name("log-before-loss.db")
    assert [part(aside, end).read_bytes() for end in FILES] == before
    with SqliteLog.open(crashed, accept_loss=True) as log:  # nothing more is missing now
        assert log.loss is None
        assert log.head[0] == 27


@pytest.mark.parametrize("end", FILES[1:])
def test_n1_a_missing_companion_is_noticed(crashed: Path, end: str) -> None:
    part(crashed, end).unlink()
    assert not verify(crashed).whole
    with pytest.raises(LogCorrupt, match=f"log.db{end} is missing"):
        SqliteLog.open(crashed)
    with SqliteLog.open(crashed, accept_loss=True) as log:
        assert log.loss is not None
        assert log.loss.recorded == (34 if end == "-wal" else None)


def test_n1_a_complete_older_set_beside_a_newer_head_is_noticed(crashed: Path, tmp_path: Path) -> None:
    shutil.copyfile(tmp_path / "played" / "log.db", tmp_path / "newer.db")
    with SqliteLog.open(tmp_path / "newer.db") as log:
        log.append(story(40)[34:])
        shutil.copyfile(companion(log.path, "head"), companion(crashed, "head"))
    with pytest.raises(
        LogShorter, match="holds 34 events; 40 had been recorded: events 35 to 40 are missing"
    ):
        SqliteLog.open(crashed)


def test_n1_the_head_of_another_log_is_noticed(crashed: Path) -> None:
    RecordedHead.create(crashed, (30, "a" * 64)).close()
    with pytest.raises(LogCorrupt, match=r"event 30 is not .*: log\.db-head names another"):
        SqliteLog.open(crashed)
    assert not verify(crashed).whole


def test_n1_a_log_left_open_by_an_older_version_is_opened_and_that_is_said(old: Path) -> None:
    with read_only(old) as reader:
        assert reader.loss is not None
        assert "left open by a version of tabletop that did not keep" in reader.loss.message
    assert verify(old).whole
    with SqliteLog.open(old) as log:
        assert list(log.read()) == story(34)
        assert log.loss is not None
        assert log.loss.tolerated


def test_n1_without_a_head_a_wal_that_goes_on_past_its_first_bad_frame_is_damage(old: Path) -> None:
    damage_wal(old)
    with pytest.raises(LogShorter, match=r"log\.db-wal is damaged from its frame 1 on"):
        SqliteLog.open(old)
    assert not verify(old).whole


def test_n1_without_a_head_a_torn_tail_is_no_damage(old: Path) -> None:
    wal = companion(old, "wal")
    content = wal.read_bytes()
    wal.write_bytes(content[: len(content.rstrip(b"\0")) - 200])
    with SqliteLog.open(old) as log:
        assert 26 <= log.head[0] < 34


@pytest.mark.parametrize("torn", [0, 1])
def test_a_head_that_was_torn_while_it_was_written_leaves_the_one_before(crashed: Path, torn: int) -> None:
    head = companion(crashed, "head")
    content = bytearray(head.read_bytes())
    content[torn * 4096 + 20 :][:50] = bytes(50)
    head.write_bytes(content)
    recorded = read_recorded_head(crashed)
    assert recorded is not None
    assert recorded[0] in {33, 34}
    with SqliteLog.open(crashed) as log:
        assert log.head[0] == 34


def test_n1_a_head_that_cannot_be_read_is_told(crashed: Path) -> None:
    companion(crashed, "head").write_bytes(bytes(8192))
    with pytest.raises(LogShorter, match=r"log\.db-head is damaged: it names no event"):
        SqliteLog.open(crashed)


def test_a_head_that_cannot_be_written_stops_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    log = SqliteLog.create(tmp_path / "log.db")
    log.append(story(2))
    monkeypatch.setattr(RecordedHead, "note", full)
    with pytest.raises(LogFailed, match="is full; make room on it"):
        log.append(story(3)[2:])
    monkeypatch.undo()
    with pytest.raises(LogFailed, match="is full; make room on it"):
        log.append(story(3)[2:])
    log.reopen(story(2))
    assert log.head[0] == 3  # it was committed before the head: what stood in doubt has happened
    log.append(story(4)[3:])
    log.close()
    assert verify(log.path).good == 4


@pytest.mark.parametrize("kind", ["wal", "head"])
def test_a_new_log_takes_over_nothing_of_one_that_is_gone(crashed: Path, kind: str) -> None:
    for end in {"", "-wal", "-head"} - {f"-{kind}"}:
        part(crashed, end).unlink()
    before = companion(crashed, kind).read_bytes()
    with pytest.raises(InputError, match=f"log.db-{kind} belongs to a log that is no longer there"):
        SqliteLog.create(crashed)
    assert companion(crashed, kind).read_bytes() == before
    assert not crashed.exists()


def flip(file: Path, bit: int) -> None:
    """Flip a bit of a file."""
    with file.open("r+b") as opened:
        opened.seek(bit // 8)
        (byte,) = opened.read(1)
        opened.seek(bit // 8)
        opened.write(bytes([byte ^ 1 << bit % 8]))


def used(file: Path) -> int:
    """Bits up to the last that is not part of a filling."""
    return len(file.read_bytes().rstrip(b"\0")) * 8


@pytest.mark.slow
@pytest.mark.parametrize("end", FILES)
@pytest.mark.parametrize("look", [verify, SqliteLog.open], ids=["verify", "open"])
def test_g12_a_flipped_bit_of_any_file_is_reported_or_every_record_is_as_it_was(
    crashed: Path, tmp_path: Path, end: str, look: Callable[[Path], object]
) -> None:
    chance = random.Random(end)  # noqa: S311 - nothing here is secret
    bits = used(part(crashed, end))
    for turn, bit in enumerate(chance.sample(range(bits), 120)):
        folder = tmp_path / str(turn)
        shutil.copytree(crashed.parent, folder)
        log = folder / crashed.name
        flip(part(log, end), bit)
        try:
            found = look(log)
        except TabletopError:
            continue
        if isinstance(found, SqliteLog):
            with found:
                assert list(found.read()) == story(34), f"bit {bit}"
        elif verify(log).whole:
            with read_only(log) as reader:
                assert list(reader.read()) == story(34), f"bit {bit}"
        shutil.rmtree(folder)


def test_the_head_is_private(crashed: Path) -> None:
    with SqliteLog.open(crashed):
        assert os.stat(companion(crashed, "head")).st_mode & 0o777 == 0o600  # noqa: PTH116


@pytest.mark.parametrize("page", [0, 1, 3, 1 << 20])
def test_a_wal_with_a_page_of_no_size_is_damage_and_no_fault(crashed: Path, page: int) -> None:
    """Whose header is otherwise right, checksum and all."""
    header = struct.pack(">6I", 0x377F0682, 3007000, page, 0, 1, 2)
    sums = [0, 0]
    for even, odd in zip(*[iter(struct.unpack("<6I", header))] * 2, strict=True):
        sums[0] = (sums[0] + even + sums[1]) & 0xFFFFFFFF
        sums[1] = (sums[1] + odd + sums[0]) & 0xFFFFFFFF
    wal = companion(crashed, "wal")
    wal.write_bytes(header + struct.pack(">2I", *sums) + b"x" * 5000)
    assert find_wal_damage(wal) is not None
    assert not verify(crashed).whole
