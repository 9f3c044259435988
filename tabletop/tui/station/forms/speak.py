"""Consulting, answering, speaking in public, writing messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from tabletop.exercise.commands import Answer, Command, Consult, Message, State
from tabletop.exercise.decide.talk import MOST_ADVICE_WORDS
from tabletop.exercise.events import CONTROL
from tabletop.plaintext import in_quotes
from tabletop.scenario.prose import number
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import Field, PicksField, TextField
from tabletop.tui.kit.form import MissingValueError
from tabletop.tui.kit.picks import Pick
from tabletop.tui.kit.rows import Line, Part, shortened
from tabletop.tui.station.forms.team_form import (
    ENTER_SENDS,
    NO_PARTNER,
    TeamForm,
    TeamSeat,
    optional_pick,
)
from tabletop.tui.station.pen import without_pen
from tabletop.tui.station.state.arrivals import consult_key
from tabletop.tui.station.state.talk import ConsultationThread


class ConsultForm(TeamForm):
    """Asks partners before acting."""

    title_text = "Consult partners before you act"

    def __init__(self, seat: TeamSeat) -> None:
        super().__init__(seat, seat.draft("consult"))

    def fields(self) -> Sequence[Field]:
        """Return partners, about what, the words."""
        partners = self.partners("Whom: press their numbers", NO_PARTNER, attribute="with_")
        return (partners, *self.about(), self.words_field("What you ask"))

    def build(self, given: dict[str, Any]) -> Command:
        """Return the consultation."""
        return Consult(**given)

    def done(self) -> str:
        """Asked."""
        return f"Recorded: {self.seat.model.names.all(self.picked('partners'))} consulted."


class AnswerForm(TeamForm):
    """Answers a partner that consulted this team."""

    BINDINGS: ClassVar[list[BindingType]] = [ENTER_SENDS]

    title_text = "Answer a consultation"

    def __init__(self, seat: TeamSeat, consult: str | None = None) -> None:
        self._waiting = {item.consult: item for item in seat.model.talk.asked_of_us}
        self._first = consult if consult in self._waiting else next(iter(self._waiting), "")
        super().__init__(seat, seat.draft("answer", self._first))

    def heading(self, now: float) -> list[Part]:
        """Return what was asked, in full, if only one waits."""
        asked = self._waiting.get(self._first or "")
        if asked is None or len(self._waiting) != 1:
            return []
        return [(f"{self.seat.model.names.start(asked.by)} asks:\n", "strong"), (asked.text, "plain")]

    def fields(self) -> Sequence[Field]:
        """Return which question, and the words."""
        words = self.words_field("Your answer", short=True)
        if len(self._waiting) < 2:
            return (words,)
        names = self.seat.model.names
        items = [
            Pick(item.consult, f"{names.start(item.by)} asks", shortened(item.text, 300))
            for item in self._waiting.values()
        ]
        return (
            PicksField("consult", "Which one", items, chosen=(self._first or "",), drafted=False),
            words,
        )

    def on_mount(self) -> None:
        """Go straight to the words. A question that stands above them counts as read."""
        if len(self._waiting) == 1:
            self.seat.memory.opened(consult_key(self._first or ""))
        self.query_one("#words").focus()

    def _asked(self) -> ConsultationThread | None:
        return self._waiting.get(next(iter(self.picked("consult")), self._first or ""))

    def build(self, given: dict[str, Any]) -> Command:
        """Return the answer."""
        asked = self._asked()
        if asked is None:
            raise ValueError("No consultation waits for your answer.")
        return Answer(from_=asked.by, consult=asked.consult, text=given["text"])

    def done(self) -> str:
        """Answered."""
        asked = self._asked()
        self.seat.memory.opened(consult_key(asked.consult if asked else ""))
        return f"Recorded: answered {self.seat.model.names.of(asked.by) if asked else ''}."


class StateForm(TeamForm):
    """Speaks in public. Asks once more, since everybody reads it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Say it", key_display="Ctrl+S", id="dialog.send", priority=True),
    ]

    title_text = "Speak in public"

    def __init__(self, seat: TeamSeat) -> None:
        super().__init__(seat, seat.draft("state"))

    def heading(self, now: float) -> list[Part]:
        """Return who reads it; or that the pen has gone while somebody wrote."""
        if not self.seat.model.team.mine:
            return [(without_pen(self.seat.model.team), "bad")]
        return [("Every team reads what you say here.", "warn")]

    def fields(self) -> Sequence[Field]:
        """Return the label, about what, the words, and what it advises the public to do."""
        known = self.seat.model.briefing.labels
        items = [Pick(f"label/{name}", f"{name}: {text}") for name, text in known.items()]
        labels = [optional_pick("label", "What you call the event", "No label", items)] if items else []
        return (
            *labels,
            *self.about(),
            self.words_field("What you say in public"),
            TextField("area", "If it advises the public: where, in one word", single=True),
            TextField("says", "What they should do, in one word: shelter, all-clear", single=True),
        )

    def build(self, given: dict[str, Any]) -> Command:
        """Return the statement."""
        if not self.seat.model.team.mine:
            raise ValueError("Only the seat with the pen speaks in public. Esc keeps what you wrote.")
        area, says = ((given.pop(name, "") or "").strip() or None for name in ("area", "says"))
        if (area is None) != (says is None):
            missing = "area" if area is None else "says"
            raise MissingValueError(
                "Advice to the public needs both: where, and what they should do.", missing
            )
        for name, words in (("area", area), ("says", says)):
            if words is not None and len(words.split()) > MOST_ADVICE_WORDS:
                raise MissingValueError(f"Use one word, or at most {number(MOST_ADVICE_WORDS)}.", name)
        return State(**given, area=area, says=says)

    def doubt(self, command: Command) -> Confirm | None:
        """Ask once more."""
        if not isinstance(command, State):
            return None
        advised = f"Advice to the public in {command.area}: {command.says}"
        advice: list[Line] = [((advised, "plain"),)] if command.area else []
        lines: list[Line] = [
            (
                (f"{command.label}: " if command.label else "", "strong"),
                (in_quotes(shortened(command.text, 500)), "plain"),
            ),
            *advice,
            (),
            (("Every team will read this at once.", "warn"),),
            (("It cannot be taken back.", "warn"),),
        ]
        return Confirm("Say this in public?", lines, yes="say it", key="Enter")

    def done(self) -> str:
        """Said."""
        return "Recorded: you spoke in public."


class MessageForm(TeamForm):
    """Writes to partners, or to exercise control."""

    title_text = "Write a message"

    def __init__(self, seat: TeamSeat, to: str | None = None) -> None:
        """`to` is written back to, unless a draft says otherwise."""
        super().__init__(seat, seat.draft("message"))
        self._first = (to,) if to else ()

    def fields(self) -> Sequence[Field]:
        """Return to whom, and the words."""
        control = Pick(CONTROL, "Exercise control", "questions about the exercise itself")
        partners = self.partners(
            "To: press their numbers", NO_PARTNER, extra=(control,), chosen=self._first, attribute="to"
        )
        return (partners, self.words_field("Your message"))

    def build(self, given: dict[str, Any]) -> Command:
        """Return the message."""
        return Message(**given)

    def done(self) -> str:
        """Sent."""
        return f"Recorded: message to {self.seat.model.names.all(self.picked('partners'))}."
