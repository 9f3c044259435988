"""The keys that make sense now, on the last lines of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from tabletop.tui.console.desk import ConsoleCommand
from tabletop.tui.console.wording import WIDE

_SCREENS, _LAST = 30, 90
"""The keys of the stations stand before commands of this rank; those above the last are left to help."""


_META = "key-action"
"""Where a drawn key keeps what a click on it does. `@click` would draw it as a link."""


class KeyLine(Static):
    """As many keys as fit, the most useful first; each can be clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._shown: tuple[object, ...] = ()

    def show(self, commands: Iterable[ConsoleCommand], screens: Sequence[tuple[str, str]]) -> None:
        """Offer these commands, and the keys that change the screen."""
        ranked = sorted(
            (command for command in commands if command.rank < _LAST), key=lambda command: command.rank
        )
        width, height = self.size.width, max(1, self.size.height)
        state = (tuple(command.id for command in ranked), tuple(screens), width, height)
        if state == self._shown or not width:
            return
        self._shown = state
        self.update(Content("\n").join(_lines(ranked, screens, width, height)), layout=False)

    async def on_click(self, event: events.Click) -> None:
        """A key can be clicked too."""
        action = event.style.meta.get(_META)
        if action:
            await self.run_action(str(action))


def _lines(
    ranked: Sequence[ConsoleCommand], screens: Sequence[tuple[str, str]], width: int, height: int
) -> list[Content]:
    """Fill lines from the left; what is always needed keeps its place at the end."""
    always = [command for command in ranked if command.rank in {88, 89}]
    first = [_key(command) for command in ranked if command.rank < _SCREENS]
    rest = [_key(command) for command in ranked if command.rank >= _SCREENS and command not in always]
    ends, stations = [_key(command) for command in always], list(enumerate(screens))[1:]
    items = [*first, *rest]
    if width >= WIDE - 2:
        items = [*first, *(_words(key, name, f"app.open({index})") for index, (key, name) in stations), *rest]
    elif len(screens) > 1:
        ends.insert(
            0, _words(f"{screens[1][0]}-{screens[-1][0]}" if screens[2:] else screens[1][0], "Teams", "")
        )
    tail = Content("  ").join(ends)
    lines: list[Content] = []
    for number in range(height):
        room = width - (tail.cell_length + 2 if number == height - 1 else 0)
        line, used = [], 0
        while items and used + items[0].cell_length + 2 <= room:
            used += items[0].cell_length + 2
            line.append(items.pop(0))
        lines.append(Content("  ").join(line))
    gap = " " * max(0, width - lines[-1].cell_length - tail.cell_length)
    lines[-1] = Content.assemble(lines[-1], gap, tail)
    return lines


def _key(command: ConsoleCommand) -> Content:
    return _words(command.shown, command.label, f"screen.give('{command.id}')", urgent=command.rank == 89)


def _words(key: str, label: str, action: str, *, urgent: bool = False) -> Content:
    words = Content.assemble(
        (key, "bold $text-error" if urgent else "bold $text-accent"),
        (f" {label}", "$text-error" if urgent else "$text-muted"),
    )
    return words.stylize(Style.from_meta({_META: action}))
