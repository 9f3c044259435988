"""A driver that never waits for its terminal, since a host may have to serve stations in the same program.

A terminal that takes nothing in (its line is cut, its window is dragged, somebody marks text in it) would
otherwise stop the event loop, and with it the host and the game clock.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from typing import Any, Final

from textual.driver import Driver

BEHIND: Final = 200
"""Writes that may wait. A terminal that is further behind misses what follows, and is drawn anew later."""

AT_ONCE: Final = 0.001
"""Seconds after which a busy program lets the terminal be written to. Python's own 0.005 can be seen."""

LAST_WORDS: Final = 2.0
"""Seconds in which a terminal may take in what is left when the program ends."""


def patient(driver: type[Driver]) -> type[Driver]:
    """The same driver, whose writes return at once."""

    class PatientDriver(driver):  # type: ignore[valid-type, misc]
        """Hands what is to be written to a thread of its own."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self._waiting: deque[str] = deque()
            self._news = threading.Condition()
            self._missed = self._over = False
            self._feeder: threading.Thread | None = None

        def start_application_mode(self) -> None:
            """Begin to write, also again after the program was suspended."""
            self._over = False
            sys.setswitchinterval(AT_ONCE)
            self._feeder = threading.Thread(target=self._feed, daemon=True, name="terminal")
            super().start_application_mode()
            self._feeder.start()  # not before there is something that writes

        def write(self, data: str) -> None:
            """Have it written as soon as the terminal takes it."""
            with self._news:
                if len(self._waiting) >= BEHIND:
                    self._missed = True
                else:
                    self._waiting.append(data)
                    self._news.notify()

        def close(self) -> None:
            """Write what is left, unless the terminal does not take it."""
            with self._news:
                self._over = True
                self._news.notify()
            if self._feeder is not None:
                self._feeder.join(LAST_WORDS)
            if self._feeder is None or not self._feeder.is_alive():
                super().close()

        def _feed(self) -> None:
            while True:
                with self._news:
                    self._news.wait_for(lambda: self._waiting or self._over)
                    if not self._waiting:
                        return
                    data = self._waiting.popleft()
                    caught_up = self._missed and not self._waiting
                    self._missed = self._missed and not caught_up
                super().write(data)
                if caught_up and not self._over:
                    self._app.call_later(self._app.refresh, layout=True)

    return PatientDriver
