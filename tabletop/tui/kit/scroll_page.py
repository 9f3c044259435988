"""A page of lines that may be longer than its panel.

It wraps and scrolls by itself: to Textual its size never changes, so that a new text does not mean a new
layout of the whole screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tabletop.tui.kit.rows import Line
from tabletop.tui.kit.styling import styled

_WHEEL = 3
"""Lines for a turn of the wheel."""


def page_keys(screen: str, *, shown_as: str = "") -> tuple[Binding, ...]:
    """Return the keys by which a screen turns a page wherever the focus is, with `action_turn_page`.

    They stand in the line of keys only if the page has to be read there, as `shown_as`.
    """
    label, shown = shown_as or "Page down", bool(shown_as)
    return (
        Binding("pageup", "turn_page(-1)", "Page up", show=False, priority=True, id=f"{screen}.page-up"),
        Binding(
            "pagedown",
            "turn_page(1)",
            label,
            show=shown,
            key_display="PgDn",
            priority=True,
            id=f"{screen}.page-down",
        ),
    )


class ScrollPage(Widget, can_focus=True):
    """Lines; what is set in with spaces stays so when it wraps."""

    DEFAULT_CSS = "ScrollPage { text-wrap: nowrap; text-overflow: clip; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_lines(-1)", "Up", show=False),
        Binding("down", "scroll_lines(1)", "Down", show=False),
        Binding("pageup", "scroll_pages(-1)", "Page up", show=False),
        Binding("pagedown,space", "scroll_pages(1)", "Page down", show=False),
        Binding("home", "scroll_lines(-100000)", "Beginning", show=False),
        Binding("end", "scroll_lines(100000)", "End", show=False),
    ]

    def __init__(self, lines: Sequence[Line] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = tuple(lines)
        self._about: object = None
        self._top = 0
        self._wrapped: tuple[int, list[Content]] | None = None
        self.turned = False
        """Whether PgUp and PgDn turn it wherever the focus is."""

    @property
    def longer(self) -> bool:
        """Whether it does not fit."""
        return len(self._wrap(self.content_size.width)) > self.content_size.height

    def show(self, lines: Sequence[Line], about: object) -> None:
        """Show these lines instead; from the beginning if they are about something else than before."""
        if about != self._about:
            self._about, self._top = about, 0
        if tuple(lines) != self._lines:
            self._lines, self._wrapped = tuple(lines), None
            self.refresh()

    def render(self) -> Content:
        """Return the lines that fit, and how many there are below."""
        lines, height = self._wrap(self.content_size.width), self.content_size.height
        self._top = max(0, min(self._top, len(lines) - height))
        shown, below = lines[self._top : self._top + height], len(lines) - self._top - height
        if below > 0 and shown:
            key = ": PgDn" if self.turned or self.has_focus else ""
            shown[-1] = Content.styled(f"... {below + 1} more lines{key}", "$text-muted")
        return Content("\n").join(shown)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes, where the height follows it."""
        return len(self._wrap(width))

    def on_focus(self) -> None:
        """Name the key that reads on."""
        self.refresh()

    def on_blur(self) -> None:
        """Name it no longer."""
        self.refresh()

    def action_scroll_lines(self, lines: int) -> None:
        """Move the text by some lines."""
        self._top = max(0, self._top + lines)
        self.refresh()

    def action_scroll_pages(self, pages: int) -> None:
        """Move the text by a page."""
        self.action_scroll_lines(pages * max(1, self.content_size.height - 2))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Turn the wheel."""
        event.stop()
        self.action_scroll_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Turn the wheel back."""
        event.stop()
        self.action_scroll_lines(-_WHEEL)

    def _wrap(self, width: int) -> list[Content]:
        if self._wrapped is None or self._wrapped[0] != width:
            wrapped: list[Content] = []
            for line in self._lines:
                wrapped += _wrapped(styled(line), width)
            self._wrapped = (width, wrapped)
        return list(self._wrapped[1])


def _wrapped(line: Content, width: int) -> list[Content]:
    indent = len(line.plain) - len(line.plain.lstrip(" "))
    if indent == 0 or indent >= width:
        return line.wrap(max(1, width)) or [Content("")]
    return [Content(" " * indent) + part for part in line[indent:].wrap(width - indent)]
