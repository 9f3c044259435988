"""Serialise state changes; run blocking disk I/O on a worker thread without blocking the event loop.

A command is decided on the state recorded before it, so commands run one after the other, each once the
previous one is on disk. A slow disk must delay commands, but never freeze a screen or silence a station.
Whatever touches the log is therefore a `DiskTask`: a coroutine that awaits `disk(job)` for each piece of disk
work. Only a `DiskQueue` can run one; an asyncio event loop cannot.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from types import coroutine
from typing import Any, Final, Protocol, TypeVar

Job = Callable[[], object]
"""A piece of disk work. Its result or exception goes to the task that awaits it."""

IN_A_ROW: Final = 16
"""Tasks run without disk work before the event loop gets control again. Five hundred stations that
reconnected while the disk was slow would otherwise block it for a second."""

T = TypeVar("T")
DiskTask = Coroutine[Job, Any, T]
"""A coroutine that awaits nothing but `disk` and other disk tasks. asyncio cannot run one."""


@coroutine
def disk(job: Callable[[], T]) -> Generator[Job, T, T]:
    """Run a job on the disk thread; return what it returns, raise what it raises."""
    return (yield job)


class JobRunner(Protocol):
    """Run jobs outside the event loop, one at a time."""

    def __call__(self, job: Job, done: Callable[[], None]) -> Future[object]:
        """Start a job; call `done` in the loop's thread once the future has its result."""


class DiskObserver(Protocol):
    """Callbacks around jobs that run outside the event loop."""

    def began(self) -> None:
        """Note that a job has started outside the event loop."""

    def ended(self) -> None:
        """Note that the job has ended; its task resumes now."""


