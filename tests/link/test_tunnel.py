"""N17: a host reached through a port forward, under a name that is not its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tabletop.host.access import Access
from tabletop.system.certificate import host_certificate
from tabletop.system.clock import SYSTEM_TIME
from tests.link.processes import Program
from tests.link.served import Room
from tests.link.world import FakeAdmission

pytestmark = pytest.mark.slow

MARK = "EXERCISE EXERCISE EXERCISE"


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def forward(to: list[int]) -> AsyncIterator[int]:
    """A port of this computer that leads to another one, as `ssh -L` makes it; yields its number."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", to[0])
        await asyncio.gather(copy(reader, back), copy(there, writer))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()


async def watched(home: Path, address: str, typed: str, wanted: str) -> str:
    """Return what `tabletop watch --lines` prints, once that is in it."""
    program = Program(["watch", "--lines", address], home, typed=typed)
    try:
        await asyncio.to_thread(program.until, wanted)
        return program.text
    finally:
        program.kill()


@pytest.mark.parametrize("secure", [True, False], ids=["TLS", "plain"])
async def test_n17_a_port_forward_leads_to_the_host_whether_it_is_encrypted_or_not(
    tmp_path: Path, secure: bool
) -> None:
    room = Room()
    room.admission = FakeAdmission("observer-1")
    to = [0]
    async with forward(to) as port:
        access = Access(also_known_as=(f"127.0.0.1:{port}",))
        await room.start(host_certificate(tmp_path, [], SYSTEM_TIME) if secure else None, access)
        to[0] = room.port
        answers = "code-observer-1\nName\nOffice\n"
        said = await watched(tmp_path, f"127.0.0.1:{port}", f"{'y' * secure}\n" * secure + answers, MARK)
        assert ("Are they the words" in said) == secure
        await room.stop()


async def test_n17_a_host_that_is_not_called_that_is_not_reached(tmp_path: Path) -> None:
    room = Room()
    room.admission = FakeAdmission("observer-1")
    await room.start()
    async with forward([room.port]) as port:
        answers = "code-observer-1\nName\nOffice\n"
        program = Program(["watch", "--lines", f"127.0.0.1:{port}"], tmp_path, typed=answers)
        assert await asyncio.to_thread(program.process.wait, 30) == 2
        assert MARK not in program.text
        assert "--also-known-as" in program.text
    await room.stop()
