"""The keys that make sense now, on the last lines of the console."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from textual.content import Content

from tabletop.tui.console.console import Console
from tabletop.tui.kit.command_registry import ScreenCommand
from tabletop.tui.kit.key_line import KeyLine, fill_lines, key_words
from tabletop.tui.overview.wording import WIDE

_SCREENS: Final = 30
"""The keys of the stations stand before commands of this rank."""

_LAST: Final = 90
"""Commands above this rank are left to help."""

_ALWAYS: Final = frozenset({88, 89})
"""Ranks that keep their place at the end: help, and the real-world emergency."""

_URGENT: Final = 89


class CommandKeys(KeyLine):
    """As many keys as fit, the most useful first."""

    _shown: tuple[object, ...] = ()

    def show(
        self,
        commands: Iterable[ScreenCommand[Console]],
        screens: Sequence[tuple[str, str]],
        *,
        first: Collection[str] = (),
    ) -> None:
        """Offer these commands, those in `first` before all others, and the keys that change the screen."""
        ranked = sorted(
            (command for command in commands if command.rank < _LAST),
            key=lambda command: (command.id not in first, command.rank),
        )
        width, height = self.size.width, max(1, self.size.height)
        state = (tuple(command.id for command in ranked), tuple(screens), width, height)
        if state == self._shown or not width:
            return
        self._shown = state
        self.update(Content("\n").join(_lines(ranked, screens, width, height)), layout=False)


def _lines(
    ranked: Sequence[ScreenCommand[Console]], screens: Sequence[tuple[str, str]], width: int, height: int
) -> list[Content]:
    free = [command for command in ranked if command.rank not in _ALWAYS]
    before = max((place for place, one in enumerate(free, 1) if one.rank < _SCREENS), default=0)
    first, rest = [_key(one) for one in free[:before]], [_key(one) for one in free[before:]]
    ends = [_key(command) for command in ranked if command.rank in _ALWAYS]
    stations = screens[1:]
    named = [key_words(key, name, key.lower()) for key, name in stations]
    if width >= WIDE - 2:
        lines = fill_lines([*first, *named, *rest], ends, width, height)
        shown = "\n".join(line.plain for line in lines)
        if all(name.plain in shown for name in named):
            return lines
    if stations:
        keys = f"{stations[0][0]}-{stations[-1][0]}" if stations[1:] else stations[0][0]
        ends.insert(0, key_words(keys, "Teams"))
    return fill_lines([*first, *rest], ends, width, height)


def _key(command: ScreenCommand[Console]) -> Content:
    return key_words(command.shown, command.label, command.keys.split(",")[0], urgent=command.rank == _URGENT)
