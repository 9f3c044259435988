"""The last lines of a screen: the keys that work now. Each can also be clicked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

_META: Final = "key"
"""Where a drawn key keeps what a click presses. `@click` would draw it as a link."""

_GAP: Final = "  "
_ALWAYS: Final = 2
"""How many keys at the end of a screen's bindings (help, leave) keep their place when room is short."""


def key_words(
    shown: str, label: str, key: str = "", *, urgent: bool = False, enabled: bool = True
) -> Content:
    """Return a key and what it does, as one piece; a click on it presses `key`."""
    words = Content.assemble(
        (shown, "bold $text-error" if urgent else "bold $text-accent" if enabled else "$text-muted 60%"),
        (f" {label}", "$text-error" if urgent else "$text-muted" if enabled else "$text-muted 60%"),
    )
    return words.stylize(Style.from_meta({_META: key})) if key else words


def fill_lines(items: Sequence[Content], ends: Sequence[Content], width: int, height: int) -> list[Content]:
    """Return `height` lines filled from the left; `ends` keep their place at the end of the last."""
    waiting, tail = list(items), Content(_GAP).join(ends)
    lines: list[Content] = []
    for number in range(height):
        room = width - (tail.cell_length + len(_GAP) if number == height - 1 else 0)
        line, used = [], 0
        while waiting and used + waiting[0].cell_length <= room:
            used += waiting[0].cell_length + len(_GAP)
            line.append(waiting.pop(0))
        lines.append(Content(_GAP).join(line))
    gap = " " * max(0, width - lines[-1].cell_length - tail.cell_length)
    lines[-1] = Content.assemble(lines[-1], gap, tail)
    return lines


class KeyLine(Static):
    """Draw keys as text: a click on one acts as pressing it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        key = event.style.meta.get(_META)
        if key:
            self.app.simulate_key(str(key))


class BindingKeys(KeyLine):
    """The keys of this screen's bindings, on as many lines as they need, at most `rows`."""

    DEFAULT_CSS = """
    BindingKeys {
        dock: bottom;
        width: 100%;
        height: auto;
        padding: 0 1;
        text-wrap: nowrap;
        background: $surface;
    }
    """

    def __init__(self, *, rows: int = 2) -> None:
        super().__init__()
        self._rows = rows
        self._drawn: tuple[object, ...] = ()

    def on_mount(self) -> None:
        """Show the keys from the first moment, and follow what can be pressed."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._draw()

    def on_unmount(self) -> None:
        """Follow no longer."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def on_resize(self) -> None:
        """Use the room there is."""
        self._draw()

    def _follow(self, _screen: Screen[object]) -> None:
        self._draw()

    def _draw(self) -> None:
        width = self.size.width or self.app.size.width - self.gutter.width
        keys = tuple(self._keys())
        if not width or (keys, width) == self._drawn:
            return
        self._drawn = (keys, width)
        words = [key_words(shown, label, key, enabled=enabled) for shown, label, key, enabled in keys]
        needed = sum(word.cell_length + len(_GAP) for word in words) - len(_GAP)
        if needed <= width:
            self.update(Content(_GAP).join(words))
            return
        # Keys are not broken, so two lines of half the width may not be enough: give them all the rows.
        lines = fill_lines(words[:-_ALWAYS], words[-_ALWAYS:], width, min(self._rows, -(-needed // width)))
        self.update(Content("\n").join(lines))

    def _keys(self) -> Iterable[tuple[str, str, str, bool]]:
        """Yield each action once: its key as people know it, its label, the key itself, whether it works."""
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.description and binding.action not in seen:
                seen.add(binding.action)
                yield self.app.get_key_display(binding), binding.description, binding.key, active.enabled
