"""A program in a terminal of its own, waited for in an event loop: what was drawn since some moment."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path

from tests.link.processes import CHECKOUT
from tests.terminal import terminal as pseudo

CONTROL = re.compile(r"\x1b\[[0-9;?<>=$ ]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_].*?\x1b\\|\x1b.")
MOVES = re.compile(r"\x1b\[[0-9;]*[HfABCDEFG]|[\r\n]")


class Terminal:
    """`tabletop` with these words in a pseudo-terminal."""

    def __init__(
        self,
        words: list[str],
        home: Path,
        size: tuple[int, int] = (100, 30),
        surroundings: Mapping[str, str] | None = None,
    ) -> None:
        """`surroundings` are further environment variables."""
        home.mkdir(exist_ok=True)
        environment = {"TABLETOP_HOME": str(home), "PYTHONPATH": str(CHECKOUT), **(surroundings or {})}
        command = [sys.executable, "-m", "tabletop", *words]
        self._terminal = pseudo.Terminal(command, size=size, environment=environment)
        self.type = self._terminal.type
        self.resize = self._terminal.set_size
        self.hold = self._terminal.stall
        self.let_go = self._terminal.go_on
        self.hang_up = self._terminal.hang_up
        self.close = self._terminal.close

    @property
    def raw(self) -> str:
        """All that was drawn, with what steers the terminal."""
        return self._terminal.output.decode("utf-8", "replace")

    @property
    def mark(self) -> int:
        """Where in what was drawn the next thing begins."""
        return len(self._terminal.output)

    def text(self, since: int = 0) -> str:
        """What was drawn since a mark, without what steers the terminal; a move of the cursor is a line."""
        return _plain(self._terminal.output[since:])

    async def until(self, *wanted: str, since: int = 0, within: float = pseudo.PATIENCE) -> float:
        """Wait until all these patterns were drawn since a mark; returns when the last of them was."""

        def drawn() -> bool:
            return _all(wanted, self.text(since))

        shown = await asyncio.to_thread(self._terminal.wait, drawn, within)
        assert shown, f"no {wanted!r} in:\n{self.text(since)[-3000:]}"
        output = self._terminal.output
        lengths = range(since, len(output) + 1)
        first = bisect_left(lengths, True, key=lambda end: _all(wanted, _plain(output[since:end])))
        return self._terminal.written_at(lengths[first])

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._terminal.process.send_signal(number)

    @property
    def running(self) -> bool:
        """Whether the program has not ended."""
        return self._terminal.process.poll() is None

    async def ended(self, within: float = pseudo.PATIENCE) -> int:
        """Wait until the program has ended; returns how."""
        return await asyncio.to_thread(self._terminal.exit_status, within)


def _plain(output: bytes) -> str:
    return CONTROL.sub("", MOVES.sub("\n", output.decode("utf-8", "replace")))


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
