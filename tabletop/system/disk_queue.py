"""Whoever wants something of the exercise takes a turn; the event loop goes on while the disk works for it.

What a command may do depends on what was recorded before it, so that commands are decided one after the
other, each once the one before is on the disk. But a disk may take long, and a screen that stands or a
station that hears nothing is worse than a command that waits. So whatever touches the log is a `DiskTask`:
a coroutine that awaits `disk(job)` for what the disk has to do. Only a `Turns` can run one, not asyncio.
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
"""What a disk has to do. What it returns or raises goes to the task that awaits it."""

IN_A_ROW: Final = 16
"""Turns that need no disk, served before the event loop may do something else. Five hundred stations that
came back while the disk was slow would hold everybody up for a second."""

T = TypeVar("T")
DiskTask = Coroutine[Job, Any, T]
"""A coroutine that waits for nothing but `disk` and other such; an asyncio event loop cannot await one."""


@coroutine
def disk(job: Callable[[], T]) -> Generator[Job, T, T]:
    """Have the disk do a job, and return or raise what it returns or raises."""
    return (yield job)


class Beside(Protocol):
    """Does jobs beside the event loop, one at a time."""

    def __call__(self, job: Job, done: Callable[[], None]) -> Future[object]:
        """Begin a job; `done` is called in the loop's thread once the future has its result."""


class Watch(Protocol):
    """Hears of what somebody waits for."""

    def began(self) -> None:
        """A job has begun beside the event loop."""

    def ended(self) -> None:
        """It is done, and whoever waits for it goes on now."""


