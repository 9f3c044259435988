"""Keys act one at a time, each where the one before it left the focus.

Textual hands a key to the widget that has the focus, as a message, and meanwhile takes the next one. Typed
faster than the screen follows, a number goes to the list and the words after it too, although the number
moves the focus to a text; keys with priority overtake both; and what is typed while a dialog opens is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from textual import events
from textual.app import App, ScreenStackError
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tabletop.tui.kit.keyboard import Keyboard

T = TypeVar("T")

_ROUNDS: Final = 3
"""A key brings about a message, which brings about another, which moves the focus. None does more."""

_LIMIT: Final = 1.0
"""Seconds after which the next key goes on whatever became of the last one: STOP PLAY waits for no widget."""

_AT_ONCE: Final = frozenset({"escape", "ctrl+e"})
"""Keys that wait for no answer of a host: to leave, and to stop play."""


class KeysInOrder(Keyboard[T]):
    """A program that keeps what is typed until it has done what was typed before."""

    class Followed(Message):
        """Goes the way of a key, behind it and what it brought about, up to the program."""

        def __init__(self, start: Widget, rounds: int) -> None:
            super().__init__()
            self.start, self.rounds = start, rounds

    _following: Followed | None = None
    _limit: Timer | None = None
    _waits = 0
    """How many answers are waited for that decide on which screen the next key acts."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key | events.Paste] = deque()

    async def on_event(self, event: events.Event) -> None:
        """Keep keys and pasted text in the order they came."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded or self._at_once(event):
            await super().on_event(event)
        elif self._following is not None or self._waits:
            self._typed.append(event)
            if self._limit is None:
                self._limit = self.set_timer(_LIMIT, self._next)
            if self._following is not None and not self._stands(self._following.start):
                self._arrive()
        else:
            await self._take(event)

    def _at_once(self, event: events.Event) -> bool:
        return self._waits > 0 and isinstance(event, events.Key) and event.key in _AT_ONCE

    async def _take(self, event: events.Key | events.Paste) -> None:
        top = self._top
        start = None if top is None else self.focused or top
        await super().on_event(event)
        if start is not None:
            self._follow(start, _ROUNDS)

    @property
    def _top(self) -> Screen[object] | None:
        """The screen on which the next key acts; none while the program starts and ends."""
        screens = self._screens
        return screens[-1] if screens else None

    @property
    def _screens(self) -> list[Screen[object]]:
        """The screens of the present mode, the lowest first; none while the program starts and ends."""
        try:
            return self.screen_stack
        except (KeyError, ScreenStackError):
            return []

    def _follow(self, start: Widget, rounds: int) -> None:
        """Send word after a key. A screen answers once it has all its parts, and a first focus."""
        self._following = self.Followed(start, rounds)
        if not self._stands(start) or not start.post_message(self._following):
            self._arrive()

    def _stands(self, widget: Widget) -> bool:
        """Whether it is on a screen that is open: messages on their way through a closed one are lost."""
        return widget.is_attached and any(screen in widget.ancestors_with_self for screen in self._screens)

    def _arrive(self) -> None:
        """Wait for the screen on which the next key will act."""
        top = self._top
        if top is not None:
            self._following = self.Followed(top, 1)
            top.post_message(self._following)

    def pop_screen(self) -> AwaitComplete:
        """Close a screen; word that was on its way through it will not come."""
        closed, following = self._top, self._following
        closing = super().pop_screen()
        if following is not None and closed in following.start.ancestors_with_self:
            self._arrive()
        return closing

    async def on_keys_in_order_followed(self, message: Followed) -> None:
        """All that a key brought about in one round has been done."""
        message.stop()
        if message is not self._following:
            return
        if message.rounds > 1:
            self._follow(message.start, message.rounds - 1)
        elif self._top is not None and self._top not in message.start.ancestors_with_self:
            self._arrive()
        elif self._waits:
            self._following = None
        else:
            await self._next()

    async def _next(self) -> None:
        if self._limit is not None:
            self._limit.stop()
            self._limit = None
        self._following = None
        while self._typed and self._following is None:
            await self._take(self._typed.popleft())
        if self._typed:
            self._limit = self.set_timer(_LIMIT, self._next)

    def begin_wait(self) -> None:
        """Keep what is typed, except what acts at once."""
        self._waits += 1

    def end_wait(self) -> None:
        """Let it act on the screen that is on top by now."""
        self._waits -= 1
        if not self._waits and self._following is None:
            self._arrive()


@contextmanager
def keys_wait(app: App[T]) -> Iterator[None]:
    """Keep what is typed until an answer is there and a form has closed, but not for long.

    What is typed behind Ctrl+S is meant for the screen below, not for the form that is about to close.
    """
    if not isinstance(app, KeysInOrder):
        yield
        return
    app.begin_wait()
    try:
        yield
    finally:
        app.end_wait()
