"""The second copy: the same records elsewhere, which never hold up play, and what can be done with them."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from tabletop.errors import InputError
from tabletop.store import second_copy as module
from tabletop.store.codec import encode
from tabletop.store.filesystem import companion
from tabletop.store.jsonl import decode_line, encode_line, read_copy
from tabletop.store.row import StoredRow
from tabletop.store.salvage import compare, salvage
from tabletop.store.second_copy import SecondCopy, check_copy, copy_path
from tabletop.store.sqlite import SqliteLog, read_only
from tabletop.store.verify import verify
from tests.builders import records_of
from tests.store.conftest import story


class Clock:
    """Seconds that pass when a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def rows(length: int) -> list[StoredRow]:
    """Return the rows of the story."""
    made: list[StoredRow] = []
    for record in story(length):
        made.append(encode(record, *([made[-1].hash] if made else [])))
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def copied(tmp_path: Path, clock: Clock) -> tuple[Path, Path]:
    """Write a closed log of 12 events and its second copy."""
    log, copy = tmp_path / "log.db", tmp_path / "stick" / "log.jsonl"
    with SqliteLog.create(log) as opened:
        second = SecondCopy(copy, clock)
        opened.append(story(2))
        opened.copy_to(second)
        for record in story(12)[2:]:
            opened.append([record])
        assert second.close()
    return log, copy


def cut(copy: Path, events: int) -> None:
    """Leave the first lines only."""
    copy.write_bytes(b"".join(copy.read_bytes().splitlines(keepends=True)[:events]))


def test_the_copy_holds_the_same_records_as_json_lines(copied: tuple[Path, Path]) -> None:
    log, copy = copied
    assert read_copy(copy).rows == tuple(rows(12))
    assert compare(log, copy).words == f"The second copy {copy} holds the same 12 events."
    assert compare(log, copy).same
    assert copy.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text", ["異状なし", "\ud800 half", 'quo"te\\', "line\nbreak\u2028", "", "\0\x1b]52;"]
)
def test_text_comes_back_exactly(text: str) -> None:
    from tabletop.exercise.events import NoteTaken

    (record,) = records_of([NoteTaken(text=text)])
    row = encode(record)
    assert decode_line(encode_line(row)) == row
    assert encode_line(row).count(b"\n") == 1


def test_it_goes_on_behind_a_line_that_a_crash_has_torn(copied: tuple[Path, Path], clock: Clock) -> None:
    log, copy = copied
    copy.write_bytes(copy.read_bytes()[:-40])
    second = SecondCopy(copy, clock)
    with SqliteLog.open(log) as opened:
        opened.copy_to(second)
        opened.append(story(13)[12:])
    assert second.close()
    assert read_copy(copy).rows == tuple(rows(13))


def test_a_copy_on_another_stick_is_written_from_the_first_event(
    copied: tuple[Path, Path], clock: Clock
) -> None:
    log, copy = copied
    with SqliteLog.open(log) as opened:
        second = SecondCopy(copy, clock)
        opened.copy_to(second)
        opened.append(story(13)[12:])
        assert _written(second)
        copy.rename(copy.with_name("the other stick.jsonl"))
        opened.append(story(14)[13:])
        assert second.close()
    assert read_copy(copy).rows == tuple(rows(14))


def _written(copy: SecondCopy) -> bool:
    with copy._changed:
        return copy._changed.wait_for(lambda: copy._waits_since is None, 30)


