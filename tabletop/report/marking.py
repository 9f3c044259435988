"""The exercise marking, and the names of the files that carry it."""

from __future__ import annotations

from typing import Final

MARKING: Final = "EXERCISE EXERCISE EXERCISE"
"""First and last line of everything the program hands out."""


def file_name(scenario: str, suffix: str, *, anonymous: bool = False) -> str:
    """``EXERCISE-sakishima-dawn-aar.html``. The scenario's id holds no character that a path obeys."""
    kind = "aar-anonymous" if anonymous else "aar"
    return f"EXERCISE-{scenario}-{kind}.{suffix}"
