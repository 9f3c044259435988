"""Exercise and real-world markings.

They are defined only here, so that no two screens or documents can differ. They are added to everything that
is shown or written, and never stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MARKING: Final = "EXERCISE EXERCISE EXERCISE"
"""First and last line of every document, and on every screen."""

REAL_WORLD: Final = "REAL WORLD"
"""The words of the marking of a real-world emergency."""

REAL_WORLD_MARKING: Final = "  ".join([REAL_WORLD] * 3)
"""Replaces the exercise marking in a real-world emergency."""

STOP_PLAYING: Final = "Stop playing now and follow the facilitator. This is real and no part of the exercise."
"""What everybody reads in a real-world emergency."""

PRACTICE: Final = "PRACTICE"
"""Marks an exercise in which the program plays a team."""


def marked_title(title: str, *, practice: bool) -> str:
    """Return a title as it is shown: marked if what it names is a practice."""
    return f"{PRACTICE} – {title}" if practice else title


def practice_sentence(players: Mapping[str, str]) -> str:
    """Say who played which team; nothing if people played all of them."""
    if not players:
        return ""
    played = ", ".join(f"{team} by “{player}”" for team, player in players.items())
    return f"{PRACTICE}: the program played {played}. Do not compare it with an exercise that people played."
