"""What all windows of the console have in common: a frame in the middle, a title, and Esc to go back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tabletop.tui.kit.modal import FRAME, LOOK, Modal
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.kit.styling import as_title, styled

T = TypeVar("T")
Lines = Iterable[Line]


def keys_line(*pairs: tuple[str, str]) -> Content:
    """Keys and what they do: the last line of a window."""
    parts: list[Part] = []
    for key, does in pairs:
        parts += [("   " if parts else "", "plain"), (key, "new"), (f" {does}", "dim")]
    return styled(parts)


class Window(Modal[T], Generic[T]):
    """A framed window. Dismissed with a value, or with nothing when left with Esc."""

    DEFAULT_CSS = """
    Window {
        align: center middle;
        background: $background 60%;
        & > .window {
            width: 100%;
            max-width: 78;
            height: auto;
            max-height: 100%;
            border: round $primary;
            border-title-color: $text;
            border-title-style: bold;
            background: $surface;
            padding: 0 1;
        }
        & .window-keys { height: auto; padding-top: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", id="window.back")]

    settled: Callable[[], bool] | None = None
    """Whether what the window asks is settled by now, at another console or by itself: then it closes."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title

    def on_mount(self) -> None:
        """Close once the question is settled."""
        if self.settled is not None:
            self.set_interval(LOOK, self.close_if_settled)

    def close_if_settled(self) -> None:
        """Close, with nothing chosen, if there is nothing left to choose and no other window stands above."""
        if self.is_active and self.settled is not None and self.settled():
            self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Yield the frame, what is in it, and the keys below."""
        with Vertical(classes=FRAME) as window:
            window.border_title = as_title(self._heading)
            yield from self.inside()
            yield Static(self.keys(), classes="window-keys", markup=False)

    def inside(self) -> Iterable[Widget]:
        """Yield what stands between the title and the keys."""
        raise NotImplementedError

    def keys(self) -> Content:
        """Return the keys that work here."""
        return keys_line(("Esc", "back"))

    def action_leave(self) -> None:
        """Back to the console, with nothing done."""
        self.dismiss(None)
