"""What all windows of the console have in common: a frame in the middle, a title, and Esc to go back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import Static

from tabletop.tui.console.dialogs.backdrop import Backdrop
from tabletop.tui.widgets.rows import Part
from tabletop.tui.widgets.toned import as_title, toned

T = TypeVar("T")
Lines = Iterable[tuple[Part, ...]]


def page(lines: Lines) -> Content:
    """Lines one below the other."""
    return Content("\n").join([toned(line) for line in lines])


def keys_line(*pairs: tuple[str, str]) -> Content:
    """Keys and what they do: the last line of a window."""
    parts: list[Part] = []
    for key, does in pairs:
        parts += [("   " if parts else "", "plain"), (key, "new"), (f" {does}", "dim")]
    return toned(parts)


class Window(ModalScreen[T], Generic[T]):
    """A framed window. Answers with a value, or with nothing when left with Esc."""

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

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title

    def compose(self) -> ComposeResult:
        """The frame, what is in it, and the keys below."""
        with Vertical(classes="window") as window:
            window.border_title = as_title(self._heading)
            yield from self.inside()
            yield Static(self.keys(), classes="window-keys", markup=False)

    def inside(self) -> Iterable[Widget]:
        """What stands between the title and the keys."""
        raise NotImplementedError

    def keys(self) -> Content:
        """The keys that work here."""
        return keys_line(("Esc", "back"))

    def action_leave(self) -> None:
        """Back to the console, with nothing done."""
        self.dismiss(None)

    # Opening quickly ----------------------------------------------------------------------------

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Newly opened: lay out and draw once. Every part has just got its style.

        Textual would give each its style again, and draw all of the terminal again.
        """
        if not self.outer_size:
            event.prevent_default()
            self.stack_updates += 1
            self.app._refresh_notifications()
            self.app.call_later(self._open)

    def _open(self) -> None:
        """Called once the program has mounted every part; before, it would ask for another layout."""
        if not self.is_attached:
            return
        size = self.app.size
        self.set_reactive(Window.virtual_size, size)
        self._refresh_layout(size)
        self._repaint_required = False

    def on_resize(self, event: events.Resize) -> None:
        """Take no notice of the size that this screen was laid out for already."""
        if event.size == self.outer_size:
            event.prevent_default()

    def render(self) -> VisualType:  # type: ignore[override]
        """What is below, dimmed; like any other widget, not only what Rich can draw."""
        below = super().render()
        return Backdrop(below) if isinstance(below, BackgroundScreen) else below
