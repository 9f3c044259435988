"""Rating one's own team: a letter for each objective, and one note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from textual import on
from textual.events import Key

from tabletop.exercise.commands import Command, RateSelf
from tabletop.exercise.events import AskedObjective
from tabletop.scenario.objectives import MEANING
from tabletop.tui.kit.fields import Field, PicksField, TextField
from tabletop.tui.kit.form import MissingValueError
from tabletop.tui.kit.pending import Feedback
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.rows import Part
from tabletop.tui.station.forms.team_form import NONE, TeamForm, TeamSeat
from tabletop.tui.station.pen import only_the_pen_rates

SCALE: Final = (
    *(Pick(letter, f"{letter}: {meaning}", letter=letter) for letter, meaning in MEANING.items()),
    Pick(NONE, "Leave it out"),
)


class SelfRatingsForm(TeamForm):
    """Asks how the team did, in its own eyes."""

    title_text = "How did your team do?"

    def __init__(self, seat: TeamSeat) -> None:
        asked = seat.model.self_ratings.asked
        self._gate = asked.gate if asked is not None else ""
        self._objectives = asked.objectives if asked is not None else ()
        super().__init__(seat, seat.draft("rate-self", self._gate))

    def heading(self, now: float) -> list[Part]:
        """Say who reads it and what it is for; or who holds the pen."""
        if not self.seat.model.team.mine:
            return [(only_the_pen_rates(self.seat.model.team), "bad")]
        reads = "Exercise control reads it, and the report; no other team does before that."
        return [(f"Press a number or a letter. {reads} It is not part of any score.", "plain")]

    def fields(self) -> Sequence[Field]:
        """Return the scale for each objective, and a note for all of them, with what was recorded."""
        given = self.seat.model.self_ratings.given
        letters = {one.id: one.rating for one in given.ratings} if given is not None else {}
        label = "One note for all of them, or none · Enter sends"
        return (
            *(self._field(one, letters.get(one.id, NONE)) for one in self._objectives),
            TextField("note", label, given.note if given is not None else ""),
        )

    def _field(self, objective: AskedObjective, chosen: str) -> Field:
        return PicksField(f"rate-{objective.id}", objective.name, SCALE, chosen=(chosen,))

    def on_key(self, event: Key) -> None:
        """Let a letter rate what is not rated yet; anywhere else letters are the note."""
        here = self.focused
        if isinstance(here, Picks) and here.chosen == (NONE,) and here.pick_letter(event.character or ""):
            event.stop()
            event.prevent_default()

    @on(Picks.Chosen)
    def _go_on(self, event: Picks.Chosen) -> None:
        """Go on to the next objective; a number or a letter may be corrected first."""
        if event.goes_on:
            self.focus_next()

    def see(self) -> None:
        """Close once play goes on, and say what counts."""
        super().see()
        own = self.seat.model.self_ratings
        if self.is_active and not self._sending and (own.asked is None or own.asked.gate != self._gate):
            self.draft.discard()
            words = f"Teams do not rate themselves any more. {own.counted} What you chose since was not sent."
            self.dismiss(Feedback(words, "warn"))

    def build(self, given: dict[str, Any]) -> Command:
        """Return the ratings. Raises `ValueError` without one, or without the pen."""
        if not self.seat.model.team.mine:
            raise ValueError(only_the_pen_rates(self.seat.model.team))
        letters = {one.id: given[f"rate-{one.id}"] for one in self._objectives}
        ratings = {objective: letter for objective, letter in letters.items() if letter != NONE}
        if not ratings:
            first = f"rate-{self._objectives[0].id}"
            raise MissingValueError("Rate at least one objective: press P, S, M or U.", first)
        return RateSelf(ratings=ratings, note=given["note"].strip())

    def done(self) -> str:
        """Rated."""
        return f"Recorded: your ratings can be changed {self.seat.model.self_ratings.until}."
