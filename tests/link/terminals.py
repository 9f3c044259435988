"""A program in a terminal of its own: typed at, resized, hung up, and read as it draws."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import signal
import struct
import sys
import termios
import time
from bisect import bisect_left
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tests.link.processes import CHECKOUT

CONTROL = re.compile(r"\x1b\[[0-9;?<>=$ ]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_].*?\x1b\\|\x1b.")
MOVES = re.compile(r"\x1b\[[0-9;]*[HfABCDEFG]|[\r\n]")


class Terminal:
    """`tabletop` with these words in a pseudo-terminal. Use it in a running event loop."""

    def __init__(
        self,
        words: list[str],
        home: Path,
        size: tuple[int, int] = (100, 30),
        surroundings: Mapping[str, str] | None = None,
    ) -> None:
        """`surroundings` are further environment variables."""
        home.mkdir(exist_ok=True)
        self._raw = ""
        self._drawn_at: list[tuple[float, int]] = []
        self.status: int | None = None
        environment = {
            **os.environ,
            "TABLETOP_HOME": str(home),
            "PYTHONPATH": str(CHECKOUT),
            "TERM": "xterm-256color",
            "COLUMNS": "",
            "LINES": "",
            **(surroundings or {}),
        }
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, [sys.executable, "-m", "tabletop", *words], environment)  # noqa: S606
        self.resize(size)
        os.set_blocking(self._master, False)
        os.set_inheritable(self._master, False)  # else the next terminal keeps this one open
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._master, self._read)

    def _read(self) -> None:
        try:
            chunk = os.read(self._master, 65_536)
        except BlockingIOError:
            return
        except OSError:  # the other end is gone
            chunk = b""
        if not chunk:
            self._loop.remove_reader(self._master)
            return
        self._raw += chunk.decode("utf-8", "replace")
        self._drawn_at.append((time.perf_counter(), len(self._raw)))  # noqa: TID251 - another process's time

    @property
    def mark(self) -> int:
        """Where in what was drawn the next thing begins."""
        return len(self._raw)

    @property
    def raw(self) -> str:
        """All that was drawn, with what steers the terminal."""
        return self._raw

    def text(self, since: int = 0) -> str:
        """What was drawn since a mark, without what steers the terminal; a move of the cursor is a line."""
        return _plain(self._raw[since:])

    async def until(self, *wanted: str, since: int = 0, within: float = 30) -> float:
        """Wait until all these patterns were drawn since a mark; returns when the last of them was."""
        try:
            async with asyncio.timeout(within):
                looked_at = -1
                while looked_at == self.mark or not _all(wanted, self.text(since)):
                    looked_at = self.mark
                    assert self.running, f"it ended:\n{self.text(since)[-3000:]}"
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"no {wanted!r} in:\n{self.text(since)[-3000:]}") from None
        drawn = [(when, length) for when, length in self._drawn_at if length > since]
        first = bisect_left(drawn, True, key=lambda one: _all(wanted, _plain(self._raw[since : one[1]])))
        return drawn[first][0]

    def type(self, keys: str) -> None:
        """Press these keys."""
        os.write(self._master, keys.encode())

    def resize(self, size: tuple[int, int]) -> None:
        """Make the terminal so many columns and rows."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def hang_up(self) -> None:
        """The window is closed, or the line to it is cut: the program gets SIGHUP and nothing to draw on."""
        with suppress(ValueError):
            self._loop.remove_reader(self._master)
        os.close(self._master)
        self._master = -1

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    @property
    def running(self) -> bool:
        """Whether the program has not ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is None

    async def ended(self, within: float = 15) -> int:
        """Wait until the program has ended; returns how."""
        async with asyncio.timeout(within):
            while self.running:
                await asyncio.sleep(0.01)
        assert self.status is not None
        return self.status

    def close(self) -> None:
        """End it, however it is."""
        if self.running:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.status = -signal.SIGKILL
        if self._master >= 0:
            self.hang_up()


def _plain(raw: str) -> str:
    return CONTROL.sub("", MOVES.sub("\n", raw))


def _all(patterns: tuple[str, ...], text: str) -> bool:
    return all(re.search(pattern, text) for pattern in patterns)


async def joined(terminal: Terminal, code: str, name: str) -> Terminal:
    """Answer what a verb asks that goes to a host for the first time."""
    await terminal.until("Code, from the facilitator|Facilitator's secret")
    terminal.type(f"{code}\r")
    await terminal.until("Your name")
    terminal.type(f"{name}\r")
    await terminal.until("Your office")
    terminal.type("\r")
    await terminal.until("EXERCISE EXERCISE EXERCISE")
    return terminal
