"""Consulting, answering, speaking in public, writing messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tabletop.exercise.commands import Answer, Command, Consult, Message, State
from tabletop.exercise.events import CONTROL
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.rows import Part, shortened
from tabletop.tui.station.dialogs.base import Dialog
from tabletop.tui.station.dialogs.confirm import Confirm
from tabletop.tui.station.dialogs.sheet import SheetContext
from tabletop.tui.station.pen import without_pen
from tabletop.tui.station.state.arrivals import consult_key
from tabletop.tui.station.state.talk import ConsultationThread

_NO_WORDS = "Write something first."
_NO_PARTNER = "Choose at least one: press their number."
NONE = "none"


class ConsultDialog(Dialog):
    """Asks partners before acting."""

    title_text = "Consult partners before you act"

    def __init__(self, seat: SheetContext) -> None:
        super().__init__(seat, "consult")

    def fields(self) -> Iterable[Widget]:
        """Partners, about what, the words."""
        yield self.partner_picks(title="Whom: press their numbers")
        yield from _about(self)
        yield self.text_field("What you ask")

    def command(self) -> Command | str:
        """The consultation."""
        partners, words = self.picked("partners"), self.words()
        if not partners:
            return _NO_PARTNER
        if not words.strip():
            return _NO_WORDS
        return Consult(with_=partners, about=_decision(self), text=words)

    def done(self) -> str:
        """Asked."""
        return f"Recorded: {self.seat.model.names.all(self.picked('partners'))} consulted."


class AnswerDialog(Dialog):
    """Answer a partner that consulted this team."""

    title_text = "Answer a consultation"

    def __init__(self, seat: SheetContext, consult: str | None = None) -> None:
        waiting = seat.model.talk.asked_of_us
        self._waiting = {item.consult: item for item in waiting}
        first = consult if consult in self._waiting else next(iter(self._waiting), "")
        super().__init__(seat, f"answer/{first}")
        self._first = first or ""

    def heading(self, now: float) -> list[Part]:
        """What was asked, in full, if only one waits."""
        if len(self._waiting) != 1:
            return []
        asked = self._waiting[self._first]
        return [(f"{self.seat.model.names.start(asked.by)} asks:\n", "strong"), (asked.text, "plain")]

    def fields(self) -> Iterable[Widget]:
        """Which question, the words."""
        if len(self._waiting) > 1:
            names = self.seat.model.names
            items = [
                Pick(item.consult, f"{names.start(item.by)} asks", shortened(item.text, 300))
                for item in self._waiting.values()
            ]
            yield Picks(items, chosen=(self._first,), title="Which one", id="consult")
        yield self.text_field("Your answer")

    def on_mount(self) -> None:
        """Straight to the words. A question that stands above them counts as read."""
        if len(self._waiting) == 1:
            self.seat.desk.seen.add(consult_key(self._first))
        self.query_one("#words").focus()

    def _asked(self) -> ConsultationThread | None:
        return self._waiting.get(next(iter(self.picked("consult")), self._first))

    def command(self) -> Command | str:
        """The answer."""
        asked = self._asked()
        if asked is None:
            return "No consultation waits for your answer."
        if not self.words().strip():
            return _NO_WORDS
        return Answer(from_=asked.by, consult=asked.consult, text=self.words())

    def done(self) -> str:
        """Answered."""
        asked = self._asked()
        self.seat.desk.seen.add(consult_key(asked.consult if asked else ""))
        return f"Recorded: answered {self.seat.model.names.of(asked.by) if asked else ''}."


class StateDialog(Dialog):
    """Speaks in public. Asks once more, since everybody reads it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Say it", key_display="Ctrl+S", id="dialog.send", priority=True),
    ]

    title_text = "Speak in public"

    def __init__(self, seat: SheetContext) -> None:
        super().__init__(seat, "state")

    def heading(self, now: float) -> list[Part]:
        """Who reads it; or that the pen has gone while somebody wrote."""
        if not self.seat.model.team.mine:
            return [(without_pen(self.seat.model.team), "bad")]
        return [("Every team reads what you say here.", "warn")]

    def fields(self) -> Iterable[Widget]:
        """The label and the words."""
        labels = self.seat.model.briefing.labels
        if labels:
            items = [
                Pick(NONE, "No label"),
                *(Pick(f"label/{name}", f"{name}: {text}") for name, text in labels.items()),
            ]
            chosen = self.drafted("label", (NONE,))
            yield Picks(items, chosen=chosen, title="What you call the event", id="label")
        yield from _about(self)
        yield self.text_field("What you say in public")

    def _label(self) -> str | None:
        return next((item.removeprefix("label/") for item in self.picked("label") if item != NONE), None)

    def command(self) -> Command | str:
        """The statement."""
        if not self.seat.model.team.mine:
            return "Only the seat with the pen speaks in public. Esc keeps what you wrote."
        if not self.words().strip():
            return _NO_WORDS
        return State(text=self.words(), label=self._label(), about=_decision(self))

    async def confirmed(self) -> bool:
        """Ask once more."""
        label = self._label()
        parts: list[Part] = [
            (f"{label}: " if label else "", "strong"),
            (f"“{shortened(self.words(), 500)}”", "plain"),
            ("\n\nEvery team will read this at once, and it cannot be taken back.", "warn"),
            ("\n\nEnter", "new"),
            (" say it     ", "plain"),
            ("Esc", "new"),
            (" go back", "plain"),
        ]
        return await self.app.push_screen_wait(Confirm("Say this in public?", parts))

    def done(self) -> str:
        """Said."""
        return "Recorded: you spoke in public."


class MessageDialog(Dialog):
    """Writes to partners or to exercise control."""

    title_text = "Write a message"

    def __init__(self, seat: SheetContext, to: str | None = None) -> None:
        """`to` is whom the page being read came from."""
        super().__init__(seat, "message")
        self._first = (to,) if to else ()

    def fields(self) -> Iterable[Widget]:
        """To whom, the words."""
        control = Pick(CONTROL, "Exercise control", "questions about the exercise itself")
        yield self.partner_picks(title="To: press their numbers", extra=(control,), first=self._first)
        yield self.text_field("Your message")

    def command(self) -> Command | str:
        """The message."""
        to, words = self.picked("partners"), self.words()
        if not to:
            return _NO_PARTNER
        return Message(to=to, text=words) if words.strip() else _NO_WORDS

    def done(self) -> str:
        """Sent."""
        return f"Recorded: message to {self.seat.model.names.all(self.picked('partners'))}."


def _about(dialog: Dialog) -> Iterable[Widget]:
    """Which decision it is about, of all that were put to this team; what waits first, then the newest."""
    decisions = dialog.seat.model.decisions
    settled = [item for item in reversed(decisions.questions.values()) if not item.open]
    if asked := [*decisions.open, *settled]:
        named = [Pick(item.decision, item.full_name) for item in asked]
        chosen = dialog.drafted("about", (NONE,))
        yield Picks([Pick(NONE, "Nothing in particular"), *named], chosen=chosen, title="About", id="about")


def _decision(dialog: Dialog) -> str | None:
    return next((item for item in dialog.picked("about") if item != NONE), None)
