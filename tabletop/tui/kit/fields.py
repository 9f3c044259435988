"""Fields of a form: what is asked, the widget that asks it, and what that means in a command."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from textual.containers import ItemGrid
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Select

from tabletop.host.drafts import Choice
from tabletop.plaintext import one_line
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.words_field import WordsField

Choices = Sequence[tuple[str, str]]
"""Values and the words they are shown with."""

Made: TypeAlias = tuple[Widget, Callable[[], Choice]]
"""A widget, and what reads what stands in it, as a draft keeps it."""


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
    """Something a form asks for."""

    name: str
    """What drafts call it, and the command unless that has another word for it."""
    label: str
    """What stands before it, or in the frame around it."""
    attribute: str = field(default="", kw_only=True)
    """What the command calls it."""
    needed: str = field(default="", kw_only=True)
    """What to say where nothing is given; empty where nothing need be."""

    typed: ClassVar = False
    """Whether people type into it."""

    @abstractmethod
    def make(self, draft: Choice | None, *, framed: bool) -> Made:
        """Make a widget that asks for it, holding the draft if there is one; `framed` with its label."""

    def meaning(self, value: Choice) -> object:
        """Return what a value means in a command."""
        return value


@dataclass(frozen=True)
class LineField(Field):
    """One line of text."""

    value: str = ""
    hint: str = ""
    replaced: bool = False
    """Whether typing takes the place of the value, which is a proposal and not a text to go on with."""

    typed: ClassVar = True

    def make(self, draft: Choice | None, *, framed: bool) -> Made:
        """Make an input."""
        text = self.value if draft is None else str(draft)
        line = Input(
            text, placeholder=self.hint, compact=True, select_on_focus=self.replaced and draft is None
        )
        return line, lambda: line.value

    def meaning(self, value: Choice) -> object:
        """Return it in composed form: an input method may send letters in parts."""
        return unicodedata.normalize("NFC", str(value))


@dataclass(frozen=True)
class TextField(Field):
    """Text of several lines. With `short`, Enter sends the form; with `single`, it is one line."""

    value: str = ""
    short: bool = True
    single: bool = False

    typed: ClassVar = True

    def make(self, draft: Choice | None, *, framed: bool) -> Made:
        """Make a text area."""
        text = self.value if draft is None else str(draft)
        area = WordsField(
            text,
            title=self.label if framed else "",
            short=self.short,
            single=self.single,
            id=self.name,
        )
        return area, lambda: area.text

    def meaning(self, value: Choice) -> object:
        """Return it as typed but for composition."""
        return unicodedata.normalize("NFC", str(value))


@dataclass(frozen=True)
class OneField(Field):
    """One of several short choices; an empty value is none of them."""

    choices: Choices
    value: str = ""
    convert: Callable[[str], object] = str

    def make(self, draft: Choice | None, *, framed: bool) -> Made:
        """Make a drop-down."""
        start = draft if draft in [key for key, _ in self.choices] else self.value
        options = [(Content(one_line(words)), key) for key, words in self.choices]
        select = Select(options, value=str(start), allow_blank=False, compact=True)
        return select, lambda: str(select.value)

    def meaning(self, value: Choice) -> object:
        """Return the choice, or None."""
        return self.convert(str(value)) if value else None


@dataclass(frozen=True)
class PicksField(Field):
    """Numbered choices, each with a note below it: one of them, or several with `many`."""

    items: Sequence[Pick]
    chosen: tuple[str, ...] = ()
    many: bool = False
    drafted: bool = True
    """Whether a draft says what is chosen at first."""
    convert: Callable[[str], object] = str

    def make(self, draft: Choice | None, *, framed: bool) -> Made:
        """Make a numbered list."""
        chosen = draft if self.drafted and isinstance(draft, tuple) else self.chosen
        picks = Picks(
            self.items, many=self.many, chosen=chosen, title=self.label if framed else "", id=self.name
        )
        return picks, lambda: picks.chosen

    def meaning(self, value: Choice) -> object:
        """Return the choices, or the only one; None where none is made."""
        chosen = value if isinstance(value, tuple) else ()
        return chosen if self.many else self.convert(chosen[0]) if chosen else None


@dataclass(frozen=True)
class SeveralField(Field):
    """Any number of a few choices."""

    choices: Choices
    chosen: tuple[str, ...] = ()

    def make(self, draft: Choice | None, *, framed: bool) -> Made:
        """Make a box to tick for each."""
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

    def make(self, draft: Choice | None, *, framed: bool) -> Made:
        """Make a box to tick."""
        box = TickBox(Content(self.words), self.value if draft is None else bool(draft), compact=True)
        return box, lambda: box.value
