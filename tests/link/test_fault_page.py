"""A fault of the program, as people meet it: one page in words, and a command that goes on from there."""

from __future__ import annotations

import asyncio
import re
import shlex
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise.events import PlayPaused
from tabletop.scenario.gametime import format_time
from tabletop.store.reading import read_only
from tests.link.processes import CHECKOUT, HostProgram, Program, Site
from tests.link.terminals import Terminal, joined

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")]

RUNNING = r"T\+\d+:(0[1-9]|[1-5]\d)"
"""The clock, after STARTEX."""

FAULT = "tabletop has failed with an internal error and"
PAGE_LINES = 12


def failing_at(place: str, **more: str) -> dict[str, str]:
    """Return what a program has to find around it to fail there."""
    faulty = Path(__file__).parent / "faulty"
    return {"TABLETOP_TEST_FAULT": place, "PYTHONPATH": f"{faulty}:{CHECKOUT}", **more}


async def page_of(terminal: Terminal, since: int = 0) -> str:
    """Wait until the program has ended with a fault; return the page it leaves on the terminal."""
    assert await terminal.ended(30) == 70
    async with asyncio.timeout(10):
        while "  /" not in terminal.text(since).partition("Please report")[2]:
            await asyncio.sleep(0.005)
    text = terminal.text(since)
    assert "Traceback" not in text
    assert "locals" not in text
    assert "KeyError" not in text
    assert text.count(FAULT) == 1
    page = text[text.index(FAULT) :].replace("\n\n", "\n")  # \r\n ends two lines of what was drawn
    assert page.count("\n") <= PAGE_LINES
    assert all(len(line) <= 80 for line in page.splitlines() if not line.startswith("  "))
    return page


def command_in(page: str) -> list[str]:
    """Return the words of the command that goes on, without the program's name."""
    [command] = re.findall(r"^  (tabletop .*)$", page, re.MULTILINE)
    return shlex.split(command)[1:]


def details_in(page: str, home: Path) -> str:
    """Return what the file with the details holds, which nobody else can read."""
    file = Path(re.findall(r"^  (/.*)$", page, re.MULTILINE)[-1])
    assert file.parent == home / "faults"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    details = file.read_text()
    assert details.startswith("tabletop ")
    assert "Traceback (most recent call last)" in details
    assert "in fail" in details
    assert "KeyError: 'nothing known of [secret]'" in details
    return details


