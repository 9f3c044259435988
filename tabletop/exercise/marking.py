"""Exercise and real-world markings.

They are defined only here, so that no two screens or documents can differ. They are added to everything that
is shown or written, and never stored.
"""

from __future__ import annotations

from typing import Final

MARKING: Final = "EXERCISE EXERCISE EXERCISE"
"""First and last line of every document, and on every screen."""

REAL_WORLD: Final = "REAL WORLD"
"""The words of the marking of a real-world emergency."""

REAL_WORLD_MARKING: Final = "  ".join([REAL_WORLD] * 3)
"""Replaces the exercise marking in a real-world emergency."""

STOP_PLAYING: Final = "Stop playing now and follow the facilitator. This is real and no part of the exercise."
"""What everybody reads in a real-world emergency."""
