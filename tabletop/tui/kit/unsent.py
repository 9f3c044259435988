"""A page with all that was typed at a seat and not sent, also where its form cannot be opened any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tabletop.host.drafts import Draft
from tabletop.tui.kit.modal import FRAME, Modal
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.styling import as_title, toned

KEY: Final = "0"
"""Opens this page, at consoles and stations."""

NOTHING: Final = "Nothing that was typed here waits to be sent."

KEPT: Final = (
    "Kept until the record is closed. The key that opened a form opens it again with its text, where that is "
    "still possible."
)


class Unsent(Modal[None]):
    """Texts below the titles of their forms, to be read or copied."""

    DEFAULT_CSS = """
    Unsent {
        align: center middle;
        background: $background 60%;
        & > VerticalScroll {
            width: 100%;
            max-width: 84;
            height: auto;
            max-height: 100%;
            padding: 1 2;
            border: round $primary;
            border-title-style: bold;
            border-subtitle-color: $text-muted;
            background: $surface;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"escape,enter,{KEY}", "close", "Close", id="unsent.close")
    ]

    def __init__(self, drafts: Sequence[Draft]) -> None:
        super().__init__()
        self._drafts = tuple(drafts)

    def compose(self) -> ComposeResult:
        """One page."""
        with VerticalScroll(classes=FRAME) as page:
            page.border_title = as_title("Typed and not sent (Esc: back)")
            yield Static(toned(self._parts()), markup=False)

    def _parts(self) -> Iterator[Part]:
        yield (KEPT, "dim")
        for draft in self._drafts:
            yield (f"\n\n{draft.title}\n", "strong")
            yield (draft.words, "plain")

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss(None)


def cannot_open(title: str) -> str:
    """Say that a form that was open when the program ended cannot be opened now, and where its text is."""
    return f"{title}: this was being typed when the program ended, and cannot be sent now. {KEY} shows it."
