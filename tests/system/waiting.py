"""For tests in which nobody minds waiting."""

from __future__ import annotations

from typing import TypeVar

from tabletop.system.disk_queue import DiskTask, Turns

T = TypeVar("T")


def now(work: DiskTask[T]) -> T:
    """Do here and now what takes turns elsewhere."""
    return Turns().at_once(work)
