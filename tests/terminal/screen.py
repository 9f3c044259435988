"""An emulated terminal screen: what a person sees of the bytes that a program writes.

`pyte` does the emulation. What is added here is what pyte 0.8 lacks and a current terminal has: the alternate
screen, mode reports, and sequences that it would draw as letters.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import getincrementaldecoder
from typing import Any, Final, NamedTuple

import pyte
import pyte.modes
from pyte.screens import wcwidth

ALTERNATE_SCREEN: Final = 1049
BRACKETED_PASTE: Final = 2004
MOUSE: Final = frozenset({1000, 1002, 1003, 1006, 1015, 1016})
CURSOR: Final = 25
LINE_WRAP: Final = 7
FOCUS_REPORTS: Final = 1004
SYNCHRONIZED_OUTPUT: Final = 2026

_UNKNOWN: Final = re.compile(
    r"\x1b\[[<=>][0-?]*[ -/]*[@-~]"  # CSI with a private marker other than `?`: kitty keyboard protocol
    r"|\x1b\[\??[0-?]*[!-/][@-~]"  # CSI with an intermediate character: mode queries, cursor styles
    r"|\x1b\](?![012];)[^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC that sets no title: clipboard, shape of the pointer
    r"|\x1b[PX^_][^\x1b]*\x1b\\"  # DCS, SOS, PM, APC
)
"""Sequences that pyte does not know, some of which it would draw."""

_STYLE: Final = r"\x1b\[[0-9;:]*m"

_UNFINISHED: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[PX^_][^\x1b]*\x1b?)?\Z")
_MODE_QUERY: Final = re.compile(rb"\x1b\[\?(\d+)\$p")
_QUERY_LENGTH: Final = 16


class Cursor(NamedTuple):
    """Where the terminal's own cursor stands, counted from 0, and whether it is shown."""

    column: int
    row: int
    shown: bool


class _Emulation(pyte.Screen):
    """A pyte screen with an alternate buffer."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self._behind: tuple[Any, pyte.screens.Cursor] | None = None

    def draw(self, data: str) -> None:
        """Draw text; pyte would drop all that follows a format character such as U+2068."""
        super().draw("".join(char for char in data if wcwidth(char) > 0 or unicodedata.combining(char)))

    def set_mode(self, *modes: int, **options: Any) -> None:
        """Turn modes on; the alternate screen begins empty."""
        if options.get("private") and ALTERNATE_SCREEN in modes and self._behind is None:
            self._behind = self.buffer.copy(), self.cursor
            self.buffer.clear()
            self.cursor = pyte.screens.Cursor(0, 0)
        super().set_mode(*modes, **options)

    def reset_mode(self, *modes: int, **options: Any) -> None:
        """Turn modes off; what was there before the alternate screen comes back."""
        if options.get("private") and ALTERNATE_SCREEN in modes and self._behind is not None:
            buffer, self.cursor = self._behind
            self._behind = None
            self.buffer.clear()
            self.buffer.update(buffer)
        super().reset_mode(*modes, **options)

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Change the size; the cursor stays inside."""
        super().resize(lines, columns)
        self.ensure_hbounds()
        self.ensure_vbounds()


class ModeReports:
    """Answer a program that asks which modes its terminal knows (DECRQM)."""

    def __init__(self) -> None:
        self._unanswered = b""

    def answer(self, output: bytes) -> bytes:
        """Return the answers to queries in what a program wrote: of those, synchronized output is known."""
        text = self._unanswered + output
        queries = list(_MODE_QUERY.finditer(text))
        self._unanswered = text[queries[-1].end() if queries else 0 :][-_QUERY_LENGTH:]
        return b"".join(
            b"\x1b[?%d;%d$y" % (mode, 2 if mode == SYNCHRONIZED_OUTPUT else 0)
            for mode in (int(query[1]) for query in queries)
        )


class Screen:
    """The screen of a terminal: feed it what a program writes, read what it shows."""

    def __init__(self, size: tuple[int, int], *, colours: bool = False) -> None:
        """`size` is columns and rows. Without colours and styles, emulation takes a third of the time."""
        self._left_out = _UNKNOWN if colours else re.compile(f"{_UNKNOWN.pattern}|{_STYLE}")
        self._emulation = _Emulation(*size)
        self._stream = pyte.Stream(self._emulation)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._held = ""

    def feed(self, output: bytes) -> None:
        """Draw what a program wrote."""
        text = self._held + self._decode(output)
        unfinished = _UNFINISHED.search(text)
        self._held = unfinished[0] if unfinished else ""
        self._stream.feed(self._left_out.sub("", text.removesuffix(self._held)))

    def resize(self, size: tuple[int, int]) -> None:
        """Make it so many columns and rows."""
        columns, rows = size
        self._emulation.resize(rows, columns)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._emulation.columns, self._emulation.lines

    @property
    def modes(self) -> frozenset[int]:
        """The private modes that are on."""
        return frozenset(mode >> 5 for mode in self._emulation.mode if mode >= 1 << 5)

    @property
    def cursor(self) -> Cursor:
        """The terminal's own cursor, which input methods go by."""
        columns, rows = self.size
        at = self._emulation.cursor
        return Cursor(min(at.x, columns - 1), min(at.y, rows - 1), not at.hidden)

    @property
    def rows(self) -> list[str]:
        """What each row shows, without the blanks at its end."""
        return ["".join(self.cells(row)).rstrip() for row in range(self.size[1])]

    def cells(self, row: int) -> list[str]:
        """What each cell of a row shows: one string a column, empty behind a wide character."""
        line, columns = self._emulation.buffer[row], self.size[0]
        shown = [line[column].data for column in range(columns)]
        for column, text in enumerate(shown):
            if _is_wide(text) and (column + 1 == columns or shown[column + 1]):
                shown[column] = " "  # its right half was overwritten
            elif not text and (column == 0 or not _is_wide(shown[column - 1])):
                shown[column] = " "  # its left half was
        return shown

    def backgrounds(self, row: int) -> list[str]:
        """The background colour of each cell of a row of a screen with colours."""
        line = self._emulation.buffer[row]
        return [line[column].bg for column in range(self.size[0])]

    @property
    def text(self) -> str:
        """All rows."""
        return "\n".join(self.rows)


def _is_wide(text: str) -> bool:
    return not text.isascii() and wcwidth(text[0]) == 2
