"""The line that says what to do next, in words and keys, fitted to the screen. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from tabletop.tui.console.advice import Aside, NextStep
from tabletop.tui.kit.fitting import cells, cut
from tabletop.tui.kit.rows import Line, Part

KeyOf = Callable[[str], str]
"""Gives the key of a command by its id, as people know it."""

_GAP: Final[Part] = ("   · ", "dim")
_LEAST_QUOTE: Final = 10
"""Cells below which a quotation says nothing and is left out."""


def now_line(advice: NextStep, asides: Sequence[Aside], key_of: KeyOf, width: int) -> Line:
    """Return the advice, and beside it whatever else waits, as far as there is room.

    An aside that must be seen stands before the advice if there is no room for it behind.
    """
    line = _advice(advice, key_of, width)
    for aside in asides:
        wordings = [_aside(aside, words, key_of) for words in aside.wordings]
        beside = next((one for one in wordings if cells([*line, _GAP, *one]) <= width), None)
        if beside is not None:
            line = (*line, _GAP, *beside)
        elif aside.keep:
            mark, *rest = _advice(advice, key_of, width - cells([*wordings[-1], _GAP]))
            line = (mark, *wordings[-1], _GAP, *rest)
    return line


def _advice(advice: NextStep, key_of: KeyOf, width: int) -> Line:
    """Return the advice; where room is short, the key in fewer words, and then less of the text."""
    mark: Part = ("» ", advice.tone)
    full, brief = _ways(advice, key_of, brief=False), _ways(advice, key_of, brief=True)
    ways = next((end for end in (full, brief) if cells([mark, (advice.text, "plain"), *end]) <= width), brief)
    text = _fitted(advice.text, max(1, width - cells([mark, *ways])))
    begin: list[Part] = [mark, (text, advice.tone)]
    if advice.quote:
        room = width - cells([*begin, *ways]) - len(" “”,")
        if room >= _LEAST_QUOTE:
            begin.append((f" “{cut(advice.quote, room)}”,", "plain"))
    return (*begin, *ways)


def _fitted(text: str, room: int) -> str:
    """Return the text, or as many of its sentences as there is room for; else as much of its first."""
    if cells([(text, "plain")]) <= room:
        return text
    sentences = re.split(r"(?<=[.?!]) ", text)
    shorter = (" ".join(sentences[:count]) for count in range(len(sentences) - 1, 0, -1))
    return next((one for one in shorter if cells([(one, "plain")]) <= room), cut(text, room))


def _ways(advice: NextStep, key_of: KeyOf, *, brief: bool) -> list[Part]:
    """Return the keys that go on from there: ``press R to release it``, or ``R release it``."""
    press = "Press" if advice.text.endswith(".") else "press"
    before, to = (" ", " ") if brief else (f" {press} ", " to ")
    ways: list[Part] = []
    if advice.purpose:
        ways += [(before, "plain"), (key_of(advice.command), "new"), (f"{to}{advice.purpose}", "plain")]
    if advice.other is not None:
        command, purpose = advice.other
        ways += [(", or ", "plain"), (key_of(command), "new"), (f"{to}{purpose}", "plain")]
    return ways


def _aside(aside: Aside, words: str, key_of: KeyOf) -> Line:
    if not aside.command:
        return ((words, "warn"),)
    return ((f"{words}: ", "warn"), (key_of(aside.command), "new"), (f" {aside.does}", "plain"))
