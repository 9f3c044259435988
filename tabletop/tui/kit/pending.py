"""Commands that are on their way: their forms do not wait for an answer that takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from tabletop.exercise.commands import Command
from tabletop.exercise.refusal import Refusal
from tabletop.host.drafts import Draft, SeatDrafts
from tabletop.protocol.link import Link
from tabletop.protocol.submission import UNANSWERED, Answer
from tabletop.scenario.prose import ended
from tabletop.system.clock import fresh_key
from tabletop.tui.kit.rows import Tone

PATIENCE: Final = 1.0
"""Seconds for which a form waits for an answer."""

SENT: Final = "On its way: it is recorded as soon as the host answers. You can go on meanwhile."
WAITS: Final = "Waits until play goes on: it is kept at this terminal and recorded then. You can go on."


NamedDraft: TypeAlias = tuple[str, Draft]
"""The name of a form's draft, and what stood in the form."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a screen says once a form has closed."""

    text: str
    tone: Tone = "good"


@dataclass(frozen=True, slots=True)
class Pending:
    """There is no answer yet; what that means, in words."""

    text: str


@dataclass(slots=True)
class PendingCommands:
    """Gives the commands of one seat, and says what became of those whose forms have closed."""

    link: Link
    drafts: SeatDrafts
    say: Callable[[str, Tone], None]
    called: Callable[[Command], str]
    """What its people would call a command."""
    _late: set[asyncio.Task[Answer]] = field(default_factory=set)

    async def give(
        self, command: Command, draft_name: str, draft: Draft, leave: asyncio.Event
    ) -> Answer | Pending:
        """Give a command; it is pending if it has no answer after a while, or once the form wants to `leave`.

        If it is refused after that, the draft is there again and the station says so.
        """
        key = fresh_key()
        answer = asyncio.create_task(self.link.submit(command, key))
        left = asyncio.create_task(leave.wait())
        await asyncio.wait({answer, left}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        left.cancel()
        if answer.done():
            return answer.result()
        self._follow(answer, command, (draft_name, draft))
        waits = any(one.key == key and one.waits for one in self.link.submissions)
        return Pending(WAITS if waits else SENT)

    def take_over(self, form_of: Callable[[Command, str], NamedDraft | None]) -> None:
        """Follow what an earlier run of the program left on its way: its forms are gone too.

        `form_of` fills in a form again from its command and what the team would call that.
        """
        for one in self.link.submissions:
            form = form_of(one.command, self.called(one.command))
            if form is not None and not one.answered:
                name, draft = form
                kept = self.drafts.get(name)
                if kept is not None and kept.sent and kept.words == draft.words:
                    self.drafts.discard(name)  # it was being sent, and is: nobody is to send it again
                self._follow(asyncio.create_task(self.link.submit(one.command, one.key)), one.command, form)

    def _follow(self, answer: asyncio.Task[Answer], command: Command, form: NamedDraft) -> None:
        self._late.add(answer)
        answer.add_done_callback(lambda task: self._answered(command, *form, task))

    def _answered(self, command: Command, draft_name: str, draft: Draft, task: asyncio.Task[Answer]) -> None:
        self._late.discard(task)
        if task.cancelled():
            return
        answer, name = task.result(), self.called(command)
        if not isinstance(answer, Refusal):
            self.say(ended(f"Recorded: {name}"), "good")
            return
        if answer.unchanged:
            self.say(ended(f"Unchanged: {name}: {answer.message}"), "warn")
            return
        in_doubt = answer.code == UNANSWERED
        if self.drafts.get(draft_name) is None:
            self.drafts.put(draft_name, replace(draft, sent=in_doubt))
        if in_doubt:
            self.say(ended(f"{name}: {answer.message}"), "warn")
            return
        self.say(f"Not recorded: {name}: {answer.message}. What you entered stands in its form again.", "bad")
