"""Real stations: `tabletop join` in pseudo-terminals, whose output is searched for expected text."""

from __future__ import annotations

import os
import pty
import selectors
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from fcntl import ioctl

KEPT = 64 * 1024
"""Bytes of a screen's latest output that are searched."""


class Screen:
    """One terminal with a station in it."""

    def __init__(self, port: int, code: str) -> None:
        self._home = tempfile.TemporaryDirectory()
        self.began = time.perf_counter()
        self.drawn: dict[str, float] = {}
        self.output = b""
        self.file, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.write(self.file, f"{code}\nName\nOffice\n".encode())  # a person would be asked for these
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tabletop", "join", f"127.0.0.1:{port}"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "TABLETOP_HOME": self._home.name},
        )
        os.close(theirs)

    def close(self) -> None:
        """Close the terminal."""
        self._process.kill()
        self._process.wait()
        os.close(self.file)
        self._home.cleanup()


class Screens:
    """Screens, read by a thread that records when each text was drawn on each."""

    def __init__(self) -> None:
        self.all: list[Screen] = []
        self._marks: list[str] = []
        self._selector = selectors.DefaultSelector()
        self._stop = False
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def open(self, port: int, code: str) -> Screen:
        """Open another screen."""
        screen = Screen(port, code)
        self.all.append(screen)
        self._selector.register(screen.file, selectors.EVENT_READ, screen)
        return screen

    def expect(self, mark: str) -> None:
        """Start searching for a word."""
        self._marks.append(mark)

    def wait(self, mark: str, within: float = 30) -> list[float]:
        """Wait for the word; return when it was drawn on each screen."""
        end = time.perf_counter() + within
        while not all(mark in screen.drawn for screen in self.all):
            if time.perf_counter() > end:
                tail = next(screen.output[-2000:] for screen in self.all if mark not in screen.drawn)
                raise TimeoutError(f"{mark} was not drawn: {tail!r}")
            time.sleep(0.005)
        return [screen.drawn[mark] for screen in self.all]

    def look_up(self) -> None:
        """Move the cursor of every station to the newest item of its list."""
        for screen in self.all:
            os.write(screen.file, b"\x1b[H")

    def close(self) -> None:
        """Close all screens."""
        self._stop = True
        self._thread.join()
        for screen in self.all:
            screen.close()

    def _watch(self) -> None:
        while not self._stop:
            for entry, _ in self._selector.select(0.05):
                self._read(entry.data)

    def _read(self, screen: Screen) -> None:
        try:
            data = os.read(screen.file, 65_536)
        except OSError:  # its program has ended
            self._selector.unregister(screen.file)
            return
        now = time.perf_counter()
        screen.output = (screen.output + data)[-KEPT:]
        for mark in self._marks:
            if mark not in screen.drawn and mark.encode() in screen.output:
                screen.drawn[mark] = now
