"""Real programs that come back: which exercise goes on, and what a host that failed leaves behind."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.events import DecisionRecorded
from tabletop.protocol.submission import Receipt
from tabletop.store.log import LogInUse
from tabletop.store.reading import read_only
from tests.link.processes import HostProgram, Program, site_at
from tests.link.terminals import Terminal, joined

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")]

FLAGSHIP = "sakishima-dawn"


class Computer:
    """A computer on which hosts are started, and killed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._started: list[Program] = []
        self._terminals: list[Terminal] = []

    def program(self, *words: str) -> Program:
        """Start a program without a terminal."""
        self._started.append(Program([*words], self.home))
        return self._started[-1]

    def host(self, *words: str) -> HostProgram:
        """Start a host without a terminal, and wait until it can be joined."""
        host = HostProgram(["host", *words, "--port", "0"], self.home)
        self._started.append(host)
        host.until("Facilitator's secret")
        return host

    def terminal(self, *words: str) -> Terminal:
        """Start a program in a terminal."""
        self._terminals.append(Terminal([*words], self.home, (120, 40)))
        return self._terminals[-1]

    def close(self) -> None:
        for program in self._started:
            if program.process.poll() is None:
                program.kill()
            assert "Traceback" not in program.text
        for terminal in self._terminals:
            terminal.close()

    def left(self) -> list[str]:
        """Logs that were begun, and what lies beside them."""
        return sorted(path.name for path in self.home.glob("logs/*"))


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    computer = Computer(tmp_path / "home")
    computer.home.mkdir()
    yield computer
    computer.close()


def test_n_resume_finds_an_exercise_outside_the_folder_after_its_host_was_killed(
    computer: Computer, tmp_path: Path
) -> None:
    log = tmp_path / "stick" / "spring.db"
    computer.host(FLAGSHIP, "--log", str(log)).kill()
    again = computer.host("--resume")
    assert "spring is open at" in again.text
    with pytest.raises(LogInUse), read_only(log):
        pass


def test_n_resume_without_a_terminal_several_exercises_are_listed_and_none_goes_on(
    computer: Computer, tmp_path: Path
) -> None:
    log = tmp_path / "my logs" / "spring.db"
    computer.host(FLAGSHIP, "--log", str(log)).kill()
    computer.host(FLAGSHIP).kill()
    before = log.read_bytes(), (computer.home / "logs" / f"{FLAGSHIP}.db").read_bytes()
    for verb in ("host", "run"):
        refused = computer.program(verb, "--resume", "--port", "7811")
        assert refused.process.wait(60) == 2
        assert "2 exercises are unfinished:" in refused.text
        assert f"  tabletop {verb} --log '{log}' --port 7811\n" in refused.text
        assert f"  tabletop {verb} --log {computer.home}/logs/{FLAGSHIP}.db --port 7811\n" in refused.text
        assert "spring · Sakishima Dawn · not finished, at T+0 after 1 event · 20" in refused.text
    assert before == (log.read_bytes(), (computer.home / "logs" / f"{FLAGSHIP}.db").read_bytes())
    named = computer.host("--resume", "--log", str(log))
    assert "spring is open at" in named.text


async def test_n_resume_at_a_terminal_a_person_says_which_exercise_a_host_is_to_serve(
    computer: Computer, tmp_path: Path
) -> None:
    log = tmp_path / "spring.db"
    computer.host(FLAGSHIP, "--log", str(log)).kill()
    computer.host(FLAGSHIP).kill()
    host = computer.terminal("host", "--resume", "--port", "0")
    await host.until("1 .*sakishima-dawn", "2 .*spring", "Which one. 1 to 2, or 0 for none")
    host.type("7\r")
    await host.until("7 is not in the range")
    host.type("2\r")
    await host.until("spring is open at", "Facilitator's secret")
    host.type("\x03")
    assert await host.ended() == 0
    assert f"tabletop host --log {log} --port 0" in host.text(), "--resume would ask again"
    none = computer.terminal("host", "--resume", "--port", "0")
    await none.until("Which one")
    none.type("0\r")
    assert await none.ended() == 2


