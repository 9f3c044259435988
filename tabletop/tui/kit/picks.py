"""Numbered choices: one of them or several, by number key, by arrows and space, or by mouse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tabletop.plaintext import visible
from tabletop.tui.kit.letter_keys import key_of
from tabletop.tui.kit.styling import as_title


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice, with a note below it, and below that what others say of it."""

    key: str
    text: str
    note: str = ""
    said: str = ""
    letter: str = ""
    """The letter that stands before the text, which chooses it as its number does."""


class Picks(OptionList):
    """Choices 1 to n with a mark for what is chosen."""

    DEFAULT_CSS = """
    Picks {
        height: auto;
        max-height: 100%;
        scrollbar-size-vertical: 1;
        background: transparent;
        scrollbar-background: $surface;
        scrollbar-color: $foreground 25%;
        & > .option-list--option-highlighted {
            color: $foreground;
            background: transparent;
            text-style: none;
        }
        &:focus > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
        border: round $foreground 25%;
        border-title-color: $foreground 70%;
        padding: 0 1 0 0;
        &:focus { border: round $border; border-title-color: $text; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"pick({n - 1})", f"Choose {n}", show=False, id=f"picks.{n}")
            for n in range(1, 10)
        ),
        Binding("space", "pick_here", "Choose", show=False, id="picks.choose"),
    ]

    class Chosen(Message):
        """The choice changed."""

        def __init__(self, picks: Picks, *, goes_on: bool) -> None:
            super().__init__()
            self.picks = picks
            self.goes_on = goes_on
            """Whether it was chosen with Enter or the mouse; a number or the space bar may be corrected."""

        @property
        def control(self) -> Picks:
            """The widget it came from."""
            return self.picks

    def __init__(
        self,
        items: Sequence[Pick],
        *,
        many: bool = False,
        chosen: Iterable[str] = (),
        title: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id, markup=False)
        self.items = tuple(items)
        self.many = many
        keys = [item.key for item in self.items]
        self._chosen = {key for key in chosen if key in keys}
        self.border_title = as_title(title and f" {title} ")

    def on_mount(self) -> None:
        """Show the choices, the cursor on the first that is chosen."""
        self.add_options(Option(self._prompt(index)) for index in range(len(self.items)))
        first = next((index for index, item in enumerate(self.items) if item.key in self._chosen), 0)
        if self.items:
            self.highlighted = first

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys chosen, in the order shown."""
        return tuple(item.key for item in self.items if item.key in self._chosen)

    def note(self, key: str, note: str) -> None:
        """Change the note below a choice."""
        self._change(key, note=note)

    def say(self, key: str, said: str) -> None:
        """Change what others say of a choice."""
        self._change(key, said=said)

    def choose(self, key: str) -> None:
        """Choose as the arrows and Enter do."""
        keys = [item.key for item in self.items]
        if key in keys and key not in self._chosen:
            self.highlighted = keys.index(key)
            self._toggle(keys.index(key), goes_on=True)

    def preset(self, key: str) -> None:
        """Choose one of them without a word, as a default that people may change."""
        keys = [item.key for item in self.items]
        if key in keys and self._chosen != {key}:
            self._chosen = {key}
            self.highlighted = keys.index(key)
            self._draw()

    def _draw(self) -> None:
        for row in range(len(self.items)):
            self.replace_option_prompt_at_index(row, self._prompt(row))

    def _change(self, key: str, **changes: str) -> None:
        for index, item in enumerate(self.items):
            changed = replace(item, **changes)
            if item.key == key and item != changed:
                self.items = (*self.items[:index], changed, *self.items[index + 1 :])
                self.replace_option_prompt_at_index(index, self._prompt(index))

    def action_pick(self, index: int) -> None:
        """Choose by number."""
        if index < len(self.items):
            self.highlighted = index
            self._toggle(index, goes_on=False)

    def pick_letter(self, character: str) -> bool:
        """Choose by the letter of a choice, in either case; return whether a choice has it."""
        letters = [item.letter.lower() for item in self.items]
        key = key_of(character)
        if not key or key not in letters:
            return False
        self.action_pick(letters.index(key))
        return True

    def action_pick_here(self) -> None:
        """Choose what the cursor is on."""
        if self.highlighted is not None:
            self._toggle(self.highlighted, goes_on=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose by Enter or mouse."""
        event.stop()
        self._toggle(event.option_index, goes_on=True)

    def _toggle(self, index: int, *, goes_on: bool) -> None:
        key = self.items[index].key
        if self.many:
            self._chosen ^= {key}
        else:
            self._chosen = {key}
        self._draw()
        self.post_message(self.Chosen(self, goes_on=goes_on))

    def _prompt(self, index: int) -> RenderableType:
        """Return a mark, a number and the words, which keep clear of both when they wrap."""
        item = self.items[index]
        picked = item.key in self._chosen
        marks = ("[x]", "[ ]") if self.many else ("(●)", "( )")
        words = Text(visible(item.text), style="bold" if picked else "")
        if item.note:
            words.append(f"\n{visible(item.note)}", style="dim not bold")
        if item.said:
            words.append(f"\n{visible(item.said)}", style="not bold cyan")
        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        grid.add_column(width=3, no_wrap=True)
        grid.add_column(width=len(str(len(self.items))), no_wrap=True, justify="right")
        grid.add_column(ratio=1)
        mark = Text(marks[0 if picked else 1], style="bold green" if picked else "dim")
        grid.add_row(mark, Text(str(index + 1), style="bold"), words)
        return grid
