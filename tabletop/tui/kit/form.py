"""A form: fields, a command made of them, and its answer. Stays open until that is recorded, or kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Any, ClassVar, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Label, Select, Static, TextArea

from tabletop.exercise.commands import Command
from tabletop.exercise.refusal import Refusal
from tabletop.host.drafts import Choice, Draft
from tabletop.protocol.submission import UNANSWERED
from tabletop.scenario.prose import capitalised, ended
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import Field, LineField, Made, TextField
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.key_queue import keys_wait
from tabletop.tui.kit.pending import Feedback, Pending, PendingCommands
from tabletop.tui.kit.picks import Picks
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.kit.styling import page, plain
from tabletop.tui.kit.type_through import type_through
from tabletop.tui.kit.window import Lines, Window, keys_line
from tabletop.tui.kit.words import Words
from tabletop.tui.kit.words_field import WordsField

_FRAME: Final = 2
"""Rows of a window's frame."""

Build = Callable[[dict[str, Any]], Command]
"""Makes a command of what the fields mean. Raises `ValueError` with a sentence for people."""


class MissingValueError(ValueError):
    """Something that has to be filled in is not; `field` is where the cursor goes."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class Form(Window[Feedback]):
    """Return what to say once the command is recorded, or kept to be.

    A refusal is shown below the fields and nothing typed is lost. What stands in the form is kept in its
    draft as people type, and stands there again the next time.
    """

    DEFAULT_CSS = """
    Form {
        & .fields { height: auto; max-height: 66vh; }
        & .labelled { height: auto; grid-size: 2; grid-columns: 11 1fr; grid-rows: auto; }
        & .labelled > Label { color: $text-muted; }
        & .labelled > .boxes { height: auto; }
        & .labelled > WordsField { height: 5; min-height: 5; }
        & .intro { height: auto; padding-bottom: 1; }
        & #problem { height: auto; display: none; &.-shown { display: block; } }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "send", "Send", id="form.send", priority=True)]

    framed: ClassVar = False
    """Whether each field has a frame, with its label in that."""

    def __init__(
        self,
        title: str,
        pending: PendingCommands,
        draft: FormDraft,
        *,
        fields: Sequence[Field] = (),
        build: Build,
        intro: Lines = (),
        verb: str = "record",
    ) -> None:
        super().__init__(title)
        self.draft = draft
        self._pending = pending
        self._fields = tuple(fields)
        self._build = build
        self._intro = tuple(intro)
        self._verb = verb
        self._made: dict[str, Made] = {}
        self._sending = False
        self._problem_with: dict[str, Choice] | None = None
        """What stood in the fields when a problem with them was shown; None if none is."""
        self.refused = ""
        """Code of the refusal that is shown; empty if none is."""
        self._leave: asyncio.Event | None = None
        """Set by Esc while an answer is waited for: closing the form takes nothing back."""

    # What a form says for itself ----------------------------------------------------------------

    def command(self) -> Command:
        """Return the command that is filled in. Raises `ValueError` with what is missing."""
        return self._build(self.given())

    def doubt(self, command: Command) -> Confirm | None:
        """Return what to ask before the command is given; None if nothing is."""
        return None

    def done(self) -> str:
        """Return what to say once it is recorded."""
        return "Recorded."

    def left(self) -> Feedback | None:
        """Return what to say where the form is left with a draft in it."""
        return None

    def draft_title(self) -> str:
        """Return what the draft is called where it is listed."""
        return self._heading

    # Building -----------------------------------------------------------------------------------

    def make_fields(self) -> dict[str, Widget]:
        """Make the widgets of all fields, by name, holding what is drafted."""
        before = self.draft.before.fields
        self._made = {
            field.name: field.make(before.get(field.name), framed=self.framed) for field in self._fields
        }
        return {name: widget for name, (widget, _) in self._made.items()}

    def inside(self) -> Iterable[Widget]:
        """Yield a line for each field, and room for what is wrong."""
        if self._intro:
            yield Static(page(self._intro), classes="intro", markup=False)
        yield VerticalScroll(*self._blocks(self.make_fields()), classes="fields", can_focus=False)
        yield Words(id="problem")

    def _blocks(self, made: Mapping[str, Widget]) -> Iterator[Widget]:
        """Fields with labels in two columns; between them, those that tell by themselves what they are."""
        for labelled, fields in groupby(self._fields, key=lambda field: bool(field.label)):
            if labelled:
                cells = [(Label(plain(field.label), markup=False), made[field.name]) for field in fields]
                yield Grid(*chain.from_iterable(cells), classes="labelled")
            else:
                yield from (made[field.name] for field in fields)

    def keys(self) -> Content:
        """Return how to send, move and leave."""
        last = self._fields[-1]
        quick = isinstance(last, LineField) or any(
            isinstance(field, TextField) and field.short for field in self._fields
        )
        send = ("Enter or Ctrl+S" if quick else "Ctrl+S", self._verb)
        back = "back; what you typed is kept" if self.draft.lasting else "back"
        return keys_line(send, ("Tab", "next field"), ("Esc", back))

    # What is filled in --------------------------------------------------------------------------

    def values(self) -> dict[str, Choice]:
        """Return what stands in the fields, as a draft keeps it."""
        return {name: read() for name, (_, read) in self._made.items()}

    def value(self, name: str) -> Choice:
        """Return what stands in a field; nothing if there is no such field."""
        return self._made[name][1]() if name in self._made else ()

    def given(self) -> dict[str, Any]:
        """Return what the fields mean to the command. Raises `ValueError` with what is missing."""
        given: dict[str, Any] = {}
        for field in self._fields:
            value = self.value(field.name)
            if field.needed and not (value.strip() if isinstance(value, str) else value):
                raise MissingValueError(field.needed, field.name)
            given[field.attribute or field.name] = field.meaning(value)
        return given

    def on_mount(self) -> None:
        """Keep what is typed from now on; go on where it was interrupted."""
        if self.draft.notice:
            self.say([(self.draft.notice, "warn")])
        if self.draft.interrupted:
            self._go_to(self.draft.before.focus)
        self.draft.follow(self, self._as_draft)

    def on_resize(self) -> None:
        """Keep the keys on the screen."""
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        """Let the fields scroll in what the rest of the window leaves them."""
        for fields in self.query(".fields"):
            others = [one for one in fields.siblings if one is not fields]
            around = sum(one.outer_size.height for one in others)
            fields.styles.max_height = max(2, self.size.height - around - _FRAME)

    def on_screen_suspend(self) -> None:
        """Something else comes on the screen: whatever becomes of it, keep what stands here."""
        self.draft.keep()

    def _as_draft(self) -> Draft:
        """Return what stands in the form, from its own parts: they are there also while it closes."""
        typed = {field.name for field in self._fields if field.typed}
        values = self.values()
        here = self.focused.ancestors_with_self if self.focused is not None else []
        return Draft(
            title=self.draft_title(),
            texts={name: str(value) for name, value in values.items() if name in typed},
            choices={name: value for name, value in values.items() if name not in typed},
            focus=next((name for name, (widget, _) in self._made.items() if widget in here), ""),
        )

    def _go_to(self, name: str) -> None:
        """Put the cursor into the field of that name, if there is one."""
        if name in self._made:
            field = self._made[name][0]
            boxes = (widget for widget in (field, *field.query("*")) if widget.can_focus)
            self.set_focus(next(boxes, None))

    # Sending ------------------------------------------------------------------------------------

    @on(WordsField.Sent)
    def action_send(self) -> None:
        """Give the command, once: the same again would be another command."""
        if not self._sending:
            self._sending = True
            self._send()

    @work(group="send")
    async def _send(self) -> None:
        try:
            await self.carry_out()
        finally:
            self._sending = False

    async def carry_out(self) -> None:
        """Give the command that is filled in; or say what is missing."""
        try:
            command = self.command()
        except ValidationError as error:
            name, problem = self._problem(error)
            self.complain(problem, name)
        except ValueError as error:
            self.complain(str(error), error.field if isinstance(error, MissingValueError) else "")
        else:
            if await self.sure(self.doubt(command)):
                await self.give(command, self.done)

    async def sure(self, question: Confirm | None) -> bool:
        """Ask, if there is anything to ask; return whether to go on."""
        return question is None or await self.app.push_screen_wait(question) is True

    async def give(self, command: Command, done: Callable[[], str]) -> None:
        """Have a command recorded and close with the words of `done`; or say why it was not recorded."""
        self.say([("Sending …", "dim")])
        self._leave = asyncio.Event()
        with keys_wait(self.app):
            await self.draft.sending()
            answer = await self._pending.give(command, self.draft.name, self._as_draft(), self._leave)
            self._leave = None
            if not isinstance(answer, Refusal):
                self.draft.discard()  # without an answer the command is kept where it waits for one
                self.dismiss(
                    Feedback(answer.text, "warn") if isinstance(answer, Pending) else Feedback(done())
                )
                return
        if answer.code != UNANSWERED:
            self.draft.refused()
        if answer.code == "confirm-needed":
            lines: list[Line] = [((answer.message, "warn"),)]
            if await self.sure(Confirm("A wider audience than written", lines, yes="send it there too")):
                await self.give(command.model_copy(update={"confirm": True}), done)
        else:
            self.say([_begins(answer), (ended(answer.message), "plain")])
            self._problem_with, self.refused = self.values(), answer.code

    def complain(self, problem: str, field: str = "") -> None:
        """Say what is wrong until something changes, and go to the field where that is mended."""
        self.say([(ended(capitalised(problem)), "warn")])
        self._problem_with = self.values()
        self._go_to(field)

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Picks.Chosen)
    @on(Select.Changed)
    @on(Checkbox.Changed)
    def _mended(self) -> None:
        """Something changed: what was wrong with it is not said any longer."""
        if self._problem_with is not None and self._problem_with != self.values():
            self.unsay()

    def unsay(self) -> None:
        """Say nothing more below the fields."""
        self._problem_with, self.refused = None, ""
        problem = self.query_one("#problem", Words)
        problem.show_parts([])
        problem.remove_class("-shown")

    def say(self, parts: Sequence[Part]) -> None:
        """Say below the fields what is wrong, or what goes on."""
        self._problem_with, self.refused = None, ""
        problem = self.query_one("#problem", Words)
        problem.show_parts(parts)
        problem.add_class("-shown")
        self.call_after_refresh(self._make_room)
        self.call_after_refresh(problem.scroll_visible, animate=False)

    def _problem(self, error: ValidationError) -> tuple[str, str]:
        """Return the name of the first field that is wrong, and what is, with its label."""
        first = error.errors(include_url=False)[0]
        word = str(first["loc"][-1]) if first["loc"] else ""
        known = {(field.attribute or field.name).rstrip("_"): field for field in self._fields}
        field = known.get(word)
        label = (field.label if field is not None else "") or word
        name = field.name if field is not None else ""
        return name, _what_is_wrong(label.partition(":")[0], first)  # without what to press

    # Leaving and moving on ----------------------------------------------------------------------

    def action_leave(self) -> None:
        """Close without sending; what was filled in is kept. What is on its way goes on."""
        if self._leave is not None:
            self._leave.set()
        else:
            self.dismiss(self.left() if self.draft.leave() else None)

    def on_key(self, event: events.Key) -> None:
        """Letters typed on a choice go to the text behind it: spaces between them would choose."""
        type_through(self, event)

    @on(Input.Submitted)
    def _next_or_send(self, event: Input.Submitted) -> None:
        """Enter in a line goes on to the next field, from the last one it sends."""
        event.stop()
        if self._fields and event.input is self._made[self._fields[-1].name][0]:
            self.action_send()
        else:
            self.focus_next()


def _begins(answer: Refusal) -> Part:
    """Return what a refusal means, before its reason."""
    if answer.code == UNANSWERED:
        return "Perhaps recorded: ", "warn"
    return ("Unchanged: ", "warn") if answer.unchanged else ("Not recorded: ", "bad")


def _what_is_wrong(label: str, first: ErrorDetails) -> str:
    """Return what pydantic found wrong with a field, in words."""
    match first["type"]:
        case "string_too_long" | "too_long" if isinstance(first["input"], str):
            length, most = len(first["input"]), first["ctx"]["max_length"]
            return f"{label}: that is {length:,} characters long; {most:,} can be recorded. Shorten it"
        case "value_error":
            return f"{label}: {first['ctx']['error']}"
    return f"{label}: this cannot be recorded as it stands"
