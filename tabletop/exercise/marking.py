"""What marks everything as exercise, and what is said when something is real.

Each stands here and nowhere else, so that no two screens or papers can differ in it. All are added when
something is shown or written, and never stored.
"""

from __future__ import annotations

from typing import Final

MARKING: Final = "EXERCISE EXERCISE EXERCISE"
"""First and last line of everything the program hands out; on every screen."""

REAL_WORLD: Final = "REAL WORLD"
"""The words of the marking of a real-world emergency."""

REAL_WORLD_MARKING: Final = "  ".join([REAL_WORLD] * 3)
"""Takes the place of the exercise marking in a real-world emergency: nothing may then look like exercise."""

STOP_PLAYING: Final = "Stop playing now and follow the facilitator. This is real and no part of the exercise."
"""What everybody reads in a real-world emergency."""
