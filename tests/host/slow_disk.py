"""A disk that works when the test says so."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future

from tabletop.system.disk_queue import DiskQueue, Job


class SlowDisk:
    """Queue jobs until the test runs them."""

    def __init__(self, disk_queue: DiskQueue) -> None:
        self._jobs: deque[tuple[Job, Callable[[], None], Future[object]]] = deque()
        disk_queue.runner = self

    def __call__(self, job: Job, done: Callable[[], None]) -> Future[object]:
        """Queue a job."""
        future: Future[object] = Future()
        self._jobs.append((job, done, future))
        return future

    @property
    def asked(self) -> bool:
        """Whether jobs are queued."""
        return bool(self._jobs)

    def work(self) -> Callable[[], None]:
        """Run the first job; return its completion callback."""
        job, done, future = self._jobs.popleft()
        try:
            future.set_result(job())
        except Exception as error:
            future.set_exception(error)
        return done

    def answer(self) -> None:
        """Run the first job and report its completion."""
        self.work()()

    def answer_all(self) -> None:
        """Run all jobs, including those that follow."""
        while self.asked:
            self.answer()
