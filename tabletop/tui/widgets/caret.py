"""The terminal's own cursor stands where text goes: input methods and screen readers go by it."""

from __future__ import annotations

from typing import TypeVar

from textual.app import App
from textual.geometry import Offset
from textual.widgets import Input, TextArea

from tabletop.tui.widgets.type_through import text_behind

T = TypeVar("T")


class CaretApp(App[T]):
    """A program whose terminal cursor is looked up whenever something is drawn.

    Textual notes its place when a field gets the focus, which is before the field has one on the screen, and
    then not before the next key.
    """

    _elsewhere = Offset(0, 0)

    @property
    def cursor_position(self) -> Offset:
        """Return where the next letter goes, or last went; from a choice it goes to the text of the form."""
        field = self.focused
        # Asked at every drawing: only a window has a form, and the list of a console is not searched for one.
        if not isinstance(field, TextArea | Input) and self.screen.is_modal:
            field = text_behind(self.screen)
        if isinstance(field, TextArea):
            self._elsewhere = field.cursor_screen_offset
        elif isinstance(field, Input):
            # Textual counts one cell too many at the end.
            self._elsewhere = field.cursor_screen_offset - Offset(int(field.cursor_at_end), 0)
        return self._elsewhere

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        self._elsewhere = place
