"""The exercise marking."""

from __future__ import annotations

from typing import Final

MARKING: Final = "EXERCISE EXERCISE EXERCISE"
"""First and last line of everything the program hands out."""
