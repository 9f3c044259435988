"""A form for the rating of an objective, which begins with the rating that the score proposes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from textual import on
from textual.widgets import Select, Static

from tabletop.exercise import commands as c
from tabletop.host.drafts import Draft
from tabletop.rules.ratings import MEANING, Letter
from tabletop.tui.kit.fields import Choices, OneField, TextField, Values
from tabletop.tui.kit.form import Form, Submit
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.styling import page


@dataclass(frozen=True, slots=True)
class RatingBasis:
    """The score of an objective, the rating it proposes, and the rating given so far."""

    score: float | None
    proposed: Letter | None
    given: Letter | None = None

    @property
    def line(self) -> tuple[Part, ...]:
        """What is known before the rating."""
        parts: list[Part] = [("Not exercised so far: nothing is proposed.", "dim")]
        if self.score is not None and self.proposed is not None:
            meaning = MEANING[self.proposed].lower()
            parts = [
                (f"Score {self.score:.1f} proposes ", "plain"),
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
        self, objectives: Choices, teams: Choices, look: Look, submit: Submit, draft: FormDraft
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
            ),
            TextField("note", "Note"),
        )
        super().__init__(
            "Rate an objective", fields, grade, submit, intro=[look(first, None).line], draft=draft
        )
        self._look = look
        self._about: tuple[str, str] | None = None

    def on_mount(self) -> None:
        """A draft may be about something else than the first objective."""
        self._about = self._chosen
        proposed = self._say().proposed
        if "rating" not in self._draft.before.fields:
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
        return self.values.one("objective"), self.values.one("team")

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


def grade(values: Values) -> c.Grade:
    """A rating, for one team or for all."""
    rating = next((letter for letter in MEANING if letter == values.one("rating")), None)
    if rating is None:
        raise ValueError("choose a rating")
    return c.Grade(
        objective=values.one("objective"),
        team=values.one("team") or None,
        rating=rating,
        note=values.text("note"),
    )
