"""A form for the rating of an objective. What the score proposes and others gave is shown afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.widgets import Select, Static

from tabletop.exercise import commands as c
from tabletop.rules.ratings import Rating
from tabletop.rules.tally import Tally
from tabletop.scenario.objectives import MEANING, Letter, meaning
from tabletop.tui.kit.fields import Choices, OneField, TextField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.pending import PendingCommands
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.kit.styling import page


@dataclass(frozen=True, slots=True)
class RatingBasis:
    """What is known of an objective: expected actions, what people gave, what the score proposes."""

    rating: Rating
    tally: Tally
    """How it went by the rules."""
    own: Letter | None = None
    """What the person at this seat gave."""
    actions: tuple[Line, ...] = ()
    """Expected actions for it, with what was ticked."""
    themselves: tuple[tuple[str, Letter], ...] = ()
    """What the team gave itself, or each team, by name."""

    @property
    def lines(self) -> list[Line]:
        """What a rater may read: before their own rating neither a proposal nor what others gave."""
        if self.own is None:
            hidden = "Rate first: what the score proposes and others gave is shown afterwards."
            return [((hidden, "dim"),), *self.actions]
        mine: Line = (("You rated ", "plain"), (self.own, "strong"), (".", "plain"))
        return [
            (*mine, (f" {self.proposal}", "plain")),
            *self._others(),
            *self._by_themselves(),
            *self.actions,
        ]

    @property
    def proposal(self) -> str:
        """What the score proposes, as a sentence."""
        went, proposed = str(self.tally).capitalize(), self.rating.proposed
        if proposed is None:
            return f"{went}: too few to propose a rating."
        return f"{went}, which proposes {proposed}: {meaning(proposed)}."

    def _others(self) -> list[Line]:
        given = self.rating.given
        if len(given) < 2:
            return []
        parts: list[Part] = [("Side by side: ", "plain")]
        for number, one in enumerate(given):
            parts += [(", " if number else "", "plain"), (f"{one.by} ", "plain"), (one.letter, "strong")]
        return [(*parts, (f"; {self.rating.agreement}.", "plain"))]

    def _by_themselves(self) -> list[Line]:
        given = ", ".join(f"{name} {letter}" for name, letter in self.themselves)
        return [((f"Teams on themselves: {given}.", "plain"),)] if given else []


Look = Callable[[str, str | None], RatingBasis]
"""By objective and team; no team means all."""


class RatingForm(Form):
    """Another objective or team brings what is known of it."""

    def __init__(
        self, objectives: Choices, teams: Choices, look: Look, pending: PendingCommands, draft: FormDraft
    ) -> None:
        letters = [(letter, f"{letter}: {words}") for letter, words in MEANING.items()]
        first = objectives[0][0]
        fields = (
            OneField("objective", "Objective", objectives, value=first),
            OneField("team", "Team", [("", "all together"), *teams], value=""),
            OneField("rating", "Rating", [("", "choose one"), *letters], value="", needed="Choose a rating."),
            TextField("note", "Note"),
        )
        super().__init__(
            "Rate an objective",
            pending,
            draft,
            fields=fields,
            build=lambda given: c.Grade(**given),
            intro=look(first, None).lines,
        )
        self._look = look
        self._about: tuple[str, str] | None = None

    def on_mount(self) -> None:
        """Begin with the objective of the draft, if there is one."""
        self._about = self._chosen
        self._say()

    def done(self) -> str:
        """Return what the score proposes, now that the rating is entered."""
        objective, team = self._chosen
        return f"Recorded. {self._look(objective, team or None).proposal}"

    @property
    def _chosen(self) -> tuple[str, str]:
        return str(self.value("objective")), str(self.value("team"))

    @on(Select.Changed)
    def _changed(self) -> None:
        """Forget the letter with what it was chosen for."""
        if self._about is None or self._chosen == self._about:
            return
        self._about = self._chosen
        self._made["rating"][0].value = ""  # type: ignore[attr-defined]
        self._say()

    def _say(self) -> None:
        objective, team = self._chosen
        self.query_one(".intro", Static).update(page(self._look(objective, team or None).lines))