def test_a_copy_that_is_behind_says_so_after_ten_seconds_and_holds_nothing_up(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, stuck, write = Event(), Event(), module._write

    def slow(descriptor: int, text: bytes) -> None:
        stuck.set()
        assert goes_on.wait(60)
        write(descriptor, text)

    monkeypatch.setattr(module, "_write", slow)
    copy = SecondCopy(tmp_path / "copy.jsonl", clock)
    with SqliteLog.create(tmp_path / "log.db") as log:
        log.copy_to(copy)
        log.append(story(1))
        assert stuck.wait(60)
        for record in story(5)[1:]:
            log.append([record])
        clock.now = 9.9
        assert copy.says is None
        clock.now = 10.0
        assert copy.says is not None
        assert "copy.jsonl is 5 events behind. Play and the log are not affected." in copy.says
        goes_on.set()
        assert _written(copy)
        assert copy.says is None
    assert copy.close()


def test_a_disk_that_refuses_is_named_and_tried_again(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, write = Event(), module._CopyFile.write

    def full(file: module._CopyFile, text: bytes, count: int) -> None:
        if tried.is_set():
            raise OSError(28, "No space left on device")
        write(file, text, count)

    monkeypatch.setattr(module, "RETRY", 0.01)
    monkeypatch.setattr(module._CopyFile, "write", full)
    copy = SecondCopy(tmp_path / "copy.jsonl", clock)
    copy.add(rows(2))
    assert _written(copy)
    tried.set()
    copy.add(rows(4)[2:])
    with copy._changed:
        assert copy._changed.wait_for(lambda: copy._failure, 30)
    clock.now = 30.0
    assert copy.says is not None
    assert "is 2 events behind: no space left on device" in copy.says
    tried.clear()
    assert _written(copy)
    assert copy.close()
    assert read_copy(tmp_path / "copy.jsonl").rows == tuple(rows(4))


def test_what_lies_there_and_is_no_copy_of_this_log_is_never_written_to(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "copy.jsonl"
    path.write_text("my notes\n", encoding="utf-8")
    copy = SecondCopy(path, clock)
    copy.add(rows(3))
    assert not copy.close()
    clock.now = 30.0
    assert "is not a second copy of a log" in (copy.says or "")
    assert path.read_text(encoding="utf-8") == "my notes\n"


def test_before_play_a_copy_of_something_else_is_refused(copied: tuple[Path, Path]) -> None:
    _, copy = copied
    other = [row._replace(hash="0" * 64) for row in rows(12)]
    with pytest.raises(InputError, match="another exercise, or differs from this one from event 1 on"):
        check_copy(copy, other)
    assert not check_copy(copy.with_name("none"), rows(12))


def test_what_a_power_cut_left_of_the_last_lines_is_written_anew(
    copied: tuple[Path, Path], clock: Clock
) -> None:
    log, copy = copied
    content = copy.read_bytes()
    copy.write_bytes(content[:-900] + bytes(400) + content[-500:])
    assert read_copy(copy).problem is not None
    second = SecondCopy(copy, clock)
    with SqliteLog.open(log) as opened:
        assert opened.check_copy(copy) < 12
        opened.copy_to(second)
    assert second.close()
    assert read_copy(copy).rows == tuple(rows(12))


def test_a_damaged_copy_that_holds_more_than_the_log_is_not_cut_off(
    copied: tuple[Path, Path], tmp_path: Path, clock: Clock
) -> None:
    _, copy = copied
    copy.write_bytes(copy.read_bytes().replace(b"Nr 4", b"Nr 5", 1))
    before = copy.read_bytes()
    with SqliteLog.create(tmp_path / "short.db") as log:
        log.append(story(8))
        assert log.check_copy(copy) == 12
        second = SecondCopy(copy, clock)
        log.copy_to(second)
        assert not second.close()
    assert copy.read_bytes() == before


def test_a_folder_gets_a_copy_of_the_name_of_the_log(tmp_path: Path) -> None:
    assert copy_path(tmp_path, Path("logs/dawn.db")) == tmp_path / "dawn.jsonl"
    assert copy_path(tmp_path / "x.jsonl", Path("logs/dawn.db")) == tmp_path / "x.jsonl"


# Comparing and saving --------------------------------------------------------------------------------


def test_verify_against_a_copy_counts_what_either_lacks(copied: tuple[Path, Path], tmp_path: Path) -> None:
    log, copy = copied
    cut(copy, 9)
    assert compare(log, copy).words == f"The second copy {copy} lacks the last 3 of 12 events."
    with SqliteLog.create(tmp_path / "short.db") as short:
        short.append(story(5))
    assert compare(tmp_path / "short.db", copy).words == (
        f"The second copy {copy} holds 9 events, 4 more than the log."
    )
    with SqliteLog.create(tmp_path / "other.db") as other:
        other.append([*story(5)[:4], *records_of([story(9)[8].event], first=5)])
    assert compare(tmp_path / "other.db", copy).differs_from == 5


def test_n1_what_the_log_has_lost_comes_back_from_the_copy(copied: tuple[Path, Path], tmp_path: Path) -> None:
    log, copy = copied
    with SqliteLog.open(log) as opened:
        second = SecondCopy(copy, Clock())
        opened.copy_to(second)
        for record in story(20)[12:]:
            opened.append([record])
        assert second.close()
        damaged = tmp_path / "damaged"
        damaged.mkdir()
        for file in (log, companion(log, "wal"), companion(log, "head")):
            shutil.copyfile(file, damaged / file.name)
    wal = companion(damaged / "log.db", "wal")
    content = bytearray(wal.read_bytes())
    content[32 + 24 + 100] ^= 1
    wal.write_bytes(content)
    saved = salvage([damaged / "log.db", copy], tmp_path / "new.db")
    assert saved.events == 20
    assert dict(saved.sources)[copy] > 0
    assert saved.left == 0
    with read_only(tmp_path / "new.db") as new:
        assert list(new.read()) == story(20)
    assert verify(tmp_path / "new.db").whole


def test_a_copy_alone_makes_a_log(copied: tuple[Path, Path], tmp_path: Path) -> None:
    _, copy = copied
    assert salvage([copy], tmp_path / "new.db").events == 12
    with read_only(tmp_path / "new.db") as new:
        assert list(new.read()) == story(12)


def test_rows_in_the_middle_come_from_whichever_file_has_them(
    copied: tuple[Path, Path], tmp_path: Path
) -> None:
    import sqlite3

    log, copy = copied
    connection = sqlite3.connect(log, isolation_level=None)
    connection.execute("UPDATE event SET seat = 'x' WHERE seq = 5")
    connection.close()
    cut(copy, 8)
    saved = salvage([log, copy], tmp_path / "new.db")
    assert saved.sources == ((log, 11), (copy, 1))
    with read_only(tmp_path / "new.db") as new:
        assert list(new.read()) == story(12)


@pytest.mark.slow
def test_g12_a_flipped_bit_of_the_copy_is_reported_or_every_record_is_as_it_was(
    copied: tuple[Path, Path],
) -> None:
    log, copy = copied
    content = copy.read_bytes()
    chance = random.Random(12)  # noqa: S311 - nothing here is secret
    for bit in chance.sample(range(len(content) * 8), 400):
        flipped = bytearray(content)
        flipped[bit // 8] ^= 1 << bit % 8
        copy.write_bytes(flipped)
        try:
            comparison = compare(log, copy)
        except InputError:
            continue
        assert not comparison.same or read_copy(copy).rows == tuple(rows(12)), f"bit {bit}"


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_link_to_zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(os.name != "posix", reason="devices and pipes")
@pytest.mark.parametrize("make", [make_fifo, make_link_to_zeros, Path.mkdir])
def test_b04_what_is_no_file_is_refused_at_once(
    copied: tuple[Path, Path], tmp_path: Path, make: Callable[[Path], None]
) -> None:
    log, _ = copied
    make(tmp_path / "hostile")
    with pytest.raises(InputError):
        compare(log, tmp_path / "hostile")
    with pytest.raises(InputError):
        salvage([log, tmp_path / "hostile"], tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("end", ["", "-wal", "-head"])
def test_a_copy_in_the_place_of_the_log_is_refused(tmp_path: Path, end: str) -> None:
    from tabletop.host.opening import begin
    from tests.builders import tiny_scenario

    log = tmp_path / "log.db"
    with pytest.raises(InputError, match="is the log or belongs to it"):
        begin(tiny_scenario(), log, name="x", seed=1, copy=log.with_name(log.name + end))
    assert not log.exists()
