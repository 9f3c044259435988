"""A disk that answers when the test says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future

from tabletop.system.disk_queue import DiskQueue, Job


class SlowDisk:
    """Keeps what it is asked to do until it is told to do it."""

    def __init__(self, disk_queue: DiskQueue) -> None:
        self._jobs: deque[tuple[Job, Callable[[], None], Future[object]]] = deque()
        disk_queue.runner = self

    def __call__(self, job: Job, done: Callable[[], None]) -> Future[object]:
        """Keep it in mind."""
        future: Future[object] = Future()
        self._jobs.append((job, done, future))
        return future

    @property
    def asked(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._jobs)

    def work(self) -> Callable[[], None]:
        """Do the first thing; returns what tells of it."""
        job, done, future = self._jobs.popleft()
        try:
            future.set_result(job())
        except Exception as error:
            future.set_exception(error)
        return done

    def answer(self) -> None:
        """Do the first thing and tell of it."""
        self.work()()

    def answer_all(self) -> None:
        """Do everything, and what is asked for then."""
        while self.asked:
            self.answer()
