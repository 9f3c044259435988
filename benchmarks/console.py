"""Times the console in a real pseudo-terminal: ``python benchmarks/console.py``.

Each program runs as a process of its own; what is timed is what its terminal gets. The baseline is a trivial
Textual application that shows a list, in the same run. A key counts as on the screen when the last byte of
the update has arrived.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from tabletop.host.session import Session

INJECTS, EVENTS = 5_000, 10_000
GOAL_KEY, GOAL_RSS = 100.0, 150.0
QUIET = 0.04
"""Seconds without output after which an update is complete; they are not counted."""

SIZES = {"80x24": (24, 80), "120x40": (40, 120), "200x60": (60, 200)}
KEYS: dict[str, tuple[bytes, ...]] = {
    "move the cursor": (b"\x1b[B", b"\x1b[B", b"\x1b[B", b"\x1b[A"),
    "page through the list": (b"\x1b[6~", b"\x1b[6~", b"\x1b[5~"),
    "release the next inject": (b"r",),
    "hold, put back": (b"h", b"h"),
    "open a form": (b"x",),
}
SHOWN = {"open a form": b"Ad hoc inject"}
"""Words without which the screen cannot be right yet, however long nothing comes."""
RESETS = {"open a form": b"\x1b"}
"""Keys pressed after each of those above, not timed: Esc waits on purpose, to tell itself from a sequence."""


# The programs that are timed --------------------------------------------------------------------


def run_trivial() -> None:
    """Show a list of a thousand lines."""
    from textual.app import App, ComposeResult  # noqa: PLC0415 - only this child pays for it
    from textual.widgets import OptionList  # noqa: PLC0415

    class Trivial(App[None]):
        def compose(self) -> ComposeResult:
            yield OptionList(*(f"line {number}" for number in range(1000)))

    Trivial().run()


def run_console(injects: int, events: int) -> None:
    """Show the console over a log in memory, with so many injects and events."""
    from tabletop.link.local import LocalLink  # noqa: PLC0415 - only this child pays for it
    from tabletop.tui.app import TabletopApp  # noqa: PLC0415

    session = make_session(injects, events)
    links = {seat: LocalLink(session, seat) for seat in ("facilitator", *session.state.script.scenario.teams)}
    TabletopApp(links, tick=session.tick, close=session.close).run()


def make_session(injects: int, events: int) -> Session:
    """An exercise under way: a quarter of its injects out and read, teams talking."""
    from tabletop.exercise import commands as c  # noqa: PLC0415 - only this child pays for it
    from tabletop.host.clock import SYSTEM_TIME  # noqa: PLC0415
    from tabletop.host.session import Session  # noqa: PLC0415
    from tabletop.store.memory import MemoryLog  # noqa: PLC0415
    from tests.builders import tiny_scenario  # noqa: PLC0415

    timeline = [
        {
            "id": f"inject-{number}",
            "code": f"I{number}",
            "at": "T+0" if number < injects // 2 else f"T+{number}",
            "inject": {
                "title": f"Report number {number} of a vessel",
                "from": "Coast guard",
                "channel": "radio",
                "to": ["tokyo", "seoul"] if number % 3 else ["washington"],
                "text": f"Vessel {number} reports lights to the south and asks for instructions. " * 3,
                "expected": "Ask the partners.",
            },
        }
        for number in range(injects)
    ]
    scenario = tiny_scenario(timeline=timeline, decisions={}, backlash=None, length="90 h")
    session = Session.begin(MemoryLog(), scenario, name="large", seed=1, time=SYSTEM_TIME)
    session.submit("facilitator", c.Startex())
    number = 0
    while session.state.seq < events:
        entry = f"inject-{number}"
        if number < injects // 4:
            session.submit("facilitator", c.Release(inject=entry))
            for team in session.state.inject(entry).to or ():
                session.submit(team, c.Read(inject=entry))
        session.submit("tokyo", c.Message(to=("seoul",), text=f"Message {number}: what do you see?"))
        session.submit("facilitator", c.Note(text=f"Note {number}"))
        number += 1
    return session


# Timing -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Terminal:
    """A program in a pseudo-terminal."""

    pid: int
    fd: int
    output: bytearray = field(default_factory=bytearray)

    def wait_for(self, words: bytes, seconds: float = 60.0) -> float:
        """Read until the words are on the screen; when that was."""
        end = time.perf_counter() + seconds
        while words not in self.output:
            if time.perf_counter() > end:
                raise SystemExit(f"nothing like {words!r} on the screen after {seconds:g} s")
            self._read(0.1)
        return time.perf_counter()

    def settle(self, quiet: float = QUIET, limit: float = 2.0, first: float = 0.5) -> float | None:
        """Read until nothing comes for a while; when the last byte came, None if none did."""
        last, end = None, time.perf_counter() + limit
        while time.perf_counter() < end and self._read(quiet if last else first):
            last = time.perf_counter()
        return last

    def press(self, key: bytes, words: bytes = b"") -> float | None:
        """Press a key; the milliseconds until the screen is right again."""
        self.output.clear()
        start = time.perf_counter()
        os.write(self.fd, key)
        found = self.wait_for(words) if words else None
        last = self.settle(first=0.5 if found is None else QUIET) or found
        return None if last is None else (last - start) * 1000

    def rss(self) -> float:
        """Resident memory in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if ready:
            self.output += os.read(self.fd, 1 << 16)
        return bool(ready)


