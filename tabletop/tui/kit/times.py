"""How times are written on every screen."""

from __future__ import annotations


def game_clock(seconds: float) -> str:
    """Game time with its seconds always shown, so that it does not jump about: ``T+36:05``."""
    minutes, rest = divmod(int(seconds), 60)
    return f"T+{minutes}:{rest:02d}"


def span(seconds: float) -> str:
    """Return a length as a countdown shows it, whatever its sign: ``2:10`` or ``1:02:10``."""
    hours, rest = divmod(abs(int(seconds)), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
