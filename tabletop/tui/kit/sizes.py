"""The sizes of terminal that screens are laid out for."""

from __future__ import annotations

from typing import Final

TALL: Final = 34
"""Rows from which there is room for boxes and for a board below the page."""

WIDE: Final = 150
"""Columns from which there is room for a third column."""

LOW: Final = 10
"""Rows below which a station shows the clock and what matters most, and no keys."""

HEIGHTS: Final = [(0, "-short"), (TALL, "-tall")]
WIDTHS: Final = [(0, "-narrow"), (WIDE, "-wide")]
ROWS: Final = [(0, "-tiny"), (LOW, "-short"), (TALL, "-tall")]
"""Classes that a screen gets by its size; `ROWS` is for stations."""
