"""Windows on an emulated screen: found by their titles, and whole or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tests.terminal.screen import Screen

_CORNERS: Final = "╭╮╰╯"


def frame(title: str) -> Callable[[Screen], list[str] | None]:
    """Return a look for a frame with this title, a pattern, that tells what is inside if it is whole."""

    def look(screen: Screen) -> list[str] | None:
        grid = [screen.cells(row) for row in range(screen.size[1])]
        for top, cells in enumerate(grid):
            for left, cell in enumerate(cells):
                if cell == _CORNERS[0] and re.match(rf"╭─ +{title}", "".join(cells[left:])):
                    return _inside(grid, top, left)
        return None

    return look


def _inside(grid: list[list[str]], top: int, left: int) -> list[str] | None:
    """Follow the edges of a frame from its upper left corner."""
    if _CORNERS[1] not in grid[top][left:]:
        return None
    right = grid[top].index(_CORNERS[1], left)
    for row, cells in enumerate(grid[top + 1 :], top + 1):
        edges = cells[left] + cells[right]
        if edges == _CORNERS[2:]:
            return ["".join(inner[left + 1 : right]) for inner in grid[top + 1 : row]]
        if edges != "││":
            return None
    return None


def sheet(title: str) -> Callable[[Screen], list[str] | None]:
    """Return a look for a sheet, which fills a small screen, that tells the rows below its title."""

    def look(screen: Screen) -> list[str] | None:
        rows, columns = screen.rows, screen.size[0]
        for top, text in enumerate(rows):
            if re.match(rf"─ {title}[^─]* ─+\Z", text) and len(text) == columns:
                return rows[top + 1 :]
        return None

    return look


def window(title: str) -> Callable[[Screen], list[str] | None]:
    """Return a look for a window with this title, framed or a sheet."""
    return lambda screen: frame(title)(screen) or sheet(title)(screen)


def no_window(title: str) -> Callable[[Screen], bool]:
    """Return a look that tells whether no part of such a window is left."""
    return lambda screen: re.search(rf"─ +{title}", screen.text) is None


def filled(screen: Screen) -> bool:
    """Tell whether less than a third of the screen's rows is empty."""
    return sum(not row.strip() for row in screen.rows) * 3 < screen.size[1]
