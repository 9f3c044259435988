"""For tests in which nobody minds waiting."""

from __future__ import annotations

from typing import TypeVar

from tabletop.host.turns import Turns, Work

T = TypeVar("T")


def now(work: Work[T]) -> T:
    """Do here and now what takes turns elsewhere."""
    return Turns().at_once(work)
