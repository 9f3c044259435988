"""What was said to all: as much as there is room for, the newest first, in columns where there is width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.styling import plain, styled
from tabletop.tui.wall.pages import said_heading
from tabletop.tui.wall.wall_model import WallItem

COLUMN = 84
"""Cells that a column needs so that there may be two."""

COLUMNS = 3
LINES = 4
"""Of the text of anything but the newest."""

MEANS_SOMETHING = 3
"""Lines of an item, its heading among them, below which it is not begun at the foot of a column."""


class SaidBoard(Horizontal):
    """Columns, filled one after the other."""

    DEFAULT_CSS = """
    SaidBoard {
        width: 100%;
        height: 1fr;
        & > Static { width: 1fr; height: 100%; padding: 0 2; display: none; }
        & > Static.-used { display: block; }
    }
    """

    _said: tuple[WallItem, ...] = ()
    _shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """As many columns as the widest wall has."""
        for number in range(COLUMNS):
            yield Static("", id=f"said-{number}", markup=False)

    def on_resize(self) -> None:
        """As much as there is room for now."""
        self.show_said(self._said)

    def show_said(self, said: Sequence[WallItem]) -> None:
        """Show what was said, the newest first."""
        self._said = tuple(said)
        state = (self._said, self.size)
        if state == self._shown or not self.size:
            return
        self._shown = state
        count = max(1, min(COLUMNS, self.size.width // COLUMN))
        width, height = self.size.width // count - 4, self.size.height
        columns = balanced(said, width, height, count)
        for number, column in enumerate(self.query(Static)):
            column.set_class(number < count, "-used")
            lines = columns[number] if number < len(columns) else []
            column.update(Content("\n").join(lines))


def balanced(said: Sequence[WallItem], width: int, height: int, count: int) -> list[list[Content]]:
    """Return the lines of each column, none much longer than another; all of the height if that is needed."""
    blocks = [
        list(_lines(item, width, height - 2 if number == 0 else LINES, newest=number == 0))
        for number, item in enumerate(said[:height])
    ]
    if not blocks:
        return [styled([("Nothing has been said to all yet.", "dim")]).wrap(width)[:height]]
    for enough in range(len(blocks[0]) if count > 1 else height, height):
        columns, all_of_it = _filled(blocks, width, enough, count)
        if all_of_it:
            return columns
    return _filled(blocks, width, height, count)[0]


def _filled(
    blocks: Sequence[list[Content]], width: int, height: int, count: int
) -> tuple[list[list[Content]], bool]:
    """Columns filled one after the other, and whether everything is in them."""
    columns: list[list[Content]] = [[]]
    whole = True
    for lines in blocks:
        column = columns[-1]
        gap = 1 if column else 0
        if len(column) + gap + min(len(lines), MEANS_SOMETHING) > height:
            if len(columns) == count:
                return columns, False
            column, gap = [], 0
            columns.append(column)
        room = height - len(column) - gap
        whole = whole and len(lines) <= room
        column += [*([Content("")] * gap), *_cut(lines, room, width)]
    return columns, whole


def _lines(item: WallItem, width: int, most: int, *, newest: bool) -> Iterator[Content]:
    """Return the heading, then the text."""
    yield _cut(styled(said_heading(item)).wrap(width), 1, width)[0]
    tone: list[Part] = [(item.title, "strong")]
    title = _cut(styled(tone).wrap(width), 1, width) if item.title.strip() else []
    body = [*title, *plain(item.text.strip()).wrap(width)]
    for line in _cut(body, max(MEANS_SOMETHING, most), width):
        yield line if newest else line.stylize_before("$foreground 80%")


def _cut(lines: Sequence[Content], most: int, width: int) -> list[Content]:
    """So many lines, with a mark at the end of the last if there are more."""
    if len(lines) <= most:
        return list(lines)
    last = lines[most - 1].rstrip()
    return [*lines[: most - 1], Content.assemble(last.truncate(width - 2), " …")]
