"""A window with what was attached to an inject: the picture, what it shows in words, and a key to open it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from tabletop.errors import InputError
from tabletop.exercise.events import Attached
from tabletop.system.viewer import open_outside, save_copy
from tabletop.tui.kit.pictures import decode, picture
from tabletop.tui.kit.window import Window, keys_line
from tabletop.tui.kit.words import Words

Fetch = Callable[[str], Awaitable[bytes | None]]
"""Brings an attached file by its name; None if it does not arrive."""


class AttachmentWindow(Window[None]):
    """Shows attachments, one at a time."""

    DEFAULT_CSS = """
    AttachmentWindow {
        & > .window { max-width: 120; }
        & #picture { height: auto; max-height: 60vh; width: 100%; }
        & #picture > * { width: auto; max-width: 100%; height: auto; max-height: 60vh; }
        & #alt { height: auto; max-height: 20vh; }
        & #said { height: auto; padding-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open", "Open", id="attachment.open"),
        Binding("right,n", "turn(1)", "Next", show=False, id="attachment.next"),
        Binding("left,p", "turn(-1)", "Previous", show=False, id="attachment.previous"),
        Binding("enter", "leave", "Back", show=False, id="attachment.close"),
    ]

    def __init__(self, title: str, attachments: Sequence[Attached], fetch: Fetch) -> None:
        super().__init__(title)
        self._attachments = tuple(attachments)
        self._fetch = fetch
        self._at = 0

    def inside(self) -> Iterable[Widget]:
        """Yield the picture, its description, and what became of opening it."""
        yield Container(id="picture")
        yield Words(id="alt")
        yield Words(id="said")

    def keys(self) -> Content:
        """Return the keys that work here."""
        several = (("← →", "previous, next"),) if len(self._attachments) > 1 else ()
        return keys_line(("O", "open in a viewer"), *several, ("Esc", "back"))

    def on_mount(self) -> None:
        """Show the first one."""
        self._show()

    def action_turn(self, step: int) -> None:
        """Show the next or the previous one."""
        if len(self._attachments) > 1:
            self._at = (self._at + step) % len(self._attachments)
            self._show()

    @property
    def _current(self) -> Attached:
        return self._attachments[self._at]

    def _say(self, text: str, tone: str = "dim") -> None:
        self.query_one("#said", Words).show_parts(
            [(text, "warn" if tone == "warn" else "dim")] if text else []
        )

    @work(exclusive=True, group="attachment")
    async def _show(self) -> None:
        """Describe it at once, and draw it as soon as it has come."""
        shown, count = self._current, len(self._attachments)
        place = f" ({self._at + 1} of {count})" if count > 1 else ""
        self.query_one("#alt", Words).show_parts([(f"{shown.file}{place}: ", "strong"), (shown.alt, "plain")])
        frame = self.query_one("#picture", Container)
        await frame.remove_children()
        self._say("It is being sent…")
        content = await self._fetch(shown.file)
        if content is None:
            self._say("It has not arrived. Close this window and open it again.", "warn")
            return
        image = await asyncio.to_thread(decode, shown.media, content)
        drawn = picture(image) if image is not None else None
        if drawn is not None:
            await frame.mount(drawn)
        self._say("" if drawn is not None else "This terminal cannot draw it: O opens it in a viewer.")

    @work(exclusive=True, group="attachment-open")
    async def action_open(self) -> None:
        """Open it in the system's viewer; where there is none, say where a copy lies."""
        shown = self._current
        content = await self._fetch(shown.file)
        if content is None:
            self._say("It has not arrived. Try again in a moment.", "warn")
            return
        try:
            path = save_copy(shown.file, shown.media, content)
        except InputError as error:
            self._say(error.message, "warn")
            return
        opened = open_outside(path)
        self._say(f"Opened: {path}" if opened else f"There is no viewer here. A copy is in {path}")
