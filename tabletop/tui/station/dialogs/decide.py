"""Deciding: the question, its options, a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tabletop.exercise.commands import Command, Decide
from tabletop.scenario.gametime import format_time
from tabletop.tui.station.book.decisions import Question
from tabletop.tui.station.dialogs.base import Dialog, Seat
from tabletop.tui.station.times import due_part, length_text
from tabletop.tui.widgets.picks import Pick, Picks
from tabletop.tui.widgets.rows import Part
from tabletop.tui.widgets.sizes import TALL
from tabletop.tui.widgets.words_field import WordsField


class DecideDialog(Dialog):
    """Number, reason, Enter. What was recorded can be amended until the window closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Record", key_display="Ctrl+S", id="dialog.send", priority=True),
    ]

    title_text = "Decide"

    def __init__(self, seat: Seat, decision: str) -> None:
        super().__init__(seat, f"decide/{decision}")
        self._decision = decision

    @property
    def question(self) -> Question:
        """The decision as it stands now."""
        return self.seat.model.decisions.questions[self._decision]

    def heading(self, now: float) -> list[Part]:
        """What is asked and how long is left."""
        question = self.question
        parts: list[Part] = [(f"{question.full_name}  ", "strong"), *_standing(question, now)]
        return [*parts, (f"\n{question.question}", "plain")]

    def fields(self) -> Iterable[Widget]:
        """Options and reason, with what was recorded or drafted before."""
        question = self.question
        recorded = (question.option,) if question.option is not None else ()
        yield Picks(
            [Pick(option.id, option.text, option.tradeoff or "") for option in question.options],
            chosen=self.draft.picks.get("options", recorded),
            title="Choose one: press its number",
            id="options",
        )
        text = question.rationale if self.draft.empty else self.draft.text
        yield WordsField(text, title="Reason, in one line · Enter records", short=True, id="reason")

    def on_resize(self) -> None:
        """Long lists of options scroll by themselves, so that the reason stays in sight."""
        self.query_one("#options").styles.max_height = max(
            6, self.size.height - (11 if self.size.height < TALL else 20)
        )

    @on(Picks.Chosen)
    def _go_on(self) -> None:
        self.query_one("#reason").focus()

    def command(self) -> Command | str:
        """The decision."""
        chosen = self.picked("options")
        if not chosen:
            return "Choose an option first: go back with Shift+Tab and press its number."
        return Decide(decision=self._decision, option=chosen[0], rationale=self.words().strip())

    def done(self) -> str:
        """Recorded, and for how long it can be changed."""
        question = self.question
        until = f" You can amend it until {format_time(question.due)}: press D."
        return f"Recorded: {question.full_name}.{until if question.amendable(self.seat.link.now()) else ''}"


def _standing(question: Question, now: float) -> list[Part]:
    if question.lapsed is not None:
        return [(f"closed: {question.lapsed}", "bad")]
    if question.open:
        halved: list[Part] = [("  (window halved)", "warn")] if question.halved else []
        return [due_part(question.due, now), *halved]
    if question.amendable(now):
        return [("recorded", "good"), (f" · can be amended for {length_text(question.left(now))}", "plain")]
    return [("recorded; its window has closed", "dim")]
