"""STOP PLAY and PAUSEX: from the key to the words on every screen, each in a terminal of its own.

    python benchmarks/stop.py [ROUNDS]

A host, a console and three stations are separate programs on loopback, drawn in pseudo-terminals of 100 x 30.
The time runs from the key's byte to the bytes that hold the words, so that everything between is in it: the
console, the host's fsync, the network and the station's drawing. The floor is the same key's echo at the
console alone, in the same run. Milliseconds, p50 / worst.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the terminals are those of the tests

from tests.link.processes import HostProgram
from tests.link.terminals import Terminal, joined

ROUNDS = 10
TEAMS = ("washington", "tokyo", "seoul")
CTRL_E = "\x05"


async def timed(keys: str, console: Terminal, screens: list[Terminal], *words: str) -> list[float]:
    """Press a key and wait for the text on every screen; return the milliseconds for each."""
    marks = [screen.mark for screen in screens]
    began = time.perf_counter()
    console.type(keys)
    shown = [screen.until(*words, since=mark) for screen, mark in zip(screens, marks, strict=True)]
    return [(when - began) * 1000 for when in await asyncio.gather(*shown)]


async def measure(home: Path, rounds: int) -> dict[str, list[float]]:
    """Run a warm-up, then the measured rounds."""
    host = HostProgram(["host", "sakishima-dawn", "--log", str(home / "game.db"), "--port", "0"], home)
    place = f"127.0.0.1:{host.port}"
    console = Terminal(["console", place], home / "console")
    stations = [Terminal(["join", place], home / team) for team in TEAMS]
    found: dict[str, list[float]] = {"console's own echo": [], "PAUSEX": [], "REAL-WORLD EMERGENCY": []}
    try:
        await joined(console, host.secret, "Sato")
        for station, team in zip(stations, TEAMS, strict=True):
            await joined(station, host.code(team), team)
        await timed("s", console, stations, r"T\+\d+:(0[1-9]|[1-5]\d)")
        for _ in range(rounds):
            found["PAUSEX"] += await timed("p", console, stations, "PAUSEX")
            await timed("p", console, [console], "RUNNING")
            await asyncio.sleep(0.5)
            found["console's own echo"] += await timed(CTRL_E, console, [console], "STOP PLAY")
            found["REAL-WORLD EMERGENCY"] += await timed(CTRL_E, console, stations, "REAL-WORLD EMERGENCY")
            await timed(CTRL_E, console, [console], "it is over")
            await timed(CTRL_E, console, stations, "PAUSEX")
            await timed("p", console, [console], "RUNNING")
            await asyncio.sleep(0.5)
    finally:
        for terminal in (console, *stations):
            terminal.close()
        host.kill()
    return found


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as home:
        found = asyncio.run(measure(Path(home), rounds))
    print("| key to shown | screens x rounds | p50 | worst |")
    print("|---|---|---|---|")
    for name, times in found.items():
        print(f"| {name} | {len(times)} | {median(times):.0f} | {max(times):.0f} |")


if __name__ == "__main__":
    main()
