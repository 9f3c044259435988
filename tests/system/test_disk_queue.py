"""Requests take turns: all of one before the next, and the loop is free while the disk works (F17)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

import pytest

from tabletop.system.disk_queue import IN_A_ROW, DiskQueue, DiskThread, Job, Rank, disk
from tests.host.slow_disk import SlowDisk


class Desk:
    """DiskQueue at a disk, and what was done at it."""

    def __init__(self) -> None:
        self.disk_queue = DiskQueue()
        self.disk = SlowDisk(self.disk_queue)
        self.done: list[str] = []

    async def request(self, name: str, jobs: int = 1) -> str:
        for number in range(jobs):
            answer = await disk(partial(self._work, f"{name}{number}"))
            assert answer == f"{name}{number}"
        self.done.append(name)
        return name

    def _work(self, job: str) -> str:
        self.done.append(job)
        return job


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_f17_nothing_is_waited_for_and_the_next_turn_begins_when_one_has_ended(desk: Desk) -> None:
    desk.disk_queue.put(desk.request("a", jobs=2))
    desk.disk_queue.put(desk.request("b"), desk.done.append)
    assert desk.done == []
    assert desk.disk_queue.busy
    for _ in range(3):
        desk.disk.answer()
    assert desk.done == ["a0", "a1", "a", "b0", "b", "b"]
    assert not desk.disk_queue.busy
    assert not desk.disk.asked


def test_what_needs_no_disk_is_served_at_once_but_not_before_its_turn(desk: Desk) -> None:
    desk.disk_queue.put(desk.request("a", jobs=0))
    assert desk.done == ["a"]
    desk.disk_queue.put(desk.request("b"))
    desk.disk_queue.put(desk.request("c", jobs=0))
    assert desk.done == ["a"]
    desk.disk.answer()
    assert desk.done == ["a", "b0", "b", "c"]


def test_a_turn_asked_for_by_who_was_just_served_comes_after_those_that_wait(desk: Desk) -> None:
    desk.disk_queue.put(desk.request("a"), lambda _: desk.disk_queue.put(desk.request("later", jobs=0)))
    desk.disk_queue.put(desk.request("b"))
    desk.disk.answer()
    desk.disk.answer()
    assert desk.done == ["a0", "a", "b0", "b", "later"]


def test_rank_goes_before_what_came_earlier_but_not_between(desk: Desk) -> None:
    desk.disk_queue.put(desk.request("a", jobs=2))
    for name, rank in zip("bcdefg", [Rank.ORDINARY, Rank.COMES_IN, Rank.STOPS_PLAY] * 2, strict=True):
        desk.disk_queue.put(desk.request(name, jobs=0), rank=rank)
    desk.disk.answer_all()
    assert desk.done == ["a0", "a1", "a", "d", "g", "c", "f", "b", "e"]


def test_f17_g8_many_that_need_no_disk_are_served_some_at_a_time(desk: Desk) -> None:
    desk.disk_queue.put(desk.request("a"))
    for number in range(3 * IN_A_ROW):
        desk.disk_queue.put(desk.request(f"{number}", jobs=0))
    desk.disk.answer()
    assert len(desk.done) == len(["a0", "a"]) + IN_A_ROW - 1
    desk.disk_queue.put(desk.request("stop", jobs=0), rank=Rank.STOPS_PLAY)
    desk.disk.answer()
    assert desk.done[IN_A_ROW + 1] == "stop"
    desk.disk.work()
    desk.disk_queue.finish()
    assert len(desk.done) == len(["a0", "a", "stop"]) + 3 * IN_A_ROW


def test_a_job_that_fails_is_told_to_the_work_it_was_for(desk: Desk) -> None:
    async def careful() -> str:
        try:
            await disk(lambda: 1 / 0)
        except ZeroDivisionError:
            return "could not be done"
        return "done"

    desk.disk_queue.put(careful(), desk.done.append)
    desk.disk.answer()
    assert desk.done == ["could not be done"]


def test_work_that_fails_is_told_of_and_the_next_is_served(desk: Desk) -> None:
    async def careless() -> None:
        await disk(lambda: 1 / 0)

    failed: list[Exception] = []
    desk.disk_queue.put(careless(), failed=failed.append)
    desk.disk_queue.put(desk.request("b", jobs=0))
    desk.disk.answer()
    assert [type(error) for error in failed] == [ZeroDivisionError]
    assert desk.done == ["b"]


def test_a_failure_that_nobody_takes_is_raised_once_those_who_wait_were_served(desk: Desk) -> None:
    desk.disk_queue.put(_careless())
    desk.disk_queue.put(desk.request("b", jobs=0))
    desk.disk_queue.put(_careless())
    desk.disk_queue.put(desk.request("c"), then=_unready)
    with pytest.raises(ZeroDivisionError):
        desk.disk.answer()
    assert desk.done == ["b"]
    with pytest.raises(ZeroDivisionError):
        desk.disk.answer()
    with pytest.raises(KeyError):
        desk.disk.answer()
    assert desk.done == ["b", "c0", "c"]
    assert not desk.disk_queue.busy


def test_several_failures_that_nobody_takes_are_all_raised(desk: Desk) -> None:
    desk.disk_queue.put(desk.request("a"), then=_unready)
    desk.disk_queue.put(desk.request("b", jobs=0), then=_unready)
    with pytest.raises(ExceptionGroup) as raised:
        desk.disk.answer()
    assert [type(error) for error in raised.value.exceptions] == [KeyError, KeyError]


async def test_a_failure_of_what_nobody_waits_for_any_more_keeps_no_other_from_its_turn(desk: Desk) -> None:
    """As when a form is closed while the outbox of a station is written, and the disk is full."""
    asked = asyncio.create_task(desk.disk_queue.run(_careless()))
    while not desk.disk.asked:
        await asyncio.sleep(0)
    desk.disk_queue.put(desk.request("b", jobs=0))
    asked.cancel()
    with suppress(asyncio.CancelledError):
        await asked
    with pytest.raises(ZeroDivisionError):
        desk.disk.answer()
    assert desk.done == ["b"]


def test_a_job_that_cannot_be_begun_has_failed_and_was_not_done(desk: Desk) -> None:
    """No thread can be started, or no loop runs any more: nothing counts as kept then."""

    def nowhere(job: Job, done: Callable[[], None]) -> Future[object]:
        raise RuntimeError(f"no thread can be started for {job} and {done}")

    desk.disk_queue.runner, failed = nowhere, list[Exception]()
    desk.disk_queue.put(desk.request("a"), failed=failed.append)
    desk.disk_queue.put(desk.request("b", jobs=0))
    assert [type(error) for error in failed] == [RuntimeError]
    assert desk.done == ["b"]


def test_what_ctrl_c_interrupts_has_no_answer_and_the_others_are_served_at_the_end(desk: Desk) -> None:
    async def interrupted() -> str:
        await disk(lambda: None)
        raise KeyboardInterrupt

    desk.disk_queue.put(interrupted(), desk.done.append)
    desk.disk_queue.put(desk.request("b"), desk.done.append)
    with pytest.raises(KeyboardInterrupt):
        desk.disk.answer()
    desk.disk_queue.finish()
    assert desk.done == ["b0", "b", "b"]


def test_whoever_is_interrupted_in_waiting_for_the_disk_finds_it_busy(desk: Desk) -> None:
    """Ctrl+C while leaving: what the disk works at is not to be closed or gone on with."""

    class Endless(Future[object]):
        def exception(self, timeout: float | None = None) -> BaseException | None:
            raise KeyboardInterrupt

    desk.disk_queue.runner = lambda _, __: Endless()
    desk.disk_queue.put(desk.request("a"), desk.done.append)
    with pytest.raises(KeyboardInterrupt):
        desk.disk_queue.finish()
    assert desk.disk_queue.busy
    assert desk.done == []


def _unready(_: object) -> None:
    raise KeyError


def test_at_the_end_everybody_is_served_and_a_late_word_of_the_disk_changes_nothing(desk: Desk) -> None:
    desk.disk_queue.put(desk.request("a"))
    desk.disk_queue.put(desk.request("b", jobs=2))
    tell = desk.disk.work()
    desk.disk_queue.finish()
    assert desk.done == ["a0", "a", "b0", "b1", "b"]
    tell()
    assert desk.done == ["a0", "a", "b0", "b1", "b"]
    assert not desk.disk_queue.busy


def test_here_and_now_means_to_wait_but_not_to_come_between(desk: Desk) -> None:
    assert desk.disk_queue.run_now(desk.request("a", jobs=2)) == "a"
    desk.disk_queue.put(desk.request("b"))
    refused = desk.request("c")
    with pytest.raises(RuntimeError):
        desk.disk_queue.run_now(refused)
    refused.close()  # else Python says that it was never awaited: a task that is dropped is seen
    with pytest.raises(ZeroDivisionError):
        DiskQueue().run_now(_careless())


async def _careless() -> None:
    await disk(lambda: 1 / 0)


async def test_f17_the_event_loop_goes_on_while_a_thread_waits_for_the_disk() -> None:
    disk_queue, looked = DiskQueue(), threading.Event()
    disk_queue.runner = DiskThread()

    async def request() -> bool:
        return await disk(lambda: looked.wait(10))  # which the loop alone can end

    served = asyncio.create_task(disk_queue.run(request()))
    while not disk_queue.busy:
        await asyncio.sleep(0)
    looked.set()
    assert await served


async def test_work_goes_on_to_its_end_when_nobody_waits_for_it_any_more() -> None:
    disk_queue, go, recorded = DiskQueue(), threading.Event(), asyncio.Event()
    disk_queue.runner = DiskThread()

    async def request() -> None:
        await disk(lambda: go.wait(10))
        recorded.set()

    asked = asyncio.create_task(disk_queue.run(request()))
    while not disk_queue.busy:
        await asyncio.sleep(0)
    asked.cancel()
    with suppress(asyncio.CancelledError):
        await asked
    assert not recorded.is_set()
    go.set()
    assert await asyncio.wait_for(recorded.wait(), 10)


def test_f17_a_loop_that_is_closed_meanwhile_loses_nothing() -> None:
    disk_queue, go, done = DiskQueue(), threading.Event(), []

    async def request() -> None:
        await disk(lambda: go.wait(10))
        done.append("recorded")

    async def begin() -> None:
        disk_queue.runner = DiskThread()
        disk_queue.put(request())

    asyncio.run(begin())
    go.set()
    disk_queue.finish()
    assert done == ["recorded"]