class DiskThread:
    """A thread for what the disk has to do, from within a running event loop."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="disk")

    def __call__(self, job: Job, done: Callable[[], None]) -> Future[object]:
        """Begin a job."""
        loop = asyncio.get_running_loop()

        def tell(_: Future[object]) -> None:
            with suppress(RuntimeError):  # the loop is closed: whoever closed it asks the future
                loop.call_soon_threadsafe(done)

        future = self._thread.submit(job)
        future.add_done_callback(tell)
        return future


class Rank(IntEnum):
    """Who goes before whom among all that wait; within a rank whoever came first."""

    STOPS_PLAY = 0
    COMES_IN = 1
    """Who was there before has missed something; who is new has nothing to do."""
    ORDINARY = 2


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    work: DiskTask[Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None]


class Turns:
    """Serves work by its rank and in the order in which it came, all of one before the next begins."""

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch
        self.beside: Beside | None = None
        """Where the disk works; None to wait for it here, as in virtual time."""
        self._waiting: tuple[deque[_Turn], ...] = tuple(deque() for _ in Rank)
        self._current: _Turn | None = None
        self._serving = False
        self._flight: Future[object] | None = None

    @property
    def busy(self) -> bool:
        """Whether somebody has the turn."""
        return self._serving or self._flight is not None

    def take(
        self,
        work: DiskTask[T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        rank: Rank = Rank.ORDINARY,
    ) -> None:
        """Serve this when it is its turn, which may be now.

        `then` gets what it returns, `failed` what it raises; without `failed` that is raised to whoever
        serves. What these two raise is raised once whoever can be served was served: nobody who waits
        is to be forgotten over it.
        """
        self._waiting[rank].append(_Turn(work, then or _nobody, failed or _raised))
        if not self.busy:
            self._serve(None)

    def at_once(self, work: DiskTask[T]) -> T:
        """Serve this here and now, waiting for the disk: where there is no event loop to hold up.

        Raises what the work raises, and RuntimeError if the disk works for somebody else.
        """
        if self._flight is not None:
            raise RuntimeError("the disk works for somebody else; take a turn")
        try:
            job = work.send(None)
            while True:
                job = _resumed(work, _performed(job))
        except StopIteration as end:
            result: T = end.value
            return result

    def finish(self) -> None:
        """Serve everybody here and now: the event loop is over.

        Whoever is interrupted in waiting for the disk finds it `busy` still: what it works at is its own.
        """
        self.beside, flight = None, self._flight
        if flight is not None:
            flight.exception()  # waits
            self._flight = None
            self._landed()
        self._serve(flight if self._current is not None else None)

    def _done(self, flight: Future[object]) -> None:
        if flight is self._flight:  # else `finish` was first
            self._flight = None
            self._landed()
            self._serve(flight if self._current is not None else None)

    def _serve(self, done: Future[object] | None) -> None:
        """Go on with the turn that is on, then with the next, up to one that has to wait for the disk."""
        unheard: list[Exception] = []
        served = 0
        self._serving = True
        try:
            while (turn := self._current or self._next()) is not None:
                self._current = turn
                job = self._resume(turn, done, unheard)
                if job is None:
                    done, served = None, served + 1
                    if served % IN_A_ROW == 0 and self.beside is not None and self._pauses(self.beside):
                        break
                elif self.beside is None:
                    done = _performed(job)
                elif (done := self._begin(self.beside, job)) is None:
                    break
        finally:
            self._serving = False
        if unheard:
            raise unheard[0] if len(unheard) == 1 else ExceptionGroup("what nobody heard of", unheard)

    def _resume(self, turn: _Turn, done: Future[object] | None, unheard: list[Exception]) -> Job | None:
        """Begin or go on with a turn up to its next job; None at its end, of which somebody was told."""
        tell: Callable[[], None]
        try:
            return _resumed(turn.work, done)
        except StopIteration as end:
            tell = partial(turn.then, end.value)
        except Exception as error:
            tell = partial(turn.failed, error)
        except BaseException:  # Ctrl+C: what it interrupted has no answer, and is not to be gone on with
            self._current = None
            raise
        self._current = None
        try:
            tell()
        except Exception as error:
            unheard.append(error)
        return None

    def _landed(self) -> None:
        if self._watch is not None:
            self._watch.ended()

    def _next(self) -> _Turn | None:
        waiting = next(filter(None, self._waiting), None)
        return waiting.popleft() if waiting else None

    def _pauses(self, beside: Beside) -> bool:
        """Let the event loop do something else before the next that waits. Whether there is one."""
        return any(self._waiting) and self._begin(beside, _nothing) is None

    def _begin(self, beside: Beside, job: Job) -> Future[object] | None:
        """Have a job done beside the loop. None if it was begun; else it has failed already."""
        try:
            flight: Future[object] = beside(job, lambda: self._done(flight))
        except Exception as error:  # no thread can be started, or no loop runs: nothing was done
            refused: Future[object] = Future()
            refused.set_exception(error)
            return refused
        self._flight = flight
        if self._watch is not None:
            self._watch.began()
        return None


async def turn(turns: Turns, work: DiskTask[T], *, rank: Rank = Rank.ORDINARY) -> T:
    """Have this served in its turn; what it returns. It is done to its end, even if nobody waits for it."""
    ended: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def then(result: T) -> None:
        if not ended.done():
            ended.set_result(result)

    def failed(error: Exception) -> None:
        if ended.done():
            raise error
        ended.set_exception(error)

    turns.take(work, then, failed, rank=rank)
    return await ended


def _resumed(work: DiskTask[Any], done: Future[object] | None) -> Job:
    """Begin work, or go on with it; raises StopIteration at its end."""
    if done is None:
        return work.send(None)
    error = done.exception()
    return work.throw(error) if error is not None else work.send(done.result())


def _performed(job: Job) -> Future[object]:
    done: Future[object] = Future()
    try:
        done.set_result(job())
    except Exception as error:
        done.set_exception(error)
    return done


def _nothing() -> None:
    """Nothing is to be done, but somewhere else."""


def _nobody(_: object) -> None:
    """Nobody waits for what it returns."""


def _raised(error: Exception) -> None:
    raise error
