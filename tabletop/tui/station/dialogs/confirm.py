"""Asks once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from tabletop.tui.kit.key_line import BindingKeys
from tabletop.tui.kit.modal import FRAME, Modal
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.styling import as_title
from tabletop.tui.kit.words import Words


class Confirm(Modal[bool]):
    """A question with two answers."""

    DEFAULT_CSS = """
    Confirm {
        align: center middle;
        & > VerticalScroll {
            width: 100%;
            max-width: 76;
            height: auto;
            max-height: 100%;
            padding: 1 2;
            border: round $warning;
            border-title-style: bold;
            background: $surface;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "Yes", key_display="Enter", id="confirm.yes"),
        Binding("escape", "answer(False)", "No, go back", key_display="Esc", id="confirm.no"),
    ]

    def __init__(self, title: str, parts: Sequence[Part]) -> None:
        super().__init__()
        self._title = title
        self._parts = tuple(parts)

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with VerticalScroll(can_focus=False, classes=FRAME) as box:
            box.border_title = as_title(self._title)
            yield Words(self._parts)
        yield BindingKeys()

    def action_answer(self, yes: bool) -> None:
        """Yes or no."""
        self.dismiss(yes)