class DiskThread:
    """Run disk work on one worker thread, from within a running event loop."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="disk")

    def __call__(self, job: Job, done: Callable[[], None]) -> Future[object]:
        """Start a job."""
        loop = asyncio.get_running_loop()

        def tell(_: Future[object]) -> None:
            with suppress(RuntimeError):  # the loop is closed; `finish` waits on the future
                loop.call_soon_threadsafe(done)

        future = self._thread.submit(job)
        future.add_done_callback(tell)
        return future


class Rank(IntEnum):
    """Priority of a queued task; within a rank first in, first out."""

    STOPS_PLAY = 0
    COMES_IN = 1
    """A station that connects: it has missed events, or can do nothing before it is welcomed."""
    ORDINARY = 2


@dataclass(frozen=True, slots=True, eq=False)
class _Queued:
    task: DiskTask[Any]
    then: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None


class DiskQueue:
    """Run disk tasks one after the other, by rank and then in the order of arrival."""

    def __init__(self, watch: DiskObserver | None = None) -> None:
        self._watch = watch
        self.runner: JobRunner | None = None
        """Where jobs run; None runs them inline, as in virtual time."""
        self._waiting: tuple[deque[_Queued], ...] = tuple(deque() for _ in Rank)
        self._current: _Queued | None = None
        self._running = False
        self._flight: Future[object] | None = None

    @property
    def busy(self) -> bool:
        """Whether a task is running."""
        return self._running or self._flight is not None

    def put(
        self,
        task: DiskTask[T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        rank: Rank = Rank.ORDINARY,
    ) -> None:
        """Queue a task, and run it at once if none is running.

        `then` gets its result, `failed` its exception. Without `failed`, and if either callback raises, the
        exception is re-raised once all tasks that can run have run, so that no task is left behind.
        """
        self._waiting[rank].append(_Queued(task, then, failed))
        if not self.busy:
            self._advance(None)

    def run_now(self, task: DiskTask[T]) -> T:
        """Run a task at once, blocking on the disk; for use without an event loop.

        Raises what the task raises, and RuntimeError while another task's job is on the disk.
        """
        if self._flight is not None:
            raise RuntimeError("another task's job is on the disk; use put or run")
        try:
            job = task.send(None)
            while True:
                job = _resumed(task, _performed(job))
        except StopIteration as end:
            result: T = end.value
            return result

    async def run(self, task: DiskTask[T], *, rank: Rank = Rank.ORDINARY) -> T:
        """Run a task in its turn and return its result. It ends even if the caller is cancelled."""
        ended: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        def then(result: T) -> None:
            if not ended.done():
                ended.set_result(result)

        def failed(error: Exception) -> None:
            if ended.done():
                raise error
            ended.set_exception(error)

        self.put(task, then, failed, rank=rank)
        return await ended

    def finish(self) -> None:
        """Run all queued tasks inline, after the event loop has ended.

        If waiting for the disk is interrupted, the queue stays `busy`: the job in flight belongs to the
        worker thread.
        """
        self.runner, flight = None, self._flight
        if flight is not None:
            flight.exception()  # waits
            self._flight = None
            self._landed()
        self._advance(flight if self._current is not None else None)

    def abandon(self) -> None:
        """Drop all tasks that have not started: the disk does not answer, and the program is to end."""
        for waiting in self._waiting:
            for queued in waiting:
                queued.task.close()
            waiting.clear()

    def _done(self, flight: Future[object]) -> None:
        if flight is self._flight:  # else `finish` has handled it
            self._flight = None
            self._landed()
            self._advance(flight if self._current is not None else None)

    def _advance(self, done: Future[object] | None) -> None:
        """Resume the current task, then the next ones, until one has to wait for the disk."""
        failures: list[Exception] = []
        ended = 0
        self._running = True
        try:
            while (turn := self._current or self._next()) is not None:
                self._current = turn
                job = self._resume(turn, done, failures)
                if job is None:
                    done, ended = None, ended + 1
                    if ended % IN_A_ROW == 0 and self.runner is not None and self._pauses(self.runner):
                        break
                elif self.runner is None:
                    done = _performed(job)
                elif (done := self._begin(self.runner, job)) is None:
                    break
        finally:
            self._running = False
        if failures:
            raise failures[0] if len(failures) == 1 else ExceptionGroup("disk tasks failed", failures)

    def _resume(self, turn: _Queued, done: Future[object] | None, failures: list[Exception]) -> Job | None:
        """Resume a task up to its next job; at its end call back and return None."""
        notify: Callable[[], None] | None = None
        try:
            return _resumed(turn.task, done)
        except StopIteration as end:
            if turn.then is not None:
                notify = partial(turn.then, end.value)
        except Exception as error:
            if turn.failed is None:
                failures.append(error)
            else:
                notify = partial(turn.failed, error)
        except BaseException:  # Ctrl+C: the interrupted task has no result and must not be resumed
            self._current = None
            raise
        self._current = None
        try:
            if notify is not None:
                notify()
        except Exception as error:
            failures.append(error)
        return None

    def _landed(self) -> None:
        if self._watch is not None:
            self._watch.ended()

    def _next(self) -> _Queued | None:
        waiting = next(filter(None, self._waiting), None)
        return waiting.popleft() if waiting else None

    def _pauses(self, runner: JobRunner) -> bool:
        """Give the event loop control before the next task; return whether there is one."""
        return any(self._waiting) and self._begin(runner, _no_op) is None

    def _begin(self, runner: JobRunner, job: Job) -> Future[object] | None:
        """Start a job outside the loop. Return None if it started, else a future that has already failed."""
        try:
            flight: Future[object] = runner(job, lambda: self._done(flight))
        except Exception as error:  # no thread can be started, or no loop runs
            refused: Future[object] = Future()
            refused.set_exception(error)
            return refused
        self._flight = flight
        if self._watch is not None:
            self._watch.began()
        return None


def _resumed(task: DiskTask[Any], done: Future[object] | None) -> Job:
    """Start or resume a task and return its next job. Raises StopIteration at its end."""
    if done is None:
        return task.send(None)
    error = done.exception()
    return task.throw(error) if error is not None else task.send(done.result())


def _performed(job: Job) -> Future[object]:
    done: Future[object] = Future()
    try:
        done.set_result(job())
    except Exception as error:
        done.set_exception(error)
    return done


def _no_op() -> None:
    """Do nothing, on the disk thread."""
