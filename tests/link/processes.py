"""A host in a process of its own, started, killed and started again as people do."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.exercise.events import Record
from tabletop.link.address import HostAddress
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.store.reading import read_only
from tabletop.system.clock import SYSTEM_TIME

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds after which something will not happen any more, on however busy a machine."""


@dataclass
class Program:
    """`tabletop` with these words, its input and everything it printed so far."""

    words: list[str]
    home: Path
    typed: str = ""
    wrapped_in: tuple[str, ...] = ()
    """The words of a program that starts this one."""
    surroundings: dict[str, str] = field(default_factory=dict)
    """Further environment variables."""
    process: subprocess.Popen[bytes] = field(init=False)
    out: Path = field(init=False)

    def __post_init__(self) -> None:
        self.out = self.home / f"out-{len(list(self.home.glob('out-*')))}"
        environment = {
            **os.environ,
            "TABLETOP_HOME": str(self.home),
            "PYTHONPATH": str(CHECKOUT),
            **self.surroundings,
        }
        with self.out.open("wb") as out:
            self.process = subprocess.Popen(
                [*self.wrapped_in, sys.executable, "-u", "-m", "tabletop", *self.words],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment,
            )
        assert self.process.stdin is not None
        self.process.stdin.write(self.typed.encode())
        self.process.stdin.close()

    @property
    def text(self) -> str:
        return self.out.read_text()

    def until(self, wanted: str, within: float = PATIENCE) -> str:
        """Wait until that stands in what it printed; returns all of it."""
        end = time.monotonic() + within  # noqa: TID251 - another process's time
        while wanted not in self.text:
            assert time.monotonic() < end, f"no {wanted!r} in:\n{self.text}"  # noqa: TID251
            assert self.process.poll() is None or wanted in self.text, self.text
            time.sleep(0.02)  # noqa: TID251
        return self.text

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(10)

    @property
    def command_line(self) -> bytes:
        return Path(f"/proc/{self.process.pid}/cmdline").read_bytes()


class HostProgram(Program):
    """`tabletop host`, which says what lets people in."""

    @property
    def port(self) -> int:
        return int(self.until("Facilitator's secret").split(" is open at ")[1].split()[0].rpartition(":")[2])

    def code(self, kind: str) -> str:
        lines = self.until("Facilitator's secret").splitlines()
        return next(line.split()[1] for line in lines if line.startswith(f"  {kind} "))

    @property
    def secret(self) -> str:
        return self.until("Facilitator's secret: ").split("Facilitator's secret: ")[1].split()[0]


class Site:
    """A computer with a host on it, and links to it."""

    def __init__(
        self,
        home: Path,
        *,
        log: Path | None = None,
        wrapped_in: tuple[str, ...] = (),
        surroundings: dict[str, str] | None = None,
        options: tuple[str, ...] = (),
    ) -> None:
        """`options` are further ones of `tabletop host`."""
        self.home = home
        self.options = options
        self.log = log or home / "game.db"
        self.surroundings = surroundings or {}
        new = [] if self.log.exists() else ["sakishima-dawn"]
        self.host = HostProgram(
            ["host", *new, "--log", str(self.log), "--port", "0", *options],
            home,
            wrapped_in=wrapped_in,
            surroundings=self.surroundings,
        )
        self.port = self.host.port
        self.links: list[NetworkLink] = []
        self.programs: list[Program] = [self.host]

    @property
    def address(self) -> HostAddress:
        return HostAddress("127.0.0.1", self.port, secure=False)

    def restart(self, *wrapped_in: str) -> None:
        self.host.kill()
        self.host = HostProgram(
            ["host", "--log", str(self.log), "--port", str(self.port), *self.options],
            self.home,
            wrapped_in=wrapped_in,
            surroundings=self.surroundings,
        )
        self.programs.append(self.host)

    async def redeem(self, code: str) -> str:
        link = NetworkLink(self.address, Credentials(code=code, name="Tanaka"), Outbox(), SYSTEM_TIME)
        token = (await link.open()).token
        await link.close()
        assert token is not None
        return token

    async def join(self, kind: str) -> NetworkLink:
        code = self.host.secret if kind == "facilitator" else self.host.code(kind)
        return await self.link(await self.redeem(code))

    async def link(self, token: str) -> NetworkLink:
        link = NetworkLink(self.address, Credentials(token=token), Outbox(), SYSTEM_TIME)
        await link.open()
        self.links.append(link)
        return link

    async def until(self, true: Callable[[], bool], within: float = PATIENCE) -> None:
        async with asyncio.timeout(within):
            while not true():
                await asyncio.sleep(0.01)

    def records(self) -> list[Record]:
        with read_only(self.log) as log:
            return list(log.read())

    async def pass_time(self, seconds: float) -> None:
        """Let real time pass, where that is what is tried."""
        await asyncio.sleep(seconds)

    async def close(self) -> None:
        """End everything; nobody may have printed a traceback."""
        for link in self.links:
            await link.close()
        for program in self.programs:
            if program.process.poll() is None:
                program.process.send_signal(signal.SIGCONT)
                program.kill()
            assert "Traceback" not in program.text


@asynccontextmanager
async def site_at(
    home: Path,
    *,
    log: Path | None = None,
    wrapped_in: tuple[str, ...] = (),
    surroundings: dict[str, str] | None = None,
    options: tuple[str, ...] = (),
) -> AsyncIterator[Site]:
    """A site for as long as the block lasts."""
    site = Site(home, log=log, wrapped_in=wrapped_in, surroundings=surroundings, options=options)
    try:
        yield site
    finally:
        await site.close()
