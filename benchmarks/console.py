"""Time the console in a pseudo-terminal: ``python benchmarks/console.py``.

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
    from tabletop.system.clock import TimeSource

LOADS = {40: 200, 300: 2_000, 1_000: 5_000, 5_000: 10_000}
"""Injects, and events in the log. The largest real MSEL known has 239 rows."""

GOAL_KEY, GOAL_FORM, GOAL_STATION, GOAL_RSS, GOAL_PAINT, GOAL_GROWTH = 60.0, 150.0, 400.0, 160.0, 2.5, 1.05
HOURS, WINDOWS = 8, 40
"""Simulated hours of the long run, and windows opened and closed in each."""

QUIET = 0.04
"""Seconds without output after which an update is complete; they are not counted."""

SIZES = {"80x24": (24, 80), "120x40": (40, 120), "200x60": (60, 200)}


@dataclass(frozen=True, slots=True)
class Task:
    """A repeated user action: its keys, and the text that shows that the screen is complete."""

    keys: tuple[bytes, ...]
    goal: float
    shown: bytes = b""
    """Text without which the screen is not complete."""
    uses_up: bool = False
    """Whether each press uses up a due inject; a fifth of all injects are reserved for that."""
    reset: bytes = b""
    """Pressed after each key, not timed: Esc is delayed to tell it from an escape sequence."""


MOVE = Task((b"\x1b[B", b"\x1b[B", b"\x1b[B", b"\x1b[A"), GOAL_KEY)
CONSOLE = {
    "move the cursor": MOVE,
    "page through the list": Task((b"\x1b[6~", b"\x1b[6~", b"\x1b[5~"), GOAL_KEY),
    "release the next inject": Task((b"r",), GOAL_KEY, uses_up=True),
    "hold, put back": Task((b"h", b"h"), GOAL_KEY),
    "open a form": Task((b"x",), GOAL_FORM, b"Ad hoc inject", reset=b"\x1b"),
    "read an inject": Task((b"\r",), GOAL_FORM, reset=b"\x1b"),
}
STATION = {"open a form at a station": Task((b"m", b"c"), GOAL_FORM, b"Ctrl+S", reset=b"\x1b")}
STATIONS = (b"\x1bOQ", b"\x1bOR", b"\x1bOS")
"""F2 to F4."""


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
    from tabletop.host.local_link import LocalLink  # noqa: PLC0415
    from tabletop.system.clock import SYSTEM_TIME  # noqa: PLC0415 - only this child pays for it
    from tabletop.tui.app import TabletopApp  # noqa: PLC0415

    session = make_session(injects, events, SYSTEM_TIME)
    links = {seat: LocalLink(session, seat) for seat in ("facilitator", *session.state.script.scenario.teams)}
    TabletopApp(links, tick=session.tick, close=session.close).run()


def run_hours() -> None:
    """Show the console over an exercise in which a minute passes ten times a second."""
    from tabletop.host.local_link import LocalLink  # noqa: PLC0415
    from tabletop.system.clock import VirtualTime  # noqa: PLC0415 - only this child pays for it
    from tabletop.tui.app import TabletopApp  # noqa: PLC0415

    virtual = VirtualTime()
    session = make_session(40, 200, virtual.source())
    links = {seat: LocalLink(session, seat) for seat in ("facilitator", *session.state.script.scenario.teams)}

    def tick() -> None:
        virtual.seconds += 4  # TabletopApp calls this four times a second
        for _ in range(4):
            virtual.seconds += 3
            session.tick()

    TabletopApp(links, tick=tick, close=session.close).run()


def make_session(injects: int, events: int, source: TimeSource) -> Session:
    """Create an exercise in progress: a quarter of its injects released and read, teams communicating."""
    from tabletop.exercise import commands as c  # noqa: PLC0415 - only this child pays for it
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
    session = Session.begin(MemoryLog(), scenario, name="large", seed=1, time=source)
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
        """Read until the words are on the screen; return the time."""
        end = time.perf_counter() + seconds
        while words not in self.output:
            if time.perf_counter() > end:
                raise SystemExit(f"nothing like {words!r} on the screen after {seconds:g} s")
            self._read(0.1)
        return time.perf_counter()

    def settle(self, quiet: float = QUIET, limit: float = 2.0, first: float = 0.5) -> float | None:
        """Read until there is no output for a while; return the time of the last byte, or None."""
        last, end = None, time.perf_counter() + limit
        while time.perf_counter() < end and self._read(quiet if last else first):
            last = time.perf_counter()
        return last

    def press(self, key: bytes, words: bytes = b"") -> float | None:
        """Press a key; return the milliseconds until the screen is complete again."""
        self.output.clear()
        start = time.perf_counter()
        os.write(self.fd, key)
        found = self.wait_for(words) if words else None
        last = self.settle(first=0.5 if found is None else QUIET) or found
        return None if last is None else (last - start) * 1000

    def rss(self) -> float:
        """Return the resident memory in MiB."""
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
    """Start this file as a child process; return its terminal and the start time."""
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
    """Measure the milliseconds from the start of the process to the first frame."""
    times = []
    for _ in range(runs):
        with program(arguments, size) as (terminal, started):
            times.append((terminal.wait_for(words) - started) * 1000)
    return times


def task_times(terminal: Terminal, task: Task, presses: int) -> list[float]:
    """Measure the milliseconds from each key press to the screen."""
    times = []
    for number in range(presses):
        took = terminal.press(task.keys[number % len(task.keys)], task.shown)
        if took is not None:
            times.append(took)
        if task.reset:
            terminal.settle()
            terminal.press(task.reset)
            terminal.settle(0.15, limit=0.5)
    return times


def station_times(terminal: Terminal, presses: int) -> tuple[list[float], list[float]]:
    """Measure the milliseconds until each team's station, and its forms, are first shown."""
    first, forms = [], []
    task = STATION["open a form at a station"]
    for key in STATIONS:
        terminal.press(key, b"Hand the keyboard")
        took = terminal.press(b"\r", b"Inbox")
        if took is not None:
            first.append(took)
        terminal.settle(0.2)
        forms += task_times(terminal, task, max(1, presses // len(STATIONS)))
    terminal.press(b"\x1bOP", b"Hand the keyboard")
    terminal.press(b"\r", b"MSEL")
    return first, forms


# Tables -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Report:
    """Prints rows, and remembers which goals were missed."""

    missed: list[str] = field(default_factory=list)

    def row(self, what: str, *cells: str) -> None:
        """Print a row of the table."""
        print(f"{what:<46}" + "".join(f"{cell:>12}" for cell in cells), flush=True)

    def times(self, what: str, times: Sequence[float], goal: float | None = None) -> None:
        """Print a row with median, p99 and count."""
        worst = p99(times)
        cells = (f"{statistics.median(times):.1f}", f"{worst:.1f}", str(len(times)))
        self.row(f"  {what}", *cells, *self.verdict(what, worst, goal))

    def verdict(self, what: str, figure: float, goal: float | None) -> tuple[str, ...]:
        """Return the mark for a goal, and remember a missed one."""
        if goal is None:
            return ()
        if figure > goal:
            self.missed.append(f"{what}: {figure:.4g} of {goal:g}")
        return (f"goal {goal:g}", "met" if figure <= goal else "MISSED")


def p99(times: Sequence[float]) -> float:
    """Return the 99th percentile."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def measure_paint(report: Report, runs: int, size: tuple[int, int]) -> None:
    """Measure the time to the first frame, next to that of a trivial program."""
    report.row("start to first paint", "median ms", "worst ms")
    trivial, small = [], []
    for _ in range(runs):  # in turn, so that both meet the same machine
        trivial += first_paint(["--child", "trivial"], b"line 1", 1, size)
        small += first_paint(["--child", "console", "--injects", "6", "--events", "0"], b"EXERCISE", 1, size)
    report.row("  trivial application", f"{statistics.median(trivial):.0f}", f"{max(trivial):.0f}")
    report.row(
        "  console, a new exercise of 6 injects", f"{statistics.median(small):.0f}", f"{max(small):.0f}"
    )
    ratio = statistics.median(small) / statistics.median(trivial)
    report.row("  ratio", f"{ratio:.2f}", *report.verdict("first paint", ratio, GOAL_PAINT))


def measure_keys(report: Report, presses: int, size: tuple[int, int]) -> None:
    """Time keys at each load, and measure the memory at the largest."""
    rss = 0.0
    for injects, events in LOADS.items():
        print()
        report.row(f"key to screen, {injects:,} injects, {events:,} events", "p50 ms", "p99 ms", "presses")
        with program(["--child", "trivial"], size) as (terminal, _):
            terminal.wait_for(b"line 1")
            terminal.settle(0.5)
            report.times("trivial application: move the cursor", task_times(terminal, MOVE, presses))
        load = ["--child", "console", "--injects", str(injects), "--events", str(events)]
        with program(load, size) as (terminal, _):
            terminal.wait_for(b"EXERCISE")
            terminal.settle(1.0)
            for what, task in CONSOLE.items():
                terminal.press(b".")
                count = min(presses, injects // 5) if task.uses_up else presses
                report.times(f"console: {what}", task_times(terminal, task, count), task.goal)
            first, forms = station_times(terminal, presses)
            report.times("open a form at a station", forms, GOAL_FORM)
            report.times("open a station for the first time", first, GOAL_STATION)
            rss = terminal.rss()
    print()
    report.row("memory", "RSS MiB")
    what = "console, host and log in memory, largest load"
    report.row(f"  {what}", f"{rss:.0f}", *report.verdict(what, rss, GOAL_RSS))


def measure_hours(report: Report, size: tuple[int, int]) -> None:
    """Open and close windows over a long simulated day, measuring the memory each hour."""
    print()
    report.row(f"{HOURS} simulated hours, {WINDOWS} windows an hour", "RSS MiB")
    windows = [(b"x", b"Ad hoc"), (b"n", b"Note"), (b"\r", b"Esc"), (b"?", b"Keys"), (b"m", b"Message")]
    hourly: list[float] = []
    with program(["--child", "hours"], size) as (terminal, _):
        terminal.wait_for(b"EXERCISE")
        terminal.settle(1.0)
        for hour in range(1, HOURS + 1):
            for number in range(WINDOWS):
                key, words = windows[number % len(windows)]
                terminal.press(key, words)
                terminal.press(b"\x1b")
                terminal.settle(0.15, limit=0.5)
            hourly.append(terminal.rss())
            report.row(f"  after hour {hour}", f"{hourly[-1]:.0f}")
    growth = hourly[-1] / hourly[0]
    report.row(
        "  last hour ÷ first", f"{growth:.3f}", *report.verdict("memory over a day", growth, GOAL_GROWTH)
    )


def main() -> None:
    """Measure, or run one of the measured programs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--presses", type=int, default=200)
    parser.add_argument("--size", choices=SIZES, default="200x60")
    parser.add_argument("--only", choices=["paint", "keys", "hours"], help="measure one part alone")
    parser.add_argument("--child", choices=["trivial", "console", "hours"], help=argparse.SUPPRESS)
    parser.add_argument("--injects", type=int, default=6, help=argparse.SUPPRESS)
    parser.add_argument("--events", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child == "trivial":
        run_trivial()
    elif given.child == "console":
        run_console(given.injects, given.events)
    elif given.child == "hours":
        run_hours()
    else:
        report, size = Report(), SIZES[given.size]
        print(f"console at {given.size}\n")
        if given.only in (None, "paint"):
            measure_paint(report, given.runs, size)
        if given.only in (None, "keys"):
            measure_keys(report, given.presses, size)
        if given.only in (None, "hours"):
            measure_hours(report, size)
        print("\ngoals missed:", *(f"\n  {line}" for line in report.missed or ["none"]))


if __name__ == "__main__":
    main()
