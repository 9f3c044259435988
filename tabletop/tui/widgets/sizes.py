"""The sizes of terminal that screens are laid out for."""

from __future__ import annotations

from typing import Final

TALL: Final = 34
"""Rows from which there is room for boxes and for a board below the page."""

WIDE: Final = 150
"""Columns from which there is room for a third column."""

HEIGHTS: Final = [(0, "-short"), (TALL, "-tall")]
WIDTHS: Final = [(0, "-narrow"), (WIDE, "-wide")]
"""Classes that a screen gets by its size."""
