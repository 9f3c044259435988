"""Figures made of sums and counts: quantiles, means, correlations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Spread:
    """How a result is distributed over plays, in the units of its scale."""

    worst: float
    low: float
    """The 5 % quantile."""
    median: float
    high: float
    """The 95 % quantile."""
    best: float


def spread_of(counted: Counter[int], scale: float = 10.0) -> Spread | None:
    """Return the spread of counted values; None if nothing was counted."""
    if not counted:
        return None
    values, total = sorted(counted), counted.total()
    found = []
    for share in (0, 5, 50, 95, 100):
        rank, passed = max(1, -(-total * share // 100)), 0
        for value in values:
            passed += counted[value]
            if passed >= rank:
                found.append(value / scale)
                break
    return Spread(*found)


def correlation(products: Mapping[tuple[str, str, str], int], one: str, other: str) -> float | None:
    """Return how closely two objectives move together, from -1 to 1; None if either never moves."""
    n, x, y, xx, yy, xy = (products.get((one, other, name), 0) for name in ("n", "x", "y", "xx", "yy", "xy"))
    below = (n * xx - x * x) * (n * yy - y * y)
    return (n * xy - x * y) / sqrt(below) if n > 1 and below > 0 else None
