"""Words in large letters on an emulated screen, which are made of cells with a background."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.tui.kit.big_words import CELLS
from tabletop.tui.kit.pixels import ROWS, squares
from tests.terminal.screen import Screen


def big_words(start: str) -> Callable[[Screen], list[str] | None]:
    """Return a look for large letters that start so, of any size, that tells how the rows of them are lit."""

    def look(screen: Screen) -> list[str] | None:
        grid = [screen.backgrounds(row) for row in range(screen.size[1])]
        for colour in {colour for row in grid for colour in row}:
            lit = ["".join("#" if cell == colour else " " for cell in row) for row in grid]
            for scale in range(1, len(lit) // ROWS + 1):
                found = _find(start, scale, lit)
                if found is not None:
                    return lit[found : found + ROWS * scale]
        return None

    return look


def _find(start: str, scale: int, lit: list[str]) -> int | None:
    """Return the first row of these letters, so many times as large as the smallest."""
    wanted = [
        "".join(square * CELLS * scale for square in row) for row in squares(start) for _ in range(scale)
    ]
    for top in range(len(lit) - len(wanted) + 1):
        left = lit[top].find(wanted[0])
        if left >= 0 and all(lit[top + row].startswith(cells, left) for row, cells in enumerate(wanted)):
            return top
    return None