@contextmanager
def program(arguments: Sequence[str], size: tuple[int, int]) -> Iterator[tuple[Terminal, float]]:
    """Start this file as a child with those arguments; its terminal and when it was started."""
    started = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", PYTHONHASHSEED="0")
        os.execv(sys.executable, [sys.executable, __file__, *arguments])  # noqa: S606 - itself
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    try:
        yield Terminal(pid, fd), started
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)


def first_paint(arguments: Sequence[str], words: bytes, runs: int, size: tuple[int, int]) -> list[float]:
    """Milliseconds from the start of the process to the first frame."""
    times = []
    for _ in range(runs):
        with program(arguments, size) as (terminal, started):
            times.append((terminal.wait_for(words) - started) * 1000)
    return times


def key_times(terminal: Terminal, what: str, presses: int) -> list[float]:
    """Milliseconds from each press to the screen."""
    times, keys, reset = [], KEYS[what], RESETS.get(what)
    for number in range(presses):
        took = terminal.press(keys[number % len(keys)], SHOWN.get(what, b""))
        if took is not None:
            times.append(took)
        if reset is not None:
            terminal.settle()
            terminal.press(reset)
            terminal.settle(0.15, limit=0.5)
    return times


def p99(times: Sequence[float]) -> float:
    """The time that one press in a hundred exceeds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def figures(times: Sequence[float]) -> tuple[str, str, str]:
    """Median, p99 and how many there were."""
    return f"{statistics.median(times):.1f}", f"{p99(times):.1f}", str(len(times))


def row(what: str, *cells: str) -> None:
    """One line of the table."""
    print(f"{what:<44}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


def measure(runs: int, presses: int, size_name: str) -> None:
    """Print the table."""
    size = SIZES[size_name]
    print(f"console at {size_name}; {INJECTS:,} injects and {EVENTS:,} events unless said otherwise\n")
    row("start to first paint", "median ms", "worst ms")
    trivial = first_paint(["--child", "trivial"], b"line 1", runs, size)
    row("  trivial application", f"{statistics.median(trivial):.0f}", f"{max(trivial):.0f}")
    small = first_paint(["--child", "small"], b"EXERCISE", runs, size)
    row("  console, a new exercise of 6 injects", f"{statistics.median(small):.0f}", f"{max(small):.0f}")
    print()
    row("key to screen", "p50 ms", "p99 ms", "presses")
    with program(["--child", "trivial"], size) as (terminal, _):
        terminal.wait_for(b"line 1")
        terminal.settle(0.5)
        times = key_times(terminal, "move the cursor", presses)
        row("  trivial application: move the cursor", *figures(times))
        trivial_rss = terminal.rss()
    worst = 0.0
    with program(["--child", "large"], size) as (terminal, _):
        terminal.wait_for(b"EXERCISE")
        terminal.settle(1.0)
        for what in KEYS:
            terminal.press(b".")
            times = key_times(terminal, what, presses)
            worst = max(worst, p99(times))
            row(f"  console: {what}", *figures(times))
        rss = terminal.rss()
    print()
    row("memory", "RSS MiB")
    row("  trivial application", f"{trivial_rss:.0f}")
    row("  console, host and log in memory included", f"{rss:.0f}")
    print("\ngoals:", verdict("p99", worst, GOAL_KEY, "ms"), verdict("memory", rss, GOAL_RSS, "MiB"))


def verdict(what: str, figure: float, goal: float, unit: str) -> str:
    """Whether a goal was met."""
    return f"{what} {figure:.0f} of {goal:.0f} {unit} {'met' if figure <= goal else 'MISSED'};"


def main() -> None:
    """Measure, or be one of the programs that are measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--presses", type=int, default=200)
    parser.add_argument("--size", choices=SIZES, default="200x60")
    parser.add_argument("--child", choices=["trivial", "small", "large"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child == "trivial":
        run_trivial()
    elif given.child == "small":
        run_console(6, 0)
    elif given.child == "large":
        run_console(INJECTS, EVENTS)
    else:
        measure(given.runs, given.presses, given.size)


if __name__ == "__main__":
    main()
