"""The log in a file: held by one, complete when closed, refused when it is not what it should be."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.errors import ExitCode, InputError, TabletopError
from tabletop.exercise.events import Record
from tabletop.store import contents, filesystem
from tabletop.store import database as db
from tabletop.store import sqlite as module
from tabletop.store.log import LogCorrupt, LogFailed, LogInUse, LogNewer
from tabletop.store.sqlite import SqliteLog, read_only
from tests.store.conftest import story

Opener = Callable[[Path], object]
BOTH = pytest.mark.parametrize("opener", [SqliteLog.open, read_only], ids=["open", "read_only"])


def change(path: Path, *statements: str) -> None:
    """Change a closed log by other means."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def elsewhere(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run code in another process, with `path` and the store's names at hand."""
    names = "from pathlib import Path\nfrom tabletop.store.sqlite import SqliteLog, read_only\n"
    names += "from tests.store.conftest import story\nimport sys\npath = Path(sys.argv[1])\n"
    return subprocess.run(
        [sys.executable, "-c", names + code, path], capture_output=True, text=True, check=False
    )


def test_a_closed_log_is_one_private_file(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "log.db"
    with SqliteLog.create(path) as log:
        log.append(story(3))
        assert {file.name for file in path.parent.iterdir()} == {"log.db", "log.db-wal", "log.db-head"}
        assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in path.parent.iterdir())
    assert [file.name for file in path.parent.iterdir()] == ["log.db"]
    copy = shutil.copyfile(path, tmp_path / "copy.db")
    with read_only(copy) as reader:
        assert list(reader.read()) == story(3)


def test_it_goes_on_after_it_was_closed(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    records = story(6)
    for start in (0, 2, 4):
        with SqliteLog.create(path) if start == 0 else SqliteLog.open(path) as log:
            assert log.head[0] == start
            log.append(records[start : start + 2])
    with read_only(path) as reader:
        assert list(reader.read()) == records
        assert list(reader.read(after=3)) == records[3:]
        assert reader.head[0] == 6


def test_every_promise_is_asked_back(tmp_path: Path) -> None:
    with SqliteLog.create(tmp_path / "log.db") as log:
        connection = log._live()
        expected = {
            "locking_mode": "exclusive",
            "journal_mode": "wal",
            "synchronous": 2,
            "mmap_size": 0,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "foreign_keys": 1,
            "fullfsync": 1,
            "application_id": db.APPLICATION_ID,
            "user_version": db.FORMAT,
        }
        assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected} == expected


def test_a_promise_not_kept_is_refused(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "_DURABLE", (("synchronous", 9),))
    with pytest.raises(
        LogFailed, match=r"cannot be used safely: SQLite .* gives synchronous = \d instead of 9"
    ):
        SqliteLog.open(written)


@BOTH
def test_f07_a_second_process_is_refused(tmp_path: Path, opener: Opener) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log:
        expected = f"another tabletop is using this log ({path}); close it there first"
        result = elsewhere(f"{'SqliteLog.open' if opener == SqliteLog.open else 'read_only'}(path)", path)
        assert result.returncode == 1
        assert f"LogInUse: {expected}" in result.stderr
        with pytest.raises(LogInUse) as caught:
            opener(path)
        assert caught.value.message == expected
        assert caught.value.exit_code == ExitCode.USAGE
        log.append(story(1))
        log.check()


def test_one_that_reads_keeps_writers_away(written: Path) -> None:
    with read_only(written), read_only(written), pytest.raises(LogInUse):
        SqliteLog.open(written)


@pytest.mark.parametrize("left_open", [False, True])
def test_reading_changes_nothing(written: Path, tmp_path: Path, left_open: bool) -> None:
    if left_open:
        leave_open(written)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in tmp_path.iterdir()}
    with read_only(written) as reader:
        assert len(list(reader.read())) == 30 + left_open
        assert reader.head[0] == 30 + left_open
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in tmp_path.iterdir()} == before


def leave_open(path: Path) -> None:
    """Append one event to a log of 30 in a process that dies without closing it."""
    assert (
        elsewhere(
            "import os\nlog = SqliteLog.open(path)\nlog.append(story(31)[30:])\nos._exit(0)", path
        ).returncode
        == 0
    )
    assert filesystem.companion(path, "wal").stat().st_size > 0


