"""A letter for each of several things, in one list: by number, by letter, by space bar or mouse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType

from tabletop.host.drafts import Choice
from tabletop.plaintext import visible
from tabletop.tui.kit.fields import Field, Made
from tabletop.tui.kit.letter_keys import key_of
from tabletop.tui.kit.picks import Pick, Picks

_SIGN: Final = "="
"""Stands between a thing and its letter where both are kept as one word."""


class Grades(Picks):
    """A row for each thing, with its letter and what that means. A number acts on the row of the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", "Go on", show=False, id="grades.on")]

    def __init__(
        self,
        items: Sequence[Pick],
        scale: Mapping[Any, str],
        *,
        given: Iterable[str] = (),
        title: str = "",
        id: str | None = None,
    ) -> None:
        """`scale` has what each letter means; `given` are letters given before, as `chosen` has them."""
        super().__init__(items, title=title, id=id)
        self._scale = dict(scale)
        keys = {item.key for item in items}
        parts = (one.rpartition(_SIGN) for one in given)
        self._letters = {key: letter for key, _, letter in parts if key in keys and letter in scale}

    @property
    def chosen(self) -> tuple[str, ...]:
        """The letters given, each behind its thing and a sign, in the order shown."""
        return tuple(
            f"{item.key}{_SIGN}{self._letters[item.key]}" for item in self.items if item.key in self._letters
        )

    def action_pick(self, index: int) -> None:
        """Give the row of the cursor that letter, or none for the number behind them, and go on."""
        if self.highlighted is not None and index <= len(self._scale):
            self._give(self.highlighted, [*self._scale, ""][index])
            if self.highlighted == len(self.items) - 1:
                self.action_go_on()
            else:
                self.highlighted += 1

    def pick_letter(self, character: str) -> bool:
        """Give the row of the cursor a letter in either case; return whether the scale has it."""
        letters = {letter.lower(): place for place, letter in enumerate(self._scale)}
        place = letters.get(key_of(character) or "")
        if place is None or self.highlighted is None:
            return False
        self.action_pick(place)
        return True

    def action_go_on(self) -> None:
        """Leave the list as it is."""
        self.post_message(self.Chosen(self, goes_on=True))

    def _toggle(self, index: int, *, goes_on: bool) -> None:
        """Give the next letter of the scale, and after the last one none."""
        scale = ["", *self._scale]
        now = scale.index(self._letters.get(self.items[index].key, ""))
        self._give(index, scale[(now + 1) % len(scale)])

    def _give(self, index: int, letter: str) -> None:
        self._letters.pop(self.items[index].key, None)
        if letter:
            self._letters[self.items[index].key] = letter
        self._draw()
        self.post_message(self.Chosen(self, goes_on=False))

    def _prompt(self, index: int) -> RenderableType:
        """Return a letter, the thing and what the letter means."""
        item = self.items[index]
        letter = self._letters.get(item.key, "")
        meaning = self._scale[letter].lower() if letter else "left out"
        grid = Table.grid(padding=(0, 1, 0, 0), expand=True)
        grid.add_column(width=3, no_wrap=True)
        grid.add_column(ratio=1)
        grid.add_column(width=max(map(len, self._scale.values())), no_wrap=True)
        grid.add_row(
            Text(f"({letter or ' '})", style="bold green" if letter else "dim"),
            Text(visible(item.text), style="bold" if letter else ""),
            Text(meaning, style="" if letter else "dim"),
        )
        return grid


@dataclass(frozen=True)
class GradesField(Field):
    """A letter of a scale for each of several things, or none; its meaning has the letters by thing."""

    items: Sequence[Pick]
    scale: Mapping[Any, str]
    given: Mapping[str, str]

    def make(self, draft: Choice | None, *, framed: bool) -> Made:
        """Make a list of them."""
        before = tuple(f"{key}{_SIGN}{letter}" for key, letter in self.given.items())
        grades = Grades(
            self.items,
            self.scale,
            given=draft if isinstance(draft, tuple) else before,
            title=self.label if framed else "",
            id=self.name,
        )
        return grades, lambda: grades.chosen

    def meaning(self, value: Choice) -> object:
        """Return the letters by thing."""
        parts = (one.rpartition(_SIGN) for one in value) if isinstance(value, tuple) else ()
        return {key: letter for key, _, letter in parts}
