"""A page that lists the keys of a screen, made from their declarations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tabletop.tui.kit.modal import FRAME, Modal
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.styling import as_title, toned


class KeyHelp(Modal[None]):
    """Keys, what they do, and a few words of help above them."""

    DEFAULT_CSS = """
    KeyHelp {
        align: center middle;
        & > VerticalScroll {
            width: 100%;
            max-width: 84;
            height: auto;
            max-height: 100%;
            padding: 1 2;
            border: round $primary;
            border-title-style: bold;
            background: $surface;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,f1", "close", "Close", id="help.close")
    ]

    def __init__(self, title: str, introduction: str, bindings: Iterable[BindingType]) -> None:
        super().__init__()
        self._title = title
        self._introduction = introduction
        self._bindings_shown = [
            binding for binding in bindings if isinstance(binding, Binding) and binding.id
        ]

    def compose(self) -> ComposeResult:
        """One page."""
        with VerticalScroll(classes=FRAME) as page:
            page.border_title = as_title(f"{self._title} (Esc: back)")
            yield Static(toned(self._parts()))

    def _parts(self) -> list[Part]:
        parts: list[Part] = [(f"{self._introduction}\n", "plain")]
        for binding in self._bindings_shown:
            # The first key is the one to learn; others are there for those who expect them.
            key = binding.key_display or self.app.get_key_display(binding.with_key(binding.key.split(",")[0]))
            parts += [
                (f"\n{key:>7}  ", "new"),
                (f"{binding.description:<11}", "strong"),
                (binding.tooltip, "dim"),
            ]
        return parts

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss(None)