def test_a_crashed_log_is_read_where_nothing_may_be_written(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_open(written)
    real = db.connect

    def refusing(path: Path, mode: str) -> sqlite3.Connection:
        """Stand in for a folder that SQLite may not write to, which root always may."""
        if mode == "ro":
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return real(path, mode)

    monkeypatch.setattr(db, "connect", refusing)
    with read_only(written) as reader:
        assert list(reader.read()) == story(31)


def test_a_crashed_log_goes_on(written: Path) -> None:
    leave_open(written)
    with SqliteLog.open(written) as log:
        assert list(log.read()) == story(31)
        log.append(story(32)[31:])
    assert not filesystem.companion(written, "wal").exists()
    with read_only(written) as reader:
        assert reader.head[0] == 32


@pytest.mark.parametrize("end", ["", "raise SystemExit(3)", "del log", "log._failure = 'x'; log.close()"])
def test_a_program_that_forgets_to_close_leaves_a_log_that_opens(written: Path, end: str) -> None:
    elsewhere(f"log = SqliteLog.open(path)\nlog.append(story(31)[30:])\n{end}", written)
    with read_only(written) as reader:
        assert list(reader.read()) == story(31)
    with SqliteLog.open(written) as log:
        assert log.head[0] == 31


@BOTH
def test_f06_a_copy_of_a_log_in_use_is_refused(tmp_path: Path, opener: Opener) -> None:
    with SqliteLog.create(tmp_path / "log.db") as log:
        log.append(story(3))
        copy = Path(shutil.copyfile(log.path, tmp_path / "copy.db"))
    with pytest.raises(LogCorrupt, match=r"copied while in use, or its copy.db-wal is missing"):
        opener(copy)
    assert {file.name for file in tmp_path.iterdir()} == {"log.db", "copy.db"}


@BOTH
def test_f05_a_missing_companion_is_noticed(written: Path, opener: Opener) -> None:
    leave_open(written)
    filesystem.companion(written, "wal").unlink()
    lost = r"holds 30 events; 31 had been recorded: event 31 is missing\. written\.db-wal is missing: put"
    with pytest.raises(LogCorrupt, match=lost):
        opener(written)


def test_f05_the_companion_of_another_log_is_noticed_and_not_moved_in(written: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with SqliteLog.create(other) as log:
        log.append([record.model_copy(update={"seat": "other"}) for record in story(3)])
        shutil.copyfile(filesystem.companion(other, "wal"), filesystem.companion(written, "wal"))
    before = written.read_bytes()
    with pytest.raises(LogCorrupt, match=r"the written\.db-wal beside it belongs to another log"):
        SqliteLog.open(written)
    assert written.read_bytes() == before


def test_an_empty_companion_beside_a_closed_log_does_no_harm(written: Path) -> None:
    filesystem.companion(written, "wal").touch()
    with read_only(written) as reader:
        assert reader.head[0] == 30
    with SqliteLog.open(written) as log:
        assert list(log.read()) == story(30)
    assert not filesystem.companion(written, "wal").exists()


@BOTH
def test_f19_a_newer_format_is_refused(written: Path, opener: Opener) -> None:
    change(written, "PRAGMA user_version = 3")
    with pytest.raises(
        LogNewer, match=r"by a newer version of tabletop \(log format 3; this one reads up to 2\)"
    ):
        opener(written)


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    path.write_text("Not a database at all.\n" * 100)


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def make_circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def make_database(path: Path) -> None:
    path.unlink()
    change(path, "CREATE TABLE songs (title)", "PRAGMA journal_mode = WAL", "INSERT INTO songs VALUES ('x')")


@BOTH
@pytest.mark.parametrize(
    ("spoil", "kind", "says"),
    [
        (Path.unlink, InputError, "there is no log"),
        (make_empty, LogCorrupt, "is empty"),
        (make_text, LogCorrupt, "is not a tabletop log"),
        (make_folder, InputError, "is a folder"),
        (make_fifo, InputError, "is not a file"),
        (make_circle, InputError, "cannot be reached"),
        (make_database, LogCorrupt, "is a database, but not a tabletop log"),
        (lambda path: os.truncate(path, 4096), LogCorrupt, "damaged|is not"),
        (lambda path: os.truncate(path, 5000), LogCorrupt, "damaged|is not"),
        (lambda path: os.truncate(path, 50), LogCorrupt, "damaged|not a log"),
        (lambda path: change(path, "DROP TABLE head"), LogCorrupt, "its tables are not those of a log"),
        (lambda path: change(path, "DELETE FROM head"), LogCorrupt, "its record of the last event"),
        (lambda path: change(path, "UPDATE head SET seq = 'x'"), LogCorrupt, "its record of the last event"),
        (lambda path: change(path, "UPDATE head SET open = 7"), LogCorrupt, "its record of the last event"),
        (
            lambda path: change(
                path, "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM event WHERE seq = 1; END"
            ),
            LogCorrupt,
            "its tables are not those of a log",
        ),
    ],
)
def test_what_is_no_log_is_refused_in_plain_words(
    written: Path, opener: Opener, spoil: Callable[[Path], object], kind: type[TabletopError], says: str
) -> None:
    spoil(written)
    with pytest.raises(kind, match=says) as caught:
        opener(written)
    assert str(written) in caught.value.message
    assert caught.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE event SET seat = 'tokyo' WHERE seq = 7", "event 7 is not as it was written"),
        ("UPDATE event SET body = 'x' WHERE seq = 7", "event 7 is damaged"),
        ("UPDATE event SET wall = CAST(wall AS BLOB) WHERE seq = 7", "event 7 is damaged"),
        ("UPDATE event SET seat = CAST(x'ff' AS TEXT) WHERE seq = 7", "bytes that are not text"),
        ("DELETE FROM event WHERE seq = 7", "event 7 is missing"),
        ("DELETE FROM event WHERE seq > 25", "events 26 to 30 are missing from the end"),
        ("DELETE FROM event", "events 1 to 30 are missing from the end"),
        ("UPDATE head SET seq = 29", "event 30 was not added by tabletop"),
        ("UPDATE head SET hash = 'x'", "record of event 30 does not match it"),
        ("INSERT INTO event SELECT 0, at, wall, seat, key, digest, type, v, body, prev_hash, hash FROM event "
         "WHERE seq = 1", "event 1 is out of place"),
    ],
)  # fmt: skip
def test_f05_a_changed_log_is_not_opened_for_writing(written: Path, statement: str, says: str) -> None:
    change(written, statement)
    before = written.read_bytes()
    with pytest.raises(LogCorrupt, match=says):
        SqliteLog.open(written)
    assert written.read_bytes() == before


