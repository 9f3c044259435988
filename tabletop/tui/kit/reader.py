"""A long text in a window of its own, with the keys that act on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from tabletop.tui.kit.command_registry import ScreenCommand
from tabletop.tui.kit.scroll_page import ScrollPage
from tabletop.tui.kit.window import Lines, Window, keys_line


class ReadingWindow(Window[ScreenCommand[Any]]):
    """Return with the command to give next, if one was chosen here."""

    DEFAULT_CSS = """
    ReadingWindow {
        & > .window { max-width: 100; }
        & ScrollPage { height: auto; max-height: 78vh; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "leave", "Back", show=False, id="reader.close")]

    def __init__(
        self,
        title: str,
        lines: Lines,
        commands: Sequence[tuple[ScreenCommand[Any], str]] = (),
        *,
        closing: Sequence[str] = (),
    ) -> None:
        """`commands` stand with why each makes no sense at the moment, which is empty where it does.

        `closing` are keys that close it besides Esc and Enter: those that opened it.
        """
        super().__init__(title)
        self._lines = tuple(lines)
        self._commands = {key: one for one, reason in commands if not reason for key in one.keys.split(",")}
        self._reasons = {key: reason for one, reason in commands if reason for key in one.keys.split(",")}
        self._closed_by = frozenset(closing)

    def inside(self) -> Iterable[Widget]:
        """Yield the text."""
        yield ScrollPage(self._lines)

    def keys(self) -> Content:
        """Return what can be done with it."""
        return keys_line(
            *dict.fromkeys((command.shown, command.label) for command in self._commands.values()),
            ("Esc", "back"),
        )

    def why_not(self, key: str) -> str:
        """Return why a key does nothing."""
        return self._reasons.get(key, "")

    def on_key(self, event: events.Key) -> None:
        """Close and answer with the command whose key was pressed."""
        command = self._commands.get(event.key)
        if command is not None or event.key in self._closed_by:
            event.stop()
            self.dismiss(command)
