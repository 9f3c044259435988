"""Putting a team's initials under the rules and objectives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from tabletop.exercise.commands import Command, Initial
from tabletop.tui.kit.fields import Field, TextField
from tabletop.tui.kit.rows import Part
from tabletop.tui.station.forms.team_form import ENTER_SENDS, TeamForm, TeamSeat


class InitialForm(TeamForm):
    """Asks for initials or a name."""

    BINDINGS: ClassVar[list[BindingType]] = [ENTER_SENDS]

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

    def fields(self) -> Sequence[Field]:
        """Return a line for the initials."""
        return [TextField("name", "Initials or name", needed="Write initials or a name.")]

    def build(self, given: dict[str, Any]) -> Command:
        """Return the initials."""
        return Initial(name=given["name"])

    def done(self) -> str:
        """Initialled."""
        return "Recorded: your initials stand under the rules and objectives. I replaces them."
