"""Verification: whatever is done to a log is found and named, and what is good of it can be saved."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from tabletop.errors import InputError, TabletopError
from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.store.codec import encode
from tabletop.store.log import GENESIS, LogNewer
from tabletop.store.row import row_hash
from tabletop.store.salvage import salvage
from tabletop.store.sqlite import SqliteLog, read_only
from tabletop.store.verify import verify
from tests.builders import created, records_of
from tests.store.conftest import story
from tests.store.test_sqlite import change, leave_open

COPY = (
    "INSERT INTO event SELECT {}, at, wall, seat, key, digest, type, v, body, prev_hash, hash "
    "FROM event WHERE seq = {}"
)
MOVE = "UPDATE event SET seq = ? WHERE seq = ?"


def write(path: Path, records: Sequence[Record]) -> Path:
    """Write a closed log of these records and return its path."""
    with SqliteLog.create(path) as log:
        log.append(records)
    return path


def test_a_whole_log_is_whole(written: Path) -> None:
    before = written.read_bytes()
    verdict = verify(written)
    expected = GENESIS
    for record in story(30):
        expected = encode(record, expected).hash
    assert verdict.whole
    assert (verdict.good, verdict.head, verdict.seq, verdict.score) == (30, expected, None, None)
    assert written.read_bytes() == before


def test_an_empty_log_is_whole(tmp_path: Path) -> None:
    verdict = verify(write(tmp_path / "log.db", []), rescore=len)
    assert verdict.whole
    assert (verdict.good, verdict.head, verdict.score) == (0, GENESIS, None)


def test_a_log_left_open_by_a_crash_is_whole(written: Path) -> None:
    leave_open(written)
    assert (verify(written).whole, verify(written).good) == (True, 31)


@pytest.mark.parametrize(
    ("statements", "good", "says"),
    [
        (["UPDATE event SET seat = 'tokyo' WHERE seq = 7"], 6, "event 7 is not as it was written"),
        (["UPDATE event SET at = at + 1 WHERE seq = 1"], 0, "event 1 is not as it was written"),
        (["UPDATE event SET hash = upper(hash) WHERE seq = 30"], 29, "event 30 is not as it was written"),
        (["DELETE FROM event WHERE seq = 1"], 0, "event 1 is missing"),
        (["DELETE FROM event WHERE seq BETWEEN 5 AND 9"], 4, "events 5 to 9 are missing: event 10 follows"),
        (["DELETE FROM event WHERE seq = 30"], 29, "event 30 is missing from the end"),
        (
            ["UPDATE event SET seq = -8 WHERE seq = 8", "UPDATE event SET seq = 8 WHERE seq = 9",
             "UPDATE event SET seq = 9 WHERE seq = -8"],
            7, "event 8 is not as it was written",
        ),
        ([COPY.format(31, 30)], 30, "event 31 is not as it was written"),
        ([COPY.format(-4, 30)], 0, "event -4 is in its position"),
        (["UPDATE head SET hash = upper(hash)"], 30, "record of event 30 does not match it"),
        (["UPDATE event SET body = CAST(x'ff' AS TEXT) WHERE seq = 12"], 11, "bytes that are not text"),
    ],
)  # fmt: skip
def test_f05_damage_is_named_with_what_is_good_before_it(
    written: Path, tmp_path: Path, statements: list[str], good: int, says: str
) -> None:
    change(written, *statements)
    before = written.read_bytes()
    verdict = verify(written)
    assert not verdict.whole
    assert verdict.problem is not None
    assert says in verdict.problem
    assert verdict.good == good
    assert verdict.seq in (None, good + 1, good)
    out = tmp_path / "saved.db"
    if says.startswith("event 1 is"):
        with pytest.raises(InputError, match="nothing can be salvaged"):
            salvage([written], out)
        assert not out.exists()
    else:
        saved = salvage([written], out).events
        assert saved >= good  # a row that no log should hold is passed over
        assert verify(out).whole
        with read_only(out) as log:
            assert list(log.read()) == story(saved)
    assert written.read_bytes() == before


@pytest.mark.parametrize(
    ("events", "bad"),
    [
        ([e.PlayResumed()], 1),
        ([created(), created()], 2),
        ([created(), e.DecisionLapsed(decision="x", code="", team="tokyo", reason="")], 2),
        ([created(), e.CapitalCredited(team="rome", points=1, reason="")], 2),
        ([created(), e.NoteTaken(text=""), e.ConsultAnswered(consult="c", by="a", to="b", text="")], 3),
    ],
)
def test_a_well_formed_log_that_cannot_be_played_is_found(
    tmp_path: Path, events: list[e.Event], bad: int
) -> None:
    verdict = verify(write(tmp_path / "log.db", records_of(events)))
    assert (verdict.good, verdict.seq) == (bad - 1, bad)
    assert f"event {bad} ('{events[-1].type}') cannot follow the events before it" in str(verdict.problem)


def test_a_newer_event_is_not_called_damage(written: Path) -> None:
    newer = encode(story(31)[30], verify(written).head)._replace(v=2)
    with SqliteLog.open(written) as log:
        log.append_rows([newer._replace(hash=row_hash(newer))])
    with pytest.raises(LogNewer, match="newer version of tabletop"):
        verify(written)


def test_scores_are_made_again(written: Path) -> None:
    assert verify(written, rescore=len).score == 30


def test_scoring_that_stumbles_is_a_problem_of_the_log(written: Path) -> None:
    def stumble(records: Sequence[Record]) -> object:
        raise ValueError(f"no team in {len(records)} events")

    verdict = verify(written, rescore=stumble)
    assert verdict.problem == "it cannot be scored again: no team in 30 events"
    assert verdict.good == 30


def test_f06_a_copy_of_a_log_in_use_is_told_and_can_be_saved(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    write(tmp_path / "log.db", story(20))
    with SqliteLog.open(tmp_path / "log.db") as log:
        log.append(story(25)[20:])
        shutil.copyfile(log.path, copy)
    verdict = verify(copy)
    assert "was copied while in use" in str(verdict.problem)
    assert verdict.good == 20
    salvage([copy], tmp_path / "saved.db")
    assert verify(tmp_path / "saved.db").good == 20


def test_salvage_replaces_nothing(written: Path) -> None:
    before = written.read_bytes()
    with pytest.raises(InputError, match="already"):
        salvage([written], written)
    assert written.read_bytes() == before


def test_salvage_of_a_whole_log_copies_it(written: Path, tmp_path: Path) -> None:
    salvage([written], tmp_path / "saved.db")
    assert verify(tmp_path / "saved.db").head == verify(written).head


@pytest.mark.slow
def test_g12_every_deletion_and_swap_is_detected(tmp_path: Path) -> None:
    path = write(tmp_path / "log.db", story(200))
    connection = sqlite3.connect(path, isolation_level=None)
    for seq in range(1, 201):
        connection.execute(MOVE, (1000 + seq, seq))
        assert (verify(path).good, verify(path).seq) == (seq - 1, seq), "an event is gone from its place"
        connection.execute(MOVE, (seq, 1000 + seq))
    for seq in range(1, 200):
        swap = ((0, seq), (seq, seq + 1), (seq + 1, 0))
        connection.executemany(MOVE, swap)
        assert (verify(path).good, verify(path).seq) == (seq - 1, seq), "two events are swapped"
        connection.executemany(MOVE, swap)
    connection.close()
    assert verify(path).whole


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_g12_a_flipped_bit_of_the_file_is_detected_or_changes_nothing(tmp_path: Path, seed: int) -> None:
    path = write(tmp_path / "log.db", story(40))
    whole, content = verify(path), path.read_bytes()
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    for position in chance.sample(range(len(content) * 8), 250):
        flipped = bytearray(content)
        flipped[position // 8] ^= 1 << position % 8
        path.write_bytes(flipped)
        try:
            verdict = verify(path)
        except TabletopError:
            continue
        assert not verdict.whole or verdict == whole, f"bit {position}"