def test_reading_stops_at_the_first_bad_event(written: Path) -> None:
    change(written, "UPDATE event SET seat = 'tokyo' WHERE seq = 7")
    seen: list[Record] = []
    with (
        read_only(written) as reader,
        pytest.raises(LogCorrupt, match="event 7 is not as it was written") as caught,
    ):
        seen.extend(reader.read())
    assert caught.value.seq == 7
    assert seen == story(6)


def test_a_log_is_never_replaced(written: Path) -> None:
    before = written.read_bytes()
    with pytest.raises(InputError, match=r"already exists, and a new log"):
        SqliteLog.create(written)
    assert written.read_bytes() == before


def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="no log can be written at"):
        SqliteLog.create(tmp_path / "file" / "log.db")
    with pytest.raises(InputError, match="no log can be written at"):
        SqliteLog.create(tmp_path / ("x" * 300))


def test_f06_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystem, "mount_type", lambda _: "nfs4")
    with pytest.raises(InputError, match=r"is on a network drive \(nfs4\)"):
        SqliteLog.create(tmp_path / "log.db")
    assert list(tmp_path.iterdir()) == []


def test_a_creation_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "sync_folder", fail_with(OSError(5, "Input/output error")))
    with pytest.raises(LogFailed, match="reports an error"):
        SqliteLog.create(tmp_path / "log.db")
    assert list(tmp_path.iterdir()) == []


