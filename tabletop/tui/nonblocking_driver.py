"""A driver that never waits for its terminal, since a host may have to serve stations in the same program.

A terminal that takes nothing in (its line is cut, its window is dragged, somebody marks text in it) would
otherwise stop the event loop, and with it the host and the game clock.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from textual.app import App
from textual.driver import Driver

BEHIND: Final = 200
"""Writes that may wait. A terminal that is further behind misses what follows, and is drawn anew later."""

AT_ONCE: Final = 0.001
"""Seconds after which a busy program lets the terminal be written to. Python's own 0.005 can be seen."""

CLEAR: Final = "\x1b[H\x1b[2J"
"""Puts the cursor in the corner and clears the screen."""

LAST_WORDS: Final = 2.0
"""Seconds in which a terminal may take in what is left when the program ends."""


class _Feeder(threading.Thread):
    """Gives the terminal what is to be written, in its order, and waits for it."""

    def __init__(self, write: Callable[[str], None], caught_up: Callable[[], object]) -> None:
        """`caught_up` is called when a terminal that missed something takes everything in again."""
        super().__init__(daemon=True, name="terminal")
        self._write, self._caught_up = write, caught_up
        self._waiting: deque[str] = deque()
        self._news = threading.Condition()
        self._missed = self._over = False

    def put(self, data: str) -> None:
        """Have it written as soon as the terminal takes it."""
        with self._news:
            if len(self._waiting) >= BEHIND:
                self._missed = True
            else:
                self._waiting.append(data)
                self._news.notify()

    def end(self) -> bool:
        """Write what is left; whether the terminal took it."""
        with self._news:
            self._over = True
            self._news.notify()
        self.join(LAST_WORDS)
        return not self.is_alive()

    def run(self) -> None:
        """Write until all is over and nothing is left."""
        while True:
            with self._news:
                self._news.wait_for(lambda: self._waiting or self._over)
                if not self._waiting:
                    return
                data = self._waiting.popleft()
                caught_up = self._missed and not self._waiting
                self._missed = self._missed and not caught_up
            self._write(data)
            if caught_up and not self._over:
                self._caught_up()


def patient(driver: type[Driver]) -> type[Driver]:
    """Return the same driver, whose writes return at once."""

    class PatientDriver(driver):  # type: ignore[valid-type, misc]
        """Has a feeder wait for the terminal in its place."""

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            self._drawn_by = app
            self._feeder = self._new_feeder()

        def _new_feeder(self) -> _Feeder:
            def draw_anew() -> None:
                self._drawn_by.call_later(self._drawn_by.refresh, layout=True)

            return _Feeder(super().write, draw_anew)

        def start_application_mode(self) -> None:
            """Begin to write, also again after the program was suspended."""
            if self._feeder.ident is not None:
                self._feeder = self._new_feeder()
            sys.setswitchinterval(AT_ONCE)
            super().start_application_mode()
            self._feeder.start()  # not before there is something that writes

        def stop_application_mode(self) -> None:
            """Clear the screen before leaving it: after a resize some terminals keep lines of it in sight."""
            self.write(CLEAR)
            super().stop_application_mode()

        def write(self, data: str) -> None:
            """Have it written as soon as the terminal takes it."""
            self._feeder.put(data)

        def close(self) -> None:
            """Write what is left, unless the terminal does not take it."""
            if self._feeder.ident is None or self._feeder.end():
                super().close()

    return PatientDriver