class Desk:
    """Terminals on one computer, which are closed at the end."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.terminals: list[Terminal] = []

    def open(self, *words: str, place: str = "", home: Path | None = None, **more: str) -> Terminal:
        """Open a terminal with the program, which fails at that place."""
        around = failing_at(place, **more)
        terminal = Terminal(list(words), home or self.home, surroundings=around)
        self.terminals.append(terminal)
        return terminal


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "home")
    yield desk
    for terminal in desk.terminals:
        terminal.close()


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    site = Site(tmp_path)
    try:
        yield site
    finally:
        await site.close()


async def test_w5_run_ends_with_a_page_whose_command_goes_on_at_the_same_second(desk: Desk) -> None:
    console = desk.open("run", "sakishima-dawn", "--port", "0", place="key")
    await console.until("All is ready")
    console.type("s")
    await console.until(RUNNING)
    mark = console.mark
    console.type("^")
    page = await page_of(console, mark)
    log = desk.home / "logs" / "sakishima-dawn.db"
    assert f"Everything that was recorded is safe in the log:\n  {log}\n" in page
    assert "able-acid-also-area" not in details_in(page, desk.home)
    with read_only(log) as read:
        left = list(read.read())
    assert main(["verify", str(log)]) == 0

    again = desk.open(*command_in(page))
    await again.until(re.escape(format_time(left[-1].at)), "Play is paused|was started again|PAUSEX")
    mark = again.mark
    again.type("q")
    await again.until("Leave", since=mark)
    again.type("y")
    assert await again.ended() == 0
    with read_only(log) as read:
        now = list(read.read())
    assert now[: len(left)] == left
    assert isinstance(now[len(left)].event, PlayPaused)
    assert now[len(left)].at == left[-1].at
    assert main(["verify", str(log)]) == 0


async def test_w5_join_ends_with_a_page_whose_command_takes_the_same_seat(site: Site, desk: Desk) -> None:
    """Two stations of one computer: the page says which of the seats it was."""
    address, code = f"127.0.0.1:{site.port}", site.host.code("tokyo")
    seoul = await joined(desk.open("join", address), site.host.code("seoul"), "Kim")
    tokyo = desk.open("join", address, place="key", TABLETOP_TEST_SECRET=code)
    await tokyo.until("Your seat, or 0 for a new code")
    tokyo.type("0\r")
    await joined(tokyo, code, "Tanaka")
    mark = tokyo.mark
    tokyo.type("^")
    page = await page_of(tokyo, mark)
    assert "The exercise goes on at its host, where everything that was recorded is safe." in page
    assert "It asks for your seat: type 2 and press Enter." in page
    assert command_in(page) == ["join", address]
    assert code not in details_in(page, desk.home)
    again = desk.open(*command_in(page))
    await again.until("2 .*tokyo.*Tanaka", "Your seat, or 0 for a new code")
    mark = again.mark
    again.type("2\r")
    await again.until("EXERCISE EXERCISE EXERCISE", "Waiting for STARTEX", since=mark)
    assert seoul.running
    assert site.host.process.poll() is None


@pytest.mark.parametrize(
    ("verb", "kind"), [("console", "facilitator"), ("watch", "evaluator"), ("wall", "wall")]
)
async def test_w5_every_other_seat_ends_with_a_page_too(verb: str, kind: str, site: Site, desk: Desk) -> None:
    address = f"127.0.0.1:{site.port}"
    code = site.host.secret if kind == "facilitator" else site.host.code(kind)
    terminal = desk.open(verb, address, place="key", TABLETOP_TEST_SECRET=code)
    if kind == "wall":
        await terminal.until("Code, from the facilitator")
        terminal.type(f"{code}\r")
        await terminal.until("EXERCISE EXERCISE EXERCISE")
    else:
        await joined(terminal, code, "Sato")
    mark = terminal.mark
    terminal.type("^")
    page = await page_of(terminal, mark)
    assert command_in(page) == [verb, address]
    assert code not in page + details_in(page, desk.home)
    again = desk.open(*command_in(page))
    await again.until("Your seat, or 0 for a new code")
    mark = again.mark
    again.type("1\r")
    await again.until("EXERCISE EXERCISE EXERCISE", since=mark)


async def test_w5_a_demonstration_ends_with_a_page_and_the_command_that_plays_it_again(desk: Desk) -> None:
    demo = desk.open("demo", "silent", "--speed", "30", place="key")
    await demo.until("EXERCISE EXERCISE EXERCISE")
    mark = demo.mark
    demo.type("^")
    page = await page_of(demo, mark)
    assert "A demonstration is not saved, so nothing is lost." in page
    assert command_in(page) == ["demo", "silent", "--speed", "30"]


async def test_w5_the_page_is_seen_although_the_thread_that_draws_has_died(desk: Desk) -> None:
    """It leaves the screen for full-screen programs open, on which a page would vanish."""
    console = desk.open("run", "sakishima-dawn", "--port", "0", place="writing to the terminal")
    details_in(await page_of(console), desk.home)
    drawn = console.raw
    assert "\x1b[?1049h" in drawn
    assert drawn.index("\x1b[?1049l") < drawn.index(FAULT)


@pytest.mark.parametrize("place", ["making the screen", "serving"])
async def test_w5_a_fault_beside_the_screen_ends_with_the_same_page(place: str, desk: Desk) -> None:
    words = ("--lan", "127.0.0.1", "--port", "0")
    console = desk.open("run", "sakishima-dawn", *words, place=place)
    page = await page_of(console)
    assert "Terminals that joined come back by themselves." in page
    details_in(page, desk.home)
    assert command_in(page) == ["run", "--resume", *words]


def test_w5_a_host_that_cannot_serve_ends_with_a_page(tmp_path: Path) -> None:
    host = Program(["host", "sakishima-dawn", "--port", "0"], tmp_path, surroundings=failing_at("serving"))
    assert host.process.wait(60) == 70
    assert f"{FAULT} stopped." in host.text
    assert "Traceback" not in host.text
    page = host.text[host.text.index(FAULT) :]
    details_in(page, tmp_path)
    assert command_in(page) == ["host", "--resume", "--port", "0"]
    again = HostProgram(command_in(page), tmp_path)
    again.until("Facilitator's secret")
    again.kill()


async def test_w5_a_fault_in_the_background_of_a_host_is_told_and_ends_nothing(desk: Desk) -> None:
    host = desk.open("host", "sakishima-dawn", "--port", "0", place="what is typed at the host")
    await host.until("Facilitator's secret", "Type: codes")
    mark = host.mark
    host.type("seats\r")
    await host.until("This is a fault in tabletop, not in what you did: KeyError: ", since=mark)
    assert "Traceback" not in host.text(mark)
    assert host.running
    host.type("\x03")
    assert await host.ended() == 0