def fail_with(error: BaseException) -> Callable[..., None]:
    """Return a function that fails."""

    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    "lose",
    [
        Path.unlink,
        lambda path: path.rename(path.with_suffix(".old")),
        lambda path: filesystem.companion(path, "wal").unlink(),
        lambda path: (path.rename(path.with_suffix(".old")), shutil.copyfile(path.with_suffix(".old"), path)),
    ],
    ids=["deleted", "moved", "wal deleted", "replaced"],
)
def test_a_log_that_vanishes_while_in_use_is_noticed(written: Path, lose: Callable[[Path], object]) -> None:
    log = SqliteLog.open(written)
    lose(written)
    with pytest.raises(LogFailed, match="was deleted, moved or replaced while in use"):
        log.check()
    with pytest.raises(LogFailed, match="was deleted, moved or replaced while in use"):
        log.append(story(31)[30:])
    log.close()


def test_a_log_put_back_goes_on(written: Path) -> None:
    log = SqliteLog.open(written)
    aside = written.rename(written.with_suffix(".aside"))
    with pytest.raises(LogFailed):
        log.append(story(31)[30:])
    with pytest.raises(LogFailed, match="there is no log"):
        log.reopen()
    aside.rename(written)
    log.reopen()
    log.append(story(31)[30:])
    log.close()
    with read_only(written) as reader:
        assert list(reader.read()) == story(31)


@pytest.mark.parametrize("lost", [("", "-wal"), ("",)], ids=["all of it", "but for its -wal"])
def test_a_log_that_was_deleted_is_written_again_from_what_is_known(
    written: Path, lost: tuple[str, ...]
) -> None:
    with SqliteLog.open(written) as log:
        log.append(story(31)[30:])
        head = log.head
        for end in lost:
            written.with_name(written.name + end).unlink()
        with pytest.raises(LogFailed, match="if it is gone, try again"):
            log.check()
        log.reopen(story(31))
        assert log.head == head
        log.append(story(32)[31:])
    with read_only(written) as reader:
        assert list(reader.read()) == story(32)
    assert not list(written.parent.glob("*-anew*"))


def test_a_log_that_cannot_be_looked_at_is_not_taken_for_gone(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Path.stat

    def unwilling(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == written.name:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return look(path, follow_symlinks=follow_symlinks)

    with SqliteLog.open(written) as log:
        log.append(story(31)[30:])
        before = written.stat().st_ino
        monkeypatch.setattr(Path, "stat", unwilling)
        with pytest.raises(LogFailed):
            log.check()
        with pytest.raises(LogFailed):
            log.reopen(story(31))
        monkeypatch.undo()
        assert written.stat().st_ino == before
        log.reopen(story(31))
    with read_only(written) as reader:
        assert list(reader.read()) == story(31)


def test_a_log_is_not_written_again_from_something_else(written: Path) -> None:
    log = SqliteLog.open(written)
    written.unlink()
    with pytest.raises(LogFailed, match="cannot be written again as it was"):
        log.reopen(story(29))
    assert not written.exists()
    log.reopen(story(30))
    log.close()


def test_reopen_refuses_a_log_that_lost_what_was_acknowledged(tmp_path: Path) -> None:
    path, old = tmp_path / "log.db", tmp_path / "old.db"
    with SqliteLog.create(path) as log:
        log.append(story(3))
    shutil.copyfile(path, old)
    log = SqliteLog.open(path)
    log.append(story(5)[3:])
    for file in (path, filesystem.companion(path, "wal")):
        file.unlink()
    shutil.copyfile(old, path)
    with pytest.raises(LogFailed, match="event 5 was recorded and is now missing"):
        log.reopen()
    with pytest.raises(LogFailed, match="event 5 was recorded and is now missing"):
        log.append(story(6)[5:])


def test_an_interrupted_append_is_not_built_upon(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = SqliteLog.open(written)
    monkeypatch.setattr(contents, "insert_parameters", fail_with(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        log.append(story(31)[30:])
    monkeypatch.undo()
    with pytest.raises(LogFailed, match="was interrupted"):
        log.append(story(31)[30:])
    log.reopen()
    assert log.head[0] == 30
    log.append(story(31)[30:])
    log.close()
