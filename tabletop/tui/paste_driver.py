"""A driver that tells keys that were pressed from text that was pasted without brackets.

Textual's drivers take the events of one read to `process_message`, one by one, and look at `exit_event`
before the next read, at least every 0.1 s. Both are public; a test on a pseudo-terminal holds them to it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.message import Message

from tabletop.tui.key_reads import KeyReads


class _ReadEnd(threading.Event):
    """Tells when a driver that is about to read again asks whether the program ends."""

    def __init__(self, ended: Callable[[], None]) -> None:
        super().__init__()
        self._ended = ended

    def is_set(self) -> bool:
        """Say whether the program ends."""
        self._ended()
        return super().is_set()


def tells_pastes(driver: type[Driver]) -> type[Driver]:
    """Return the same driver, which sends text that was pasted as one `Paste`, never as keys."""

    class PasteDriver(driver):  # type: ignore[valid-type, misc]
        """Keeps the keys of a read until all of it is there."""

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self._reads = KeyReads()
            self._reading = threading.Lock()  # when input ends, another thread asks too
            self._quiet = True
            self._tells_ends = False  # a driver that never tells when a read ends sends its keys at once
            self.exit_event = _ReadEnd(self.end_read)

        def process_message(self, message: Message) -> None:
            """Keep keys; send everything else at once."""
            if not self._tells_ends:
                super().process_message(message)
                return
            with self._reading:
                if isinstance(message, events.Key):
                    self._reads.add(message)
                    return
                self._quiet = False
                if isinstance(message, events.Paste | events.MouseDown):
                    for typed in self._reads.flush():
                        super().process_message(typed)
                super().process_message(message)

        def end_read(self) -> None:
            """Send what was typed or pasted in the read that has ended."""
            with self._reading:
                self._tells_ends = True
                for typed in self._reads.end_read(quiet=self._quiet):
                    super().process_message(typed)
                self._quiet = True

    return PasteDriver
