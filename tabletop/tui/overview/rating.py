"""A form for the rating of an objective, which begins with the rating that the score proposes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from textual import on
from textual.widgets import Select, Static

from tabletop.exercise import commands as c
from tabletop.host.drafts import Draft
from tabletop.rules.ratings import MEANING, Letter
from tabletop.rules.tally import Tally
from tabletop.tui.kit.fields import Choices, OneField, TextField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.pending import PendingCommands
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.kit.styling import page


@dataclass(frozen=True, slots=True)
class RatingBasis:
    """How an objective went, the rating that this proposes, and the rating given so far."""

    tally: Tally
    proposed: Letter | None
    given: Letter | None = None

    @property
    def line(self) -> Line:
        """What is known before the rating."""
        went = str(self.tally).capitalize()
        parts: list[Part] = [(f"{went}: too few to propose a rating.", "dim")]
        if self.proposed is not None:
            meaning = MEANING[self.proposed].lower()
            parts = [
                (f"{went}, which proposes ", "plain"),
                (self.proposed, "strong"),
                (f": {meaning}.", "plain"),
            ]
        if self.given is not None:
            parts += [(" Rated ", "plain"), (self.given, "strong"), (" so far.", "plain")]
        return tuple(parts)


Look = Callable[[str, str | None], RatingBasis]
"""By objective and team; no team means all."""


class RatingForm(Form):
    """Another objective or team brings the rating proposed for it."""

    def __init__(
        self, objectives: Choices, teams: Choices, look: Look, pending: PendingCommands, draft: FormDraft
    ) -> None:
        letters = [(letter, f"{letter}: {meaning}") for letter, meaning in MEANING.items()]
        first = objectives[0][0]
        fields = (
            OneField("objective", "Objective", objectives, value=first),
            OneField("team", "Team", [("", "all together"), *teams], value=""),
            OneField(
                "rating",
                "Rating",
                [("", "choose one"), *letters],
                value=look(first, None).proposed or "",
                needed="Choose a rating.",
            ),
            TextField("note", "Note"),
        )
        super().__init__(
            "Rate an objective",
            pending,
            draft,
            fields=fields,
            build=lambda given: c.Grade(**given),
            intro=[look(first, None).line],
        )
        self._look = look
        self._about: tuple[str, str] | None = None

    def on_mount(self) -> None:
        """A draft may be about something else than the first objective."""
        self._about = self._chosen
        proposed = self._say().proposed
        if "rating" not in self.draft.before.fields:
            self._made["rating"][0].value = proposed or ""  # type: ignore[attr-defined]

    def _as_draft(self) -> Draft:
        """Leave out a rating that was only proposed: the score may propose another by then."""
        draft = super()._as_draft()
        objective, team = self._chosen
        if draft.choices["rating"] != (self._look(objective, team or None).proposed or ""):
            return draft
        return replace(draft, choices={k: v for k, v in draft.choices.items() if k != "rating"})

    @property
    def _chosen(self) -> tuple[str, str]:
        return str(self.value("objective")), str(self.value("team"))

    @on(Select.Changed)
    def _propose(self) -> None:
        if self._about is None or self._chosen == self._about:
            return
        self._about = self._chosen
        self._made["rating"][0].value = self._say().proposed or ""  # type: ignore[attr-defined]

    def _say(self) -> RatingBasis:
        objective, team = self._chosen
        standing = self._look(objective, team or None)
        self.query_one(".intro", Static).update(page([standing.line]))
        return standing
