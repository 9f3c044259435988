"""For tests in which nobody minds waiting."""

from __future__ import annotations

from typing import TypeVar

from tabletop.system.disk_queue import DiskQueue, DiskTask

T = TypeVar("T")


def now(work: DiskTask[T]) -> T:
    """Run a disk task at once, without an event loop."""
    return DiskQueue().run_now(work)
