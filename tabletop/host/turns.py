"""Whoever wants something of the exercise takes a turn; the event loop goes on while the disk works for it.

What a command may do depends on what was recorded before it, so that commands are decided one after the
other, each once the one before is on the disk. But a disk may take long, and a screen that stands or a
station that hears nothing is worse than a command that waits. So whatever touches the log is written as
`Work`: a generator that yields what the disk has to do and goes on when it is done.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

Job = Callable[[], object]
"""What a disk has to do. What it returns or raises goes to the work that yielded it."""

T = TypeVar("T")
Work = Generator[Job, Any, T]


class Beside(Protocol):
    """Does jobs beside the event loop, one at a time."""

    def __call__(self, job: Job, done: Callable[[], None]) -> Future[object]:
        """Begin a job; `done` is called in the loop's thread once the future has its result."""


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


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    work: Work[Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None]


class Turns:
    """Serves work in the order in which it came, all of one before the next begins; what is urgent first."""

    def __init__(self) -> None:
        self.beside: Beside | None = None
        """Where the disk works; None to wait for it here, as in virtual time."""
        self._urgent: deque[_Turn] = deque()
        self._others: deque[_Turn] = deque()
        self._current: _Turn | None = None
        self._serving = False
        self._flight: Future[object] | None = None

    @property
    def busy(self) -> bool:
        """Whether somebody has the turn."""
        return self._serving or self._flight is not None

    def take(
        self,
        work: Work[T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        urgent: bool = False,
    ) -> None:
        """Serve this when it is its turn, which may be now.

        `then` gets what it returns, `failed` what it raises; without `failed` that is raised to whoever
        serves. Neither may raise anything itself if others are to be served after it.
        """
        waiting = self._urgent if urgent else self._others
        waiting.append(_Turn(work, then or _nobody, failed or _raised))
        if not self.busy:
            self._serve(None)

    def at_once(self, work: Work[T]) -> T:
        """Serve this here and now, waiting for the disk: where there is no event loop to hold up.

        Raises what the work raises, and RuntimeError if the disk works for somebody else.
        """
        if self._flight is not None:
            raise RuntimeError("the disk works for somebody else; take a turn")
        try:
            job = next(work)
            while True:
                job = _resume(work, _performed(job))
        except StopIteration as end:
            result: T = end.value
            return result

    def finish(self) -> None:
        """Serve everybody here and now: the event loop is over."""
        flight, self._flight, self.beside = self._flight, None, None
        if flight is not None:
            flight.exception()  # waits
        self._serve(flight)

    def _done(self, flight: Future[object]) -> None:
        if flight is self._flight:  # else `finish` was first
            self._flight = None
            self._serve(flight)

    def _serve(self, done: Future[object] | None) -> None:
        """Go on with the turn that is on, then with the next, up to one that has to wait for the disk."""
        self._serving = True
        try:
            while (turn := self._current or self._next()) is not None:
                self._current = turn
                try:
                    job = _resume(turn.work, done)
                except StopIteration as end:
                    self._current = done = None
                    turn.then(end.value)
                except Exception as error:
                    self._current = done = None
                    turn.failed(error)
                else:
                    if self.beside is not None:
                        self._begin(self.beside, job)
                        return
                    done = _performed(job)
        finally:
            self._serving = False

    def _next(self) -> _Turn | None:
        waiting = self._urgent or self._others
        return waiting.popleft() if waiting else None

    def _begin(self, beside: Beside, job: Job) -> None:
        flight: Future[object] = beside(job, lambda: self._done(flight))
        self._flight = flight


async def turn(turns: Turns, work: Work[T], *, urgent: bool = False) -> T:
    """Have this served in its turn; what it returns. It is done to its end, even if nobody waits for it."""
    ended: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def then(result: T) -> None:
        if not ended.done():
            ended.set_result(result)

    def failed(error: Exception) -> None:
        if ended.done():
            raise error
        ended.set_exception(error)

    turns.take(work, then, failed, urgent=urgent)
    return await ended


def _resume(work: Work[Any], done: Future[object] | None) -> Job:
    """Begin work, or go on with it; raises StopIteration at its end."""
    if done is None:
        return next(work)
    error = done.exception()
    return work.throw(error) if error is not None else work.send(done.result())


def _performed(job: Job) -> Future[object]:
    done: Future[object] = Future()
    try:
        done.set_result(job())
    except Exception as error:
        done.set_exception(error)
    return done


def _nobody(_: object) -> None:
    """Nobody waits for what it returns."""


def _raised(error: Exception) -> None:
    raise error
