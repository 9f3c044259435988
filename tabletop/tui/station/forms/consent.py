"""Putting a team's initials under the rules and objectives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tabletop.exercise.commands import Command, Initial
from tabletop.tui.kit.consent import rules_paragraphs
from tabletop.tui.kit.fields import Field, TextField
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.kit.scroll_page import ScrollPage, page_keys
from tabletop.tui.station.forms.team_form import ENTER_SENDS, TeamForm, TeamSeat


class InitialForm(TeamForm):
    """Asks for initials or a name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ENTER_SENDS,
        *page_keys("initial", shown_as="Read on"),
    ]

    title_text = "Initial the rules and objectives"

    def __init__(self, seat: TeamSeat) -> None:
        super().__init__(seat, seat.draft("initial"))

    def heading(self, now: float) -> list[Part]:
        """Say what initials mean, and whose stand so far."""
        words = "Your delegation has read the rules and objectives. Everybody sees who has initialled."
        parts: list[Part] = [(words, "plain")]
        given = self.seat.model.rules.initials.get(self.seat.model.seat)
        if given is not None:
            parts += [("\nSo far: ", "dim"), (given, "strong"), ("; new initials replace them.", "dim")]
        return parts

    def above(self) -> Iterable[Widget]:
        """Yield the rules, to be read where they are initialled."""
        shown = self.seat.model.rules.shown
        if shown is not None:
            lines: list[Line] = []
            for paragraph in rules_paragraphs(shown):
                lines += [paragraph, ()]
            rules = ScrollPage(lines[:-1], id="rules")
            rules.can_focus, rules.turned = False, True
            yield rules

    def action_turn_page(self, pages: int) -> None:
        """Read on in the rules, or back."""
        for rules in self.query("#rules").results(ScrollPage):
            rules.action_scroll_pages(pages)

    def fields(self) -> Sequence[Field]:
        """Return a line for the initials."""
        return [TextField("name", "Initials or name", single=True, needed="Write initials or a name.")]

    def build(self, given: dict[str, Any]) -> Command:
        """Return the initials."""
        return Initial(name=given["name"])

    def done(self) -> str:
        """Initialled."""
        key = "V" if self.seat.at_console else "I"
        return f"Recorded: your initials stand under the rules and objectives. {key} replaces them."
