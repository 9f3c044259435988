"""A box for text that people type: several lines, nothing interpreted."""

from __future__ import annotations

import unicodedata

from textual import events
from textual.dom import DOMNode
from textual.message import Message
from textual.types import WatchCallbackType
from textual.widgets import TextArea

from tabletop.tui.kit.styling import as_title


class WordsField(TextArea):
    """A text area that moves the focus on Tab. With `short`, Enter sends instead of making a new line.

    With `single`, what is pasted stands on one line.
    """

    DEFAULT_CSS = """
    WordsField {
        height: 1fr;
        min-height: 3;
        border: round $foreground 25%;
        border-title-color: $foreground 70%;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-background: $surface;
        scrollbar-color: $foreground 25%;
        &:focus { border: round $border; border-title-color: $text; }
        & .text-area--cursor-line { background: transparent; }
    }
    """

    class Sent(Message):
        """Enter was pressed in a short field."""

    def __init__(
        self,
        text: str = "",
        *,
        title: str = "",
        short: bool = False,
        single: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(text, id=id, tab_behavior="focus", soft_wrap=True, highlight_cursor_line=False)
        self.border_title = as_title(title and f" {title} ")
        self.short = short
        self._single = single

    def on_mount(self) -> None:
        """Go on writing where the draft ends."""
        self.move_cursor(self.document.end)

    def watch(
        self, obj: DOMNode, attribute_name: str, callback: WatchCallbackType, init: bool = True
    ) -> None:
        """Watch all but the application's theme, which never changes and would keep every closed field."""
        if (obj, attribute_name) != (self.app, "theme"):
            super().watch(obj, attribute_name, callback, init)

    @property
    def words(self) -> str:
        """What was typed, in composed form: an input method may send letters in parts."""
        return unicodedata.normalize("NFC", self.text)

    def on_key(self, event: events.Key) -> None:
        """Enter sends a short field; everything else is typed."""
        if self.short and event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Sent())

    def on_paste(self, event: events.Paste) -> None:
        """Put what is pasted on the one line of a single field: below it, nobody would see the rest."""
        if self._single:
            event.stop()
            event.prevent_default()
            self._insert_on_one_line(event.text)

    def action_paste(self) -> None:
        """Put what was copied here on the one line of a single field too."""
        if self._single:
            self._insert_on_one_line(self.app.clipboard)
        else:
            super().action_paste()

    def _insert_on_one_line(self, text: str) -> None:
        done = self.replace(" ".join(text.split()), *self.selection)
        self.move_cursor(done.end_location)
