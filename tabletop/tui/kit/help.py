"""The keys of a screen, made from where they are declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap
from typing import Any

from tabletop.tui.kit.command_registry import CommandGroup, ScreenCommand
from tabletop.tui.kit.rows import Line, Tone

_KEY, _LABEL, _HELP = 9, 15, 46
"""Cells of the columns; together they fit on the smallest screen."""


def help_page(
    introduction: Line,
    groups: Sequence[CommandGroup[Any]],
    listed: Callable[[ScreenCommand[Any]], bool] = lambda _: True,
) -> Iterator[Line]:
    """Yield the introduction, then each group's commands that are `listed`: key, label, what it does."""
    yield introduction
    for group in groups:
        yield from heading(group.title)
        for command in filter(listed, group.commands):
            first, *more = wrap(command.help, _HELP)
            yield (
                (f"{command.shown:>{_KEY}}  ", "new"),
                (f"{command.label:<{_LABEL}}", "strong"),
                (first, "dim"),
            )
            yield from (((" " * (_KEY + 2 + _LABEL), "plain"), (line, "dim")) for line in more)


def heading(title: str) -> Iterator[Line]:
    """Yield an empty line, and the title if there is one."""
    yield ()
    if title:
        yield ((title, "strong"),)


def entry(key: str, words: str, tone: Tone = "new") -> Line:
    """Return a line that stands among the keys: a key or a mark, and what it means."""
    return ((f"{key:>{_KEY}}  ", tone), (words, "plain"))
