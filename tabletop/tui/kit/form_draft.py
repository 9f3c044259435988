"""The draft of one form: read when the form opens, kept while people type, gone once it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from textual.screen import Screen

from tabletop.host.drafts import Draft, SeatDrafts

LOOK: Final = 0.4
"""Seconds between looks at a form: what is typed in them is all that a crash takes."""

INTERRUPTED: Final = "This was being typed when the program ended. Ctrl+S sends it"

IN_DOUBT: Final = (
    "This was sent, and no answer was seen here. Look whether it was recorded before you send it again with "
    "Ctrl+S"
)


class FormDraft:
    """Keeps what stands in one form, under the form's name. An untouched form leaves nothing."""

    def __init__(self, drafts: SeatDrafts, name: str, *, lasting: bool = True) -> None:
        """`lasting` is whether the draft stays when the form is left with Esc, and not only in a crash."""
        self.name = name
        self.lasting = lasting
        self.found = drafts.get(name)
        """What the form opens with; None if it opens as it is made."""
        self.interrupted = drafts.resume(name)
        """Whether the form was on the screen when the program ended."""
        self._drafts = drafts
        self._sent = self.found is not None and self.found.sent
        self._untouched: Draft | None = None
        self._opened_with = Draft()
        self._stood = False
        self._look: Callable[[], Draft] | None = None
        self._unfollow: Callable[[], None] | None = None

    @property
    def before(self) -> Draft:
        """What the form opens with, which may be nothing."""
        return self.found or Draft()

    @property
    def notice(self) -> str:
        """What people are told when the form opens with a draft; nothing if they left it there themselves."""
        if not (self.before.sent or self.interrupted):
            return ""
        leaving = "; Esc keeps it." if self.lasting else "."
        return (IN_DOUBT if self.before.sent else INTERRUPTED) + leaving

    def follow(self, form: Screen[Any], look: Callable[[], Draft]) -> None:
        """Keep what stands in the form from now on; `look` tells what that is, also once the form is gone."""
        self._look = look
        self._opened_with = _content(look())
        if self.found is None:
            self._untouched = self._opened_with
        self._unfollow = self._drafts.store.follow(self._keep_last_words)
        form.set_interval(LOOK, self.keep)

    def keep(self) -> None:
        """Keep what stands in the form now."""
        self._stood = True
        self._keep(is_open=True)

    def _keep_last_words(self) -> None:
        """Keep what stands in the form as the program ends.

        Not where the form has only just opened and nothing was typed: it may be what ends the program, and is
        not to be opened again by itself.
        """
        if self._look is not None and (self._stood or _content(self._look()) != self._opened_with):
            self.keep()

    async def sending(self) -> None:
        """Note on disk that the form is being sent: after a crash nobody knows whether it was recorded."""
        self._sent = True
        self.keep()
        await self._drafts.store.written()

    def refused(self) -> None:
        """Note that it was not recorded."""
        self._sent = False
        self.keep()

    def leave(self) -> bool:
        """Keep the draft of a form that closes without an answer; return whether there is one."""
        if not self.lasting:
            self.discard()
            return False
        kept = self._keep(is_open=False)
        self._end()
        return kept

    def discard(self) -> None:
        """Keep nothing: it is recorded, or will be."""
        self._end()
        self._drafts.discard(self.name)

    def _keep(self, *, is_open: bool) -> bool:
        if self._look is None:
            return False
        now = self._look()
        if now.empty or _content(now) == self._untouched:
            self._drafts.discard(self.name)
            return False
        self._drafts.put(self.name, replace(now, open=is_open, sent=self._sent))
        return True

    def _end(self) -> None:
        """Look no more: the form closes."""
        self._look = None
        if self._unfollow is not None:
            self._unfollow()
            self._unfollow = None


def _content(draft: Draft) -> Draft:
    """Return what was typed and chosen, wherever the cursor is."""
    return Draft(texts=draft.texts, choices=draft.choices)
