"""Measures of rules by the names that they had before: read as what they are called today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple


class _Today(NamedTuple):
    """What an older measure is called today, and which of its keys gave points for good and for bad."""

    measure: str
    good: str
    bad: str
    dropped: tuple[str, ...] = ()
    """Keys without effect today."""


_TODAY: Final[Mapping[str, _Today]] = {
    "consulted-before": _Today("asked-first", "done", "undone"),
    "reciprocity": _Today("gave-as-got", "balanced", "hoarded", ("within", "received")),
}


def read_older(row: object) -> object:
    """Return a rule as it is written today: points become marks by their sign, with the usual reasons.

    Raise ValueError if what should be points is something else.
    """
    if not isinstance(row, dict) or (today := _TODAY.get(str(row.get("measure")))) is None:
        return row
    gone = {today.good, today.bad, *today.dropped}
    kept = {key: value for key, value in row.items() if key not in gone}
    good, bad = _objectives(row, today.good, sign=1), _objectives(row, today.bad, sign=-1)
    return {**kept, "measure": today.measure, "good": good, "bad": bad}


def keys_without_effect(row: object) -> Iterator[str]:
    """Yield the keys of a rule as it was written that change nothing today."""
    if isinstance(row, dict) and (today := _TODAY.get(str(row.get("measure")))) is not None:
        yield from (key for key in today.dropped if key in row)


def _objectives(row: Mapping[str, object], key: str, *, sign: int) -> list[str]:
    """Return the objectives whose points have the sign, or raise ValueError if these are no points."""
    points = row.get(key) or {}
    if not isinstance(points, dict) or not all(isinstance(value, int | float) for value in points.values()):
        raise ValueError(f"{key!r} gives points: a number for each objective, as {key}: {{O1: +1}}")
    return [goal for goal, value in points.items() if value * sign > 0]
