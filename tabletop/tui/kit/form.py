"""A form: fields, a command made of them, and the answer. Stays open until that is recorded, or kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import ClassVar, cast

from pydantic import ValidationError
from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from tabletop.exercise.commands import Command
from tabletop.exercise.refusal import Refusal
from tabletop.host.drafts import Choice, Draft
from tabletop.protocol.submission import Answer
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import Field, LineField, Made, TextField, Values
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.key_queue import keys_wait
from tabletop.tui.kit.picks import Picks
from tabletop.tui.kit.rows import Tone
from tabletop.tui.kit.styling import page, plain, toned
from tabletop.tui.kit.type_through import type_through
from tabletop.tui.kit.window import Lines, Window, keys_line
from tabletop.tui.kit.words_field import WordsField

Build = Callable[[Values], Command]
Submit = Callable[[Command], Awaitable[Answer | None]]
"""Gives a command and waits for its answer; None if it is safely kept and the answer will come later."""


class Form(Window[bool]):
    """Return True once the command is recorded, or kept to be.

    A refusal is shown below the fields and nothing typed is lost. What stands in the form is kept in `draft`
    as people type, and stands there again the next time.
    """

    DEFAULT_CSS = """
    Form {
        & .fields { height: auto; max-height: 66vh; }
        & .labelled { height: auto; grid-size: 2; grid-columns: 11 1fr; grid-rows: auto; }
        & .labelled > Label { color: $text-muted; }
        & .labelled > .boxes { height: auto; }
        & .labelled > WordsField { height: 5; min-height: 5; }
        & .intro { height: auto; padding-bottom: 1; }
        & .problem { height: auto; color: $text-error; text-style: bold; display: none; }
        & .problem.-shown { display: block; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "send", "Send", id="form.send", priority=True)]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        build: Build,
        submit: Submit,
        *,
        intro: Lines = (),
        draft: FormDraft,
        verb: str = "record",
    ) -> None:
        super().__init__(title)
        self._fields = tuple(fields)
        self._build = build
        self._submit = submit
        self._intro = tuple(intro)
        self._draft = draft
        self._verb = verb
        self._made: dict[str, Made] = {}
        self._sending = False

    def inside(self) -> Iterable[Widget]:
        """A line for each field, and room for what is wrong."""
        if self._intro:
            yield Static(page(self._intro), classes="intro", markup=False)
        before = self._draft.before.fields
        self._made = {field.name: field.make(before.get(field.name)) for field in self._fields}
        yield VerticalScroll(*self._blocks(), classes="fields", can_focus=False)
        yield Static("", classes="problem", markup=False)

    def _blocks(self) -> Iterator[Widget]:
        """Fields with labels in two columns; between them, those that tell by themselves what they are."""
        for labelled, fields in groupby(self._fields, key=lambda field: bool(field.label)):
            if labelled:
                cells = [
                    (Label(plain(field.label), markup=False), self._made[field.name][0]) for field in fields
                ]
                yield Grid(*chain.from_iterable(cells), classes="labelled")
            else:
                yield from (self._made[field.name][0] for field in fields)

    def keys(self) -> Content:
        """Send, move, leave."""
        last = self._fields[-1]
        quick = isinstance(last, LineField) or any(
            isinstance(field, TextField) and field.short for field in self._fields
        )
        send = ("Enter or Ctrl+S" if quick else "Ctrl+S", self._verb)
        back = "back; what you typed is kept" if self._draft.lasting else "back"
        return keys_line(send, ("Tab", "next field"), ("Esc", back))

    @property
    def values(self) -> Values:
        """What stands in the fields."""
        return Values({name: read() for name, (_, read) in self._made.items()})

    # The draft ----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Keep what is typed from now on; go on where it was interrupted."""
        if self._draft.notice:
            self._remark(self._draft.notice, "warn")
        if self._draft.interrupted:
            self._go_to(self._draft.before.focus)
        self._draft.follow(self, self._as_draft)

    def on_screen_suspend(self) -> None:
        """Something else comes on the screen: whatever becomes of it, keep what stands here."""
        self._draft.keep()

    def _as_draft(self) -> Draft:
        texts = {field.name for field in self._fields if isinstance(field, LineField | TextField)}
        given = cast(Mapping[str, Choice], self.values.given)
        here = self.focused.ancestors_with_self if self.focused is not None else []
        return Draft(
            title=self._heading,
            texts={name: str(value) for name, value in given.items() if name in texts},
            choices={name: value for name, value in given.items() if name not in texts},
            focus=next((name for name, (widget, _) in self._made.items() if widget in here), ""),
        )

    def _go_to(self, name: str) -> None:
        """Put the cursor into the field of that name, if there is one."""
        if name in self._made:
            field = self._made[name][0]
            boxes = (widget for widget in (field, *field.query("*")) if widget.can_focus)
            self.set_focus(next(boxes, None))

    # Sending ------------------------------------------------------------------------------------

    def action_send(self) -> None:
        """Make the command and ask for it to be recorded, once: the same again would be another command."""
        if self._sending:
            return
        try:
            command = self._build(self.values)
        except ValidationError as error:
            self._complain(self._problem(error))
        except ValueError as error:
            self._complain(str(error))
        else:
            question = self.doubt(command)
            if question is None:
                self._begin_sending(command)
            else:
                self._ask(question, command)

    def doubt(self, command: Command) -> Confirm | None:
        """Return what to ask before the command is given; None if nothing is."""
        return None

    def _begin_sending(self, command: Command) -> None:
        self.run_worker(self._send(command), exclusive=True, group="send")

    def _ask(self, question: Confirm, command: Command) -> None:
        """Send the command if the answer is yes."""
        self.app.push_screen(question, lambda sure: self._begin_sending(command) if sure else None)

    async def _send(self, command: Command) -> None:
        self._sending = True
        with keys_wait(self.app):
            await self._draft.sending()
            answer = await self._submit(command)
            self._sending = False
            if not isinstance(answer, Refusal):
                self._draft.discard()
                self.dismiss(True)
                return
        self._draft.refused()
        if answer.code == "confirm-needed":
            self._confirm(command, answer)
        else:
            self._complain(answer.message)

    def _confirm(self, command: Command, refusal: Refusal) -> None:
        """A wider audience than the author's: ask once more, with the names of the teams."""
        question = Confirm(
            "A wider audience than written", [((refusal.message, "warn"),)], yes="send it there too"
        )
        self._ask(question, command.model_copy(update={"confirm": True}))

    def _complain(self, problem: str) -> None:
        self._remark(problem[:1].upper() + problem[1:], "bad")

    def _remark(self, words: str, tone: Tone) -> None:
        shown = self.query_one(".problem", Static)
        shown.update(toned([(words, tone)]))
        shown.add_class("-shown")

    def _problem(self, error: ValidationError) -> str:
        """The first thing that is wrong, with the label of its field."""
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][-1]) if first["loc"] else ""
        label = next((field.label for field in self._fields if field.name == name and field.label), name)
        match first["type"]:
            case "string_too_long" | "too_long":
                return f"{label}: at most {first['ctx']['max_length']:,} characters"
            case "value_error":
                return f"{label}: {first['ctx']['error']}"
        return f"{label}: {first['msg']}"

    # Leaving and moving on ----------------------------------------------------------------------

    def action_leave(self) -> None:
        """Back to the console; the draft stays."""
        self._draft.leave()
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Letters typed on a choice go to the text behind it: spaces between them would choose."""
        type_through(self, event)

    @on(Picks.Chosen)
    def _go_on(self, event: Picks.Chosen) -> None:
        """Go on to the next field once one of several was chosen with Enter; a number may be corrected."""
        event.stop()
        if event.goes_on and not event.picks.many:
            self.focus_next()

    @on(Input.Submitted)
    def _next_or_send(self, event: Input.Submitted) -> None:
        """Enter in a line goes on to the next field, from the last one it sends."""
        event.stop()
        if self._fields and event.input is self._made[self._fields[-1].name][0]:
            self.action_send()
        else:
            self.focus_next()

    @on(WordsField.Sent)
    def _send_words(self, event: WordsField.Sent) -> None:
        event.stop()
        self.action_send()
