"""Rating one's own team: a letter for each objective, and one note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.events import Key

from tabletop.exercise.commands import Command, RateSelf
from tabletop.scenario.objectives import MEANING, meaning
from tabletop.tui.kit.fields import Field, TextField
from tabletop.tui.kit.grades import Grades, GradesField
from tabletop.tui.kit.pending import Feedback
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.rows import Part
from tabletop.tui.station.forms.team_form import TeamForm, TeamSeat
from tabletop.tui.station.pen import only_the_pen_rates


class SelfRatingsForm(TeamForm):
    """Asks how the team did, in its own eyes."""

    title_text = "How did your team do?"

    def __init__(self, seat: TeamSeat) -> None:
        asked = seat.model.self_ratings.asked
        self._gate = asked.gate if asked is not None else ""
        self._objectives = asked.objectives if asked is not None else ()
        super().__init__(seat, seat.draft("rate-self", self._gate))

    def heading(self, now: float) -> list[Part]:
        """Say what the letters mean and who reads them; or who holds the pen."""
        if not self.seat.model.team.mine:
            return [(only_the_pen_rates(self.seat.model.team), "bad")]
        scale = "; ".join(f"{letter} {meaning(letter)}" for letter in MEANING)
        reads = "Exercise control sees it now, and the report shows it. It is not part of any score."
        return [(f"{scale}. {reads}", "plain")]

    def fields(self) -> Sequence[Field]:
        """Return the objectives with a letter each, and a note for all of them, as they were recorded."""
        given = self.seat.model.self_ratings.given
        numbers = "  ".join(f"{number} {letter}" for number, letter in enumerate(MEANING, 1))
        return (
            GradesField(
                "ratings",
                f"Press a number or a letter: {numbers}  {len(MEANING) + 1} leave out",
                [Pick(one.id, one.name) for one in self._objectives],
                MEANING,
                {} if given is None else {one.id: one.rating for one in given.ratings},
                needed="Rate at least one objective: press P, S, M or U.",
            ),
            TextField(
                "note",
                "One note for all of them, or none · Enter sends",
                given.note if given is not None else "",
            ),
        )

    def on_key(self, event: Key) -> None:
        """Let a letter rate in the list; after its last line, and anywhere else, letters are the note."""
        here = self.focused
        if isinstance(here, Grades) and here.pick_letter(event.character or ""):
            event.stop()
            event.prevent_default()

    @on(Picks.Chosen)
    def _go_on(self, event: Picks.Chosen) -> None:
        """Go on to the note."""
        if event.goes_on:
            self.focus_next()

    def see(self) -> None:
        """Close once play goes on, and say what counts."""
        super().see()
        own = self.seat.model.self_ratings
        if self.is_active and not self._sending and (own.asked is None or own.asked.gate != self._gate):
            self.draft.discard()
            words = (
                f"Teams do not rate themselves any more. {own.counted} What stood in the form was not sent."
            )
            self.dismiss(Feedback(words, "warn"))

    def build(self, given: dict[str, Any]) -> Command:
        """Return the ratings. Raises `ValueError` without the pen."""
        if not self.seat.model.team.mine:
            raise ValueError(only_the_pen_rates(self.seat.model.team))
        return RateSelf(ratings=given["ratings"], note=given["note"].strip())

    def done(self) -> str:
        """Rated."""
        return f"Recorded: your ratings can be changed {self.seat.model.self_ratings.until}."
