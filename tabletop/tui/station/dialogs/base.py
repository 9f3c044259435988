"""What all dialogs of a station that give a command have in common: drafts, sending, plain refusals."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import ClassVar

from pydantic import ValidationError
from textual.binding import Binding, BindingType
from textual.events import Key

from tabletop.exercise.commands import MAX_TEXT, Command
from tabletop.exercise.refusal import Refusal
from tabletop.host.drafts import Draft
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.key_queue import keys_wait
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.type_through import type_through
from tabletop.tui.kit.words_field import WordsField
from tabletop.tui.station.dialogs.sheet import Feedback, Sheet, SheetContext
from tabletop.tui.station.pending import Pending


class Dialog(Sheet):
    """A form that is sent as one command. Closes once that is recorded or takes long, or by Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back, keeps draft", key_display="Esc", id="dialog.back"),
    ]

    def __init__(self, seat: SheetContext, draft_name: str) -> None:
        super().__init__(seat)
        self.draft = FormDraft(seat.desk.drafts, draft_name)
        self._texts: tuple[WordsField, ...] = ()
        self._choices: tuple[Picks, ...] = ()
        self._leave: asyncio.Event | None = None
        """Set by Esc while an answer is waited for: closing the form takes nothing back."""

    # What each dialog says for itself ---------------------------------------------------------

    @abstractmethod
    def command(self) -> Command | str:
        """The command as filled in; or, in plain words, what is missing."""

    @abstractmethod
    def done(self) -> str:
        """What to say once it is recorded."""

    async def confirmed(self) -> bool:
        """Whether to go on, for dialogs that ask once more."""
        return True

    # Building ---------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Keep what is typed from now on; go on where it was interrupted."""
        self._texts, self._choices = tuple(self.query(WordsField)), tuple(self.query(Picks))
        if self.draft.notice:
            self.say([(self.draft.notice, "warn")])
        if self.draft.interrupted:
            for field in (*self._texts, *self._choices):
                if field.id == self.draft.before.focus:
                    field.focus()
        self.draft.follow(self, self._as_draft)

    def on_screen_suspend(self) -> None:
        """Something else comes on the screen: whatever becomes of it, keep what stands here."""
        self.draft.keep()

    def drafted(self, name: str, start: tuple[str, ...] = ()) -> tuple[str, ...]:
        """What the draft has chosen in a list; `start` if it says nothing of it."""
        chosen = self.draft.before.choices.get(name)
        return chosen if isinstance(chosen, tuple) else start

    @property
    def drafted_text(self) -> str:
        """What the draft says."""
        return self.draft.before.words

    def draft_title(self) -> str:
        """What the draft is called where it is listed."""
        return self.title_now()

    def partner_picks(self, *, title: str, extra: Iterable[Pick] = (), first: tuple[str, ...] = ()) -> Picks:
        """The partners, to be ticked; `first` are ticked if there is no draft."""
        names = self.seat.model.names
        items = [Pick(team, names.start(team)) for team in self.seat.model.partners]
        return Picks(
            [*items, *extra],
            many=True,
            chosen=self.drafted("partners", first),
            title=title,
            id="partners",
        )

    def text_field(self, title: str) -> WordsField:
        """The text."""
        return WordsField(self.drafted_text, title=title, id="words")

    def on_key(self, event: Key) -> None:
        """Letters typed on a choice go to the text behind it: spaces between them would choose."""
        type_through(self, event)

    # Reading the form -------------------------------------------------------------------------

    def words(self) -> str:
        """What was typed."""
        return self.query_one(WordsField).words

    def _as_draft(self) -> Draft:
        """What stands in the form, from its own parts: while it closes they cannot be looked up any more."""
        return Draft(
            title=self.draft_title(),
            texts={field.id or "": field.text for field in self._texts},
            choices={picks.id or "": picks.chosen for picks in self._choices},
            focus=(self.focused.id or "") if self.focused is not None else "",
        )

    # Sending ----------------------------------------------------------------------------------

    async def carry_out(self) -> None:
        """Have the command recorded, and close."""
        command = self._checked()
        if isinstance(command, str):
            self.say([(command, "warn")])
        elif await self.confirmed():
            await self.give(command, self.done)

    async def give(self, command: Command, done: Callable[[], str]) -> None:
        """Have a command recorded and close with the words of `done`; or say why it was not recorded."""
        self.say([("Sending …", "dim")])
        self._leave = asyncio.Event()
        with keys_wait(self.app):
            await self.draft.sending()
            answer = await self.seat.under_way.give(command, self.draft.name, self._as_draft(), self._leave)
            self._leave = None
            if isinstance(answer, Refusal):
                self.draft.refused()
                self.say([("Not recorded: ", "bad"), (f"{answer.message}.", "plain")])
                return
            self.draft.discard()  # without an answer the command is kept where it waits for one
            self.dismiss(Feedback(answer.text, "warn") if isinstance(answer, Pending) else Feedback(done()))

    def _checked(self) -> Command | str:
        field = next(iter(self.query(WordsField)), None)
        if field is not None and len(field.words) > MAX_TEXT:
            return f"That is {len(field.words):,} characters long; {MAX_TEXT:,} can be recorded. Shorten it."
        try:
            return self.command()
        except ValidationError:
            return "That cannot be recorded as it stands. Shorten it, or type it again."

    def action_back(self) -> None:
        """Close without sending; what was filled in is kept. What is on its way goes on."""
        if self._leave is not None:
            self._leave.set()
            return
        kept = "Not sent. Your draft is kept and opens again with the same key."
        self.dismiss(Feedback(kept, "warn") if self.draft.leave() else None)
