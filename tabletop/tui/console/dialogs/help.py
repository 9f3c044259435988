"""All keys and all marks, made from where they are declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from tabletop.tui.console.desk import Group
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.window import Lines
from tabletop.tui.overview.msel import LOOKS

_KEY, _LABEL, _HELP = 9, 15, 46
"""Cells of the columns; together they fit on the smallest screen."""


def help_page(groups: Sequence[Group], screens: Sequence[tuple[str, str]]) -> Lines:
    """The page: keys by group, keys that change the screen, marks of the MSEL."""
    yield (("The line that begins with ", "plain"), ("»", "new"), (" says what to do next.", "plain"))
    for group in groups:
        yield from _heading(group.title)
        for command in group.commands:
            first, *more = wrap(command.help, _HELP)
            yield (
                (f"{command.shown:>{_KEY}}  ", "new"),
                (f"{command.label:<{_LABEL}}", "strong"),
                (first, "dim"),
            )
            yield from (((" " * (_KEY + 2 + _LABEL), "plain"), (line, "dim")) for line in more)
    yield from _heading("Screens")
    for key, shows in screens:
        yield ((f"{key:>{_KEY}}  ", "new"), (shows, "plain"))
    yield from _heading("Marks in the list of injects")
    for mark, (glyph, tone) in LOOKS.items():
        yield ((f"{glyph:>{_KEY}}  ", tone), (mark.value, "plain"))


def _heading(title: str) -> Iterator[tuple[Part, ...]]:
    yield ()
    yield ((title, "strong"),)
