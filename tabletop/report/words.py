"""Scores in words, and what is said where nothing happened."""

from __future__ import annotations

from typing import Final

from tabletop.scenario.objectives import Letter, meaning

BANDS: Final = ((80.0, "strong"), (60.0, "sound"), (40.0, "mixed"), (20.0, "weak"), (0.0, "poor"))
"""Scores in words, from the score at which each begins."""

NOT_EXERCISED: Final = "No objective was exercised."
NO_DECISIONS: Final = "No decision was put to the teams."
NOBODY_CONSULTED: Final = "No team consulted another."
NOTHING_MOVED: Final = "Nothing of this has given or could have given a mark so far."
NOBODY_SPOKE: Final = "No team spoke in public."


def band(score: float) -> str:
    """Return a score in one word."""
    return next(word for floor, word in BANDS if score >= floor)


def rating_words(letter: Letter | None) -> str | None:
    """Return a rating with its meaning; nothing for none."""
    return None if letter is None else f"{letter}, {meaning(letter)}"
