"""How times are written at a station."""

from __future__ import annotations

from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.times import span

SOON = 60
"""Game seconds before the end of a window from which it is marked as urgent."""


def due_part(due: int, now: float) -> Part:
    """How long is left, or how late it is."""
    left = due - int(now)
    if left < 0:
        return (f"late by {span(left)}", "bad")
    return (f"due in {span(left)}", "warn" if left < SOON else "strong")
