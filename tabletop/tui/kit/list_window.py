"""A list to pick from, narrowed by typing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tabletop.tui.kit.rows import Line
from tabletop.tui.kit.styling import plain, styled
from tabletop.tui.kit.window import Window, keys_line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListItem(Generic[T]):
    """Something to pick, and how it is shown."""

    value: T
    parts: Line

    def matches(self, words: Iterable[str]) -> bool:
        """Whether all of these casefolded words occur in it."""
        text = "".join(words for words, _ in self.parts).casefold()
        return all(word in text for word in words)


class ListWindow(Window[T]):
    """Return with the value picked."""

    DEFAULT_CSS = """
    ListWindow {
        & Input { margin-bottom: 1; }
        & OptionList {
            height: auto;
            max-height: 70vh;
            border: none;
            background: transparent;
            padding: 0;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            scrollbar-size-vertical: 1;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="pick.up"),
        Binding("down", "move(1)", "Down", show=False, id="pick.down"),
    ]

    def __init__(self, title: str, items: Sequence[ListItem[T]], *, verb: str) -> None:
        super().__init__(title)
        self._items = tuple(items)
        self._shown = self._items
        self._verb = verb

    def inside(self) -> Iterable[Widget]:
        """Yield what is typed, and what fits it."""
        yield Input(placeholder="type to narrow the list", compact=True)
        options = OptionList(markup=False)
        options.can_focus = False
        yield options

    def keys(self) -> Content:
        """ListWindow or leave."""
        return keys_line(("Enter", self._verb), ("Up Down", "move"), ("Esc", "back"))

    def on_mount(self) -> None:
        """Show everything."""
        self._show("")

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, query: str) -> None:
        words = query.casefold().split()
        self._shown = tuple(item for item in self._items if item.matches(words))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(styled(item.parts)) for item in self._shown)
        if self._shown:
            options.highlighted = 0
        else:
            options.add_option(Option(plain("nothing fits"), disabled=True))

    def action_move(self, step: int) -> None:
        """Move the cursor while the typing goes on."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(Input.Submitted)
    def _pick(self, event: Input.Submitted) -> None:
        event.stop()
        index = self.query_one(OptionList).highlighted
        if index is not None and index < len(self._shown):
            self.dismiss(self._shown[index].value)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self._shown):
            self.dismiss(self._shown[event.option_index].value)
