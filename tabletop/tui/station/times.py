"""How times are written at a station."""

from __future__ import annotations

from tabletop.tui.widgets.rows import Part

SOON = 60
"""Game seconds before the end of a window from which it is marked as urgent."""


def clock_text(at: float) -> str:
    """Game time on the banner: always with its seconds, so that it does not jump about."""
    hours, rest = divmod(int(at), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"T+{hours}:{minutes:02d}:{seconds:02d}" if hours else f"T+{minutes:02d}:{seconds:02d}"


def length_text(seconds: int) -> str:
    """A length on a countdown: ``2:10`` or ``1:02:10``."""
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def due_part(due: int, now: float) -> Part:
    """How long is left, or how late it is."""
    left = due - int(now)
    if left < 0:
        return (f"late by {length_text(left)}", "bad")
    return (f"due in {length_text(left)}", "warn" if left < SOON else "strong")