def test_n9_resume_beside_a_host_that_has_the_log_open_says_so(computer: Computer) -> None:
    computer.host(FLAGSHIP)
    second = computer.program("host", "--resume", "--port", "0")
    assert second.process.wait(60) == 2
    assert f"another tabletop is running this exercise ({computer.home}/logs/{FLAGSHIP}.db)" in second.text
    assert "no exercise waits" not in second.text


def test_n16_a_host_that_cannot_listen_leaves_no_exercise_behind(computer: Computer) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for words in (("--port", port), ("--lan", "192.0.2.77")):
            failed = computer.program("host", FLAGSHIP, *words)
            assert failed.process.wait(60) == 2
            assert "cannot listen" in failed.text
    assert computer.left() == []
    nothing = computer.program("host", "--resume")
    assert nothing.process.wait(60) == 2
    assert "there is no unfinished exercise" in nothing.text


def test_n16_a_host_with_a_bad_certificate_or_bad_seats_leaves_no_exercise_behind(computer: Computer) -> None:
    state = computer.home / "state"
    state.mkdir()
    (state / "host-certificate.pem").write_text("no certificate")
    failed = computer.program("host", FLAGSHIP, "--lan", "192.0.2.77")
    assert failed.process.wait(60) == 2
    assert "host-certificate.pem" in failed.text
    logs = computer.home / "logs"
    logs.mkdir()
    seats = f"{FLAGSHIP}.db-seats.json"
    (logs / seats).write_text("no seats")
    failed = computer.program("host", FLAGSHIP, "--port", "0")
    assert failed.process.wait(60) == 2
    assert seats in failed.text
    assert computer.left() == [seats]


async def test_n16_a_console_that_cannot_listen_leaves_no_exercise_behind(computer: Computer) -> None:
    console = computer.terminal("run", FLAGSHIP, "--lan", "192.0.2.77")
    await console.until("cannot listen at 192.0.2.77")
    assert await console.ended() == 2
    assert computer.left() == []


async def test_n6_what_is_decided_while_the_host_is_dead_outlives_the_station_and_is_recorded_once(
    tmp_path: Path,
) -> None:
    home = tmp_path / "tokyo"
    async with site_at(tmp_path) as site:
        console = await site.join("facilitator")
        assert isinstance(await console.submit(c.Startex()), Receipt)
        assert isinstance(await console.submit(c.Release(inject="maritime-notice-email")), Receipt)
        assert isinstance(await console.submit(c.Open(decision="notice", team="tokyo")), Receipt)
        address = f"127.0.0.1:{site.port}"
        station = Terminal(["join", address], home, (110, 36))
        again = None
        try:
            await joined(station, site.host.code("tokyo"), "Tanaka")
            await station.until("The notice at sea")
            site.host.kill()
            await station.until("NO LINK TO THE HOST")
            station.type("d")
            await station.until("Choose one: press its number")
            station.type("1")
            await station.until(r"\(●\) 1")
            station.type("At once\x13")
            await station.until("Waits until play goes on")
            station.signal(signal.SIGKILL)
            assert await station.ended() == -signal.SIGKILL
            await asyncio.to_thread(site.restart)
            await asyncio.to_thread(site.host.until, "Facilitator's secret")
            again = Terminal(["join", address], home, (110, 36))
            await again.until("Your seat, or 0 for a new code")
            again.type("1\r")
            await again.until("PAUSEX", "Waits until play goes on")
            await site.until(lambda: console.live)
            assert isinstance(await console.submit(c.Resume()), Receipt)
            await again.until("Recorded: Decision T1")
        finally:
            station.close()
            if again is not None:
                again.close()
        site.host.kill()
        decided = [record.event for record in site.records() if isinstance(record.event, DecisionRecorded)]
        assert [event.rationale for event in decided] == ["At once"]
