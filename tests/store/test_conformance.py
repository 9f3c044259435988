"""What every log must do, whatever keeps it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.exercise.events import Record
from tabletop.store.codec import encode
from tabletop.store.log import GENESIS, EventLog, LogFailed
from tabletop.store.memory import MemoryLog
from tests.store.conftest import story
from tests.strategies import logs


def test_a_new_log_is_empty(log: EventLog) -> None:
    assert log.head == (0, GENESIS)
    assert list(log.read()) == []
    log.check()


def test_what_is_read_is_what_was_appended(log: EventLog) -> None:
    records = story(10)
    log.append(records[:1])
    log.append(records[1:7])
    log.append(records[7:])
    assert list(log.read()) == records
    assert list(log.read(after=4)) == records[4:]
    assert list(log.read(after=10)) == []
    assert list(log.read(after=99)) == []
    assert list(log.read(after=-1)) == records


def test_the_head_is_the_last_hash_of_the_chain(log: EventLog) -> None:
    expected = GENESIS
    for record in story(5):
        log.append([record])
        expected = encode(record, expected).hash
        assert log.head == (record.seq, expected)


def test_appending_nothing_does_nothing(log: EventLog) -> None:
    log.append([])
    assert log.head == (0, GENESIS)


@pytest.mark.parametrize("numbers", [[2], [1, 3], [1, 1], [2, 1]])
def test_a_gap_is_refused_and_nothing_is_recorded(log: EventLog, numbers: list[int]) -> None:
    records = story(3)
    with pytest.raises(LogFailed, match=r"cannot be recorded: the next event is number \d"):
        log.append([records[number - 1] for number in numbers])
    assert log.head == (0, GENESIS)
    log.append(records)
    assert list(log.read()) == records


def test_an_event_is_not_recorded_twice(log: EventLog) -> None:
    records = story(2)
    log.append(records)
    with pytest.raises(LogFailed, match="the next event is number 3"):
        log.append(records[1:])
    assert list(log.read()) == records


def test_reading_sees_what_is_appended_meanwhile(log: EventLog) -> None:
    records = story(5)
    log.append(records[:3])
    reading = log.read()
    seen = [next(reading)]
    log.append(records[3:])
    assert [*seen, *reading] == records


def test_two_can_read_at_once(log: EventLog) -> None:
    records = story(5)
    log.append(records)
    assert list(zip(log.read(), log.read(), strict=True)) == list(zip(records, records, strict=True))


def test_after_close_nothing_is_recorded(log: EventLog) -> None:
    log.close()
    log.close()
    with pytest.raises(LogFailed, match="is closed"):
        log.append(story(1))
    with pytest.raises(LogFailed, match="is closed"):
        log.check()
    with pytest.raises(LogFailed, match="is closed"):
        list(log.read())


def test_reopen_goes_on_where_it_stood(log: EventLog) -> None:
    records = story(4)
    log.append(records[:2])
    head = log.head
    log.reopen()
    assert log.head == head
    log.append(records[2:])
    assert list(log.read()) == records


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(records=logs(), cuts=st.lists(st.integers(0, 12)))
def test_any_records_in_any_batches(records: list[Record], cuts: list[int], log: EventLog) -> None:
    start = log.head[0]
    moved = [record.model_copy(update={"seq": record.seq + start}) for record in records]
    edges = sorted({0, len(moved), *(cut for cut in cuts if cut < len(moved))})
    for first, last in pairwise(edges):
        log.append(moved[first:last])
    assert list(log.read(after=start)) == moved


def test_both_kinds_give_the_same_hashes(log: EventLog) -> None:
    twin = MemoryLog()
    for record in story(6):
        twin.append([record])
    log.append(story(6))
    assert log.head == twin.head
