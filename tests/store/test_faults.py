"""Disks that fill up or fail, processes that die: nothing acknowledged is lost, nothing is half-written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop.store.log import LogFailed
from tabletop.store.sqlite import SqliteLog, read_only
from tests.store.conftest import story

CHECKOUT = Path(__file__).resolve().parents[2]
STRACE = shutil.which("strace")

# Appends single events until it is told to stop or the log fails; prints each number once it is recorded.
RECORDER = """
import sys
from pathlib import Path
from tabletop.store.log import LogFailed
from tabletop.store.sqlite import SqliteLog
from tests.store.conftest import story
path, count, before = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
records = story(count)
try:
    log = SqliteLog.open(path) if path.exists() else SqliteLog.create(path)
except LogFailed as error:
    sys.exit(f"never opened: {error}")
exec(before)
print("open", flush=True)
try:
    for record in records[log.head[0]:]:
        log.append([record])
        print(record.seq, flush=True)
except Exception as error:
    print(type(error).__name__, error, flush=True)
    try:
        log.append([record])
    except Exception as again:
        print("again", type(again).__name__, again, flush=True)
"""


def recorder(
    path: Path, count: int, before: str = "", after: str = "", tracer: tuple[str, ...] = ()
) -> list[str]:
    """Run the recorder and return the lines that it printed."""
    result = subprocess.run(
        [*tracer, sys.executable, "-c", RECORDER + after, path, str(count), before],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in result.stderr, result.stderr
    return result.stdout.splitlines()


def acknowledged(lines: list[str]) -> int:
    """Return the number of the last event that the recorder told of."""
    return max((int(line) for line in lines if line.isdecimal()), default=0)


def held(path: Path) -> int:
    """Return how many events the log holds, having checked each."""
    with read_only(path) as log:
        records = list(log.read())
    assert records == story(len(records))
    return len(records)


@pytest.mark.parametrize("kilobytes", [40, 44, 52, 60, 100])
def test_f03_a_file_that_may_not_grow_stops_recording_and_goes_on_later(
    tmp_path: Path, kilobytes: int
) -> None:
    path = tmp_path / "log.db"
    limit = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1024}, hard))"
    )
    freed = (
        "resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))\n"
        "last = record.seq - 1\nlog.reopen()\nassert log.head[0] in (last, last + 1), log.head\n"
        "log.append(records[log.head[0]:])\nprint(log.head[0])\nlog.close()"
    )
    lines = recorder(path, 400, before=limit, after=freed)
    failed = next(line for line in lines if line.startswith("LogFailed"))
    assert "full" in failed
    assert any(line.startswith("again LogFailed") for line in lines)
    assert acknowledged(lines) == held(path) == 400


def test_f03_after_a_failure_a_new_process_finds_all_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    limit = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({60 * 1024}, {60 * 1024}))"
    )
    lines = recorder(path, 400, before=limit)
    assert 0 < acknowledged(lines) < 400
    assert held(path) == acknowledged(lines)
    assert acknowledged(recorder(path, 400)) == held(path) == 400


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 300 kB; skip the test where that is not possible."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    mounted = (
        shutil.which("mount") and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )
    if not mounted:
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607 - as it was mounted


def test_f03_a_full_disk_is_called_by_its_name(small_disk: Path) -> None:
    records, ballast = story(2000), small_disk / "ballast"
    ballast.write_bytes(b"x" * 100_000)
    log = SqliteLog.create(small_disk / "log.db")
    with pytest.raises(LogFailed, match=r"the disk that holds .*log\.db is full; make room on it"):  # noqa: PT012
        for record in records:
            log.append([record])
    last = log.head[0]
    assert 0 < last < 2000
    with pytest.raises(LogFailed, match="is full"):
        log.append([records[last]])
    ballast.unlink()
    log.reopen()
    assert log.head[0] in (last, last + 1)
    log.append([records[log.head[0]]])
    reached = log.head[0]
    log.close()
    assert held(log.path) == reached


needs_strace = pytest.mark.skipif(
    not STRACE or subprocess.run([STRACE, "true"], capture_output=True, check=False).returncode != 0,
    reason="strace cannot trace here",
)


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("when", [*range(1, 20, 3), 21, 24, 25, 30])
def test_f04_a_sync_that_fails_is_never_taken_for_one_that_worked(tmp_path: Path, when: int) -> None:
    path = tmp_path / "log.db"
    tracer = (str(STRACE), "-f", "-qqq", "-o", "/dev/null", "-e", f"inject=fdatasync:error=EIO:when={when}")
    lines = recorder(path, 15, tracer=tracer)
    if "open" not in lines:  # during creation: nothing was promised
        return
    assert any(re.match("LogFailed .*(error|damaged)", line) for line in lines) or acknowledged(lines) == 15
    assert acknowledged(lines) <= held(path) <= acknowledged(lines) + 1


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync"])
@pytest.mark.parametrize("when", [*range(1, 30, 3), 45, 70])
def test_f01_killed_at_each_write_and_sync(tmp_path: Path, call: str, when: int) -> None:
    path = tmp_path / "log.db"
    tracer = (str(STRACE), "-f", "-qqq", "-o", "/dev/null", "-e", f"inject={call}:signal=SIGKILL:when={when}")
    lines = recorder(path, 15, tracer=tracer, after="log.close()")
    if "open" not in lines:  # during creation: nothing was promised
        return
    assert acknowledged(lines) <= held(path) <= acknowledged(lines) + 1
    assert acknowledged(recorder(path, 20)) == held(path) == 20


@needs_strace
@pytest.mark.slow
def test_an_append_costs_two_syncs(tmp_path: Path) -> None:
    counts = tmp_path / "counts"
    tracer = (str(STRACE), "-f", "-qqq", "-o", str(counts), "-e", "trace=fsync,fdatasync")
    assert acknowledged(recorder(tmp_path / "log.db", 1000, tracer=tracer)) == 1000
    # One of the log, one of its head; and what moves 64 KB at a time from the -wal into the file.
    assert 2000 <= len(counts.read_text().splitlines()) < 2700


@pytest.mark.slow
def test_g01_fifty_kills_lose_nothing() -> None:
    script = CHECKOUT / "benchmarks" / "kill.py"
    result = subprocess.run(
        [sys.executable, script, "--rounds", "50"], capture_output=True, text=True, check=False, timeout=300
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("50 kills, ")
    assert "0 recorded events lost, 0 doubles, 0 gaps" in result.stdout
