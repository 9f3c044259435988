"""How a host ends and how it does not: told to by SIGTERM, with nobody reading, with few descriptors."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import resource
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise import commands as c
from tabletop.link.address import HostAddress
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.protocol.submission import Receipt
from tabletop.system.clock import SYSTEM_TIME
from tests.link.processes import CHECKOUT, PATIENCE, site_at
from tests.link.test_run_lan import Laptop

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals and descriptors")]


async def test_sigterm_the_host_says_goodbye_closes_its_log_and_ends_with_143(tmp_path: Path) -> None:
    async with site_at(tmp_path) as site:
        tokyo = await site.join("tokyo")
        site.host.process.send_signal(signal.SIGTERM)
        await site.until(lambda: "ended the host" in (tokyo.trouble() or ""))
        assert await asyncio.to_thread(site.host.process.wait, 20) == 143
        assert not tokyo.finished, "it looks for the host to come back"
        assert "goes on with it" in site.host.text
        assert [*tmp_path.glob("game.db-wal")] == []
        assert main(["verify", str(site.log)]) == 0


async def test_sigterm_ends_a_console_with_its_host_in_good_order(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path)
    await laptop.terminal.until("All is ready")
    laptop.terminal.type("b")
    tokyo = await laptop.link(Credentials(code=await laptop.code("Tokyo"), name="Tanaka"))
    laptop.terminal.signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        while "closed the console" not in (tokyo.trouble() or ""):
            await asyncio.sleep(0.005)
    assert await laptop.terminal.ended() == 143
    assert "\x1b[?1049l" in laptop.terminal.raw, "the terminal is as it was"
    assert "To go on: tabletop run" in laptop.terminal.text()
    log = next((tmp_path / "logs").glob("*.db"))
    assert [path.name for path in log.parent.glob(f"{log.name}-wal")] == []
    assert main(["verify", str(log)]) == 0
    await tokyo.close()
    laptop.terminal.close()


class Unread:
    """A host whose output goes into a pipe of one page."""

    def __init__(self, log: Path, home: Path) -> None:
        environment = {**os.environ, "TABLETOP_HOME": str(home), "PYTHONPATH": str(CHECKOUT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tabletop", "host", "sakishima-dawn", "--log", str(log), "--port", "0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        assert self.process.stdout is not None
        self.out = self.process.stdout
        if sys.platform == "linux":
            fcntl.fcntl(self.out, fcntl.F_SETPIPE_SZ, 4_096)
        self.said = ""

    def read(self) -> None:
        """Read up to the last line that is needed, and no further."""
        while "Facilitator's secret: " not in self.said:
            line = self.out.readline()
            assert line, self.said
            self.said += line.decode()

    @property
    def port(self) -> int:
        return int(self.said.split(" is open at ")[1].split()[0].rpartition(":")[2])

    @property
    def code(self) -> str:
        return next(line.split()[1] for line in self.said.splitlines() if line.startswith("  tokyo "))


@pytest.mark.parametrize(
    "how",
    [
        "closed",
        pytest.param(
            "open", marks=pytest.mark.skipif(sys.platform != "linux", reason="elsewhere pipes are larger")
        ),
    ],
)
async def test_n20_a_host_whose_output_nobody_reads_goes_on(tmp_path: Path, how: str) -> None:
    log = tmp_path / "game.db"
    host = Unread(log, tmp_path)
    try:
        await asyncio.to_thread(host.read)
        if how == "closed":
            host.out.close()
        link = await comes_and_goes(host.port, host.code, times=4 if how == "closed" else 24)
        assert host.process.poll() is None
        answer = await asyncio.wait_for(link.submit(c.Message(to=("control",), text="x")), 10)
        assert not isinstance(answer, Receipt), "play has not begun, but the host answers"
        await link.close()
        host.process.send_signal(signal.SIGINT)
        assert await asyncio.to_thread(host.process.wait, PATIENCE) == 0, "as if it had been read"
        assert main(["verify", str(log)]) == 0
        assert list((tmp_path / "faults").glob("*")) == []
    finally:
        host.process.kill()
        host.process.wait()
        host.out.close()


async def comes_and_goes(port: int, code: str, *, times: int) -> NetworkLink:
    """Have a station come and go, which the host says each time; return it when it stays."""
    token = "ab" * 32
    link = await opened(port, Credentials(code=code, token=token, name="N" * 80))
    for _ in range(times):
        await link.close()
        await asyncio.sleep(0.3)
        link = await opened(port, Credentials(token=token))
    return link


async def opened(port: int, credentials: Credentials) -> NetworkLink:
    link = NetworkLink(HostAddress("127.0.0.1", port, secure=False), credentials, Outbox(), SYSTEM_TIME)
    await link.open()
    return link


FEW = ("/bin/sh", "-c", 'ulimit -n 100; exec "$@"', "sh")
"""With so many descriptors, which nobody may raise."""


async def test_n4_silent_connections_leave_descriptors_for_the_hosts_own_files(tmp_path: Path) -> None:
    many = ("--connections-per-address", "1000")
    async with site_at(tmp_path, wrapped_in=FEW, options=many) as site:
        console, tokyo = await site.join("facilitator"), await site.join("tokyo")
        assert isinstance(await console.submit(c.Startex()), Receipt)
        with ExitStack() as silent:
            for _ in range(200):
                _, writer = await asyncio.open_connection("127.0.0.1", site.port)
                silent.callback(_abort, writer)
            if sys.platform == "linux":  # for a moment the host also has a file open that it writes
                await site.until(lambda: 80 <= _descriptors(site.host.process.pid) <= 84)
            await site.until(lambda: console.enrolment is not None)
            assert console.enrolment is not None
            seat = next(one for one in console.enrolment.seats if one.acts_as == "tokyo")
            assert await console.arrange("revoke", seat.id) is None
            kept = json.loads((tmp_path / "game.db-seats.json").read_text())
            assert seat.id not in json.dumps(kept)
            await site.until(lambda: tokyo.finished)
            assert isinstance(await console.submit(c.Pausex()), Receipt)


def _abort(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


def _descriptors(process: int) -> int:
    return len([*Path(f"/proc/{process}/fd").iterdir()])


def test_n4_the_limit_of_descriptors_is_raised_to_what_the_system_allows() -> None:
    program = (
        "import resource as r; r.setrlimit(r.RLIMIT_NOFILE, (64, r.getrlimit(r.RLIMIT_NOFILE)[1])); "
        "from tabletop.system.descriptors import limit, raise_limit; raise_limit(); print(limit())"
    )
    out = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=CHECKOUT)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert int(out.stdout) == (65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536))
