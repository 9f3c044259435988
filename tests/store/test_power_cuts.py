"""F02: whenever the power is cut, everything that was acknowledged is there, and the log opens."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.store.played import cut_everywhere, record_run
from tests.store.power import Disk, Operation
from tests.store.traced import CALLS, operations

CHECKOUT = Path(__file__).resolve().parents[2]
STRACE = shutil.which("strace")

PLAY = """
import os, sys
from pathlib import Path
from tabletop.store.sqlite import SqliteLog
from tests.store.played import LOG, SITTINGS, batches, story
folder, parts = Path(sys.argv[1]), list(batches(story()))
each = len(parts) // SITTINGS + 1
for start in range(0, len(parts), each):
    log = SqliteLog.open(folder / LOG) if start else SqliteLog.create(folder / LOG)
    for part in parts[start : start + each]:
        log.append(part)
        os.write(1, b"%d" % part[-1].seq)
    log.close()
"""


@pytest.mark.slow
def test_f02_after_500_power_cuts_nothing_acknowledged_is_lost_and_all_can_be_read(tmp_path: Path) -> None:
    recorded = record_run(tmp_path)
    kinds = {(operation.kind, operation.file) for operation in recorded}
    assert {
        ("sync", "log.db"),
        ("sync", "log.db-wal"),
        ("sync", "log.db-head"),
        ("sync", "log.jsonl"),
    } <= kinds
    outcome = cut_everywhere(recorded, 500, seed=1)
    assert outcome.images == 500
    assert outcome.lost == []
    assert outcome.unreadable == []


@pytest.mark.slow
def test_f02_a_log_that_does_not_sync_its_wal_is_caught(tmp_path: Path) -> None:
    """The cuts would find it: without the syncs acknowledged events are lost."""
    recorded = record_run(tmp_path)
    careless = [
        operation for operation in recorded if (operation.kind, operation.file) != ("sync", "log.db-wal")
    ]
    outcome = cut_everywhere(careless, 100, seed=1)
    assert outcome.lost or outcome.unreadable


@pytest.mark.slow
@pytest.mark.skipif(
    not STRACE or subprocess.run([STRACE, "true"], capture_output=True, check=False).returncode != 0,
    reason="strace cannot trace here",
)
def test_f02_the_system_calls_of_the_real_program_promise_the_same(tmp_path: Path) -> None:
    folder, trace = tmp_path / "played", tmp_path / "trace"
    folder.mkdir()
    tracer = [str(STRACE), "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    played = subprocess.run(
        [*tracer, sys.executable, "-c", PLAY, folder],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert played.returncode == 0, played.stderr
    recorded = list(operations(trace, folder))
    assert recorded[-1].kind == "sync-folder"
    assert sum(operation.kind == "acknowledge" for operation in recorded) > 30
    outcome = cut_everywhere(recorded, 100, seed=2)
    assert outcome.lost == []
    assert outcome.unreadable == []


def test_a_cut_keeps_what_was_synced_and_any_part_of_the_rest(tmp_path: Path) -> None:
    disk = Disk()
    for operation in (
        Operation("create", "a"),
        Operation("sync-folder"),
        Operation("write", "a", 0, b"x" * 1024),
        Operation("sync", "a"),
        Operation("write", "a", 512, b"y" * 512),
    ):
        disk.do(operation)
    seen = set()
    for seed in range(60):
        folder = tmp_path / str(seed)
        folder.mkdir()
        disk.cut(Random(seed), folder)  # noqa: S311 - nothing here is secret
        content = (folder / "a").read_bytes()
        assert content[:512] == b"x" * 512
        assert len(content) == 1024
        seen.add(content.count(b"y"))
    assert {0, 512} < seen
