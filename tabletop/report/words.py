"""Scores in words."""

from __future__ import annotations

from typing import Final

BANDS: Final = ((80.0, "strong"), (60.0, "sound"), (40.0, "mixed"), (20.0, "weak"), (0.0, "poor"))
"""Scores in words, from the score at which each begins."""


def band(score: float) -> str:
    """A score in one word."""
    return next(word for floor, word in BANDS if score >= floor)
