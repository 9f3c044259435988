"""Fields of a form: what is asked, and the widget that asks it."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from textual.containers import ItemGrid
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Select

from tabletop.plaintext import one_line
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.words_field import WordsField

Choices = Sequence[tuple[str, str]]
"""Values and the words they are shown with."""

Made: TypeAlias = tuple[Widget, Callable[[], object]]
"""A widget, and what reads its value."""


@dataclass(frozen=True, slots=True)
class Values:
    """What stands in a form."""

    given: Mapping[str, object]

    def line(self, name: str) -> str:
        """What was typed in a line, in composed form: an input method may send letters in parts."""
        return unicodedata.normalize("NFC", str(self.given[name]))

    def text(self, name: str) -> str:
        """What was typed in a text, as typed but for composition."""
        return unicodedata.normalize("NFC", str(self.given[name]))

    def one(self, name: str) -> str:
        """The value chosen."""
        return str(self.given[name])

    def several(self, name: str) -> tuple[str, ...]:
        """The values chosen."""
        return cast(tuple[str, ...], self.given[name])

    def flag(self, name: str) -> bool:
        """Yes or no."""
        return bool(self.given[name])


class TickBox(Checkbox):
    """A check box whose state can be told without its colour."""

    DEFAULT_CSS = """
    TickBox {
        & > .toggle--button { color: $background; background: $text-muted; text-style: bold; }
        &.-on > .toggle--button { color: $background; background: $text-success; }
    }
    """
    BUTTON_LEFT = "["
    BUTTON_RIGHT = "]"

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]  # noqa: N802 - a constant of the base class
        """A cross, or nothing."""
        return "x" if self.value else " "


@dataclass(frozen=True)
class Field(ABC):
    """Something a form asks for: the name of its value, and what stands before it."""

    name: str
    label: str

    @abstractmethod
    def make(self, draft: object | None) -> Made:
        """A widget that asks for it, holding the draft if there is one."""


@dataclass(frozen=True)
class LineField(Field):
    """One line of text."""

    value: str = ""
    hint: str = ""
    replaced: bool = False
    """Whether typing takes the place of the value, which is a proposal and not a text to go on with."""

    def make(self, draft: object | None) -> Made:
        """An input."""
        text = self.value if draft is None else str(draft)
        line = Input(
            text, placeholder=self.hint, compact=True, select_on_focus=self.replaced and draft is None
        )
        return line, lambda: line.value


@dataclass(frozen=True)
class TextField(Field):
    """Text of several lines. With `short`, Enter sends the form."""

    value: str = ""
    short: bool = True

    def make(self, draft: object | None) -> Made:
        """A text area."""
        field = WordsField(self.value if draft is None else str(draft), short=self.short)
        return field, lambda: field.text


@dataclass(frozen=True)
class OneField(Field):
    """One of several short choices."""

    choices: Choices
    value: str = ""

    def make(self, draft: object | None) -> Made:
        """A drop-down."""
        start = draft if draft in [key for key, _ in self.choices] else self.value
        options = [(Content(one_line(words)), key) for key, words in self.choices]
        select = Select(options, value=str(start), allow_blank=False, compact=True)
        return select, lambda: select.value


@dataclass(frozen=True)
class LongField(Field):
    """One of several choices that take a few words to tell, each with a note below it."""

    choices: Sequence[tuple[str, str, str]]
    value: str = ""

    def make(self, draft: object | None) -> Made:
        """A numbered list."""
        start = self.value if draft is None else str(draft)
        picks = Picks([Pick(*choice) for choice in self.choices], chosen=(start,))
        return picks, lambda: picks.chosen[0] if picks.chosen else ""


@dataclass(frozen=True)
class SeveralField(Field):
    """Any number of a few choices."""

    choices: Choices
    chosen: tuple[str, ...] = ()

    def make(self, draft: object | None) -> Made:
        """A box to tick for each."""
        chosen = draft if isinstance(draft, tuple) else self.chosen
        boxes = {
            key: TickBox(Content(one_line(words)), key in chosen, compact=True) for key, words in self.choices
        }
        grid = ItemGrid(*boxes.values(), min_column_width=18, classes="boxes")
        return grid, lambda: tuple(key for key, box in boxes.items() if box.value)


@dataclass(frozen=True)
class FlagField(Field):
    """Yes or no."""

    words: str
    value: bool = False

    def make(self, draft: object | None) -> Made:
        """A box to tick."""
        box = TickBox(Content(self.words), self.value if draft is None else bool(draft), compact=True)
        return box, lambda: box.value
