"""N11: a host that is somewhere else is the same host: no new words, no new code, the same seat."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tabletop.host.app import HostApp
from tabletop.host.hub import Hub
from tabletop.host.server import HostServer
from tabletop.host.session import Session
from tabletop.link.address import HostAddress
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.link.pinning import pinned_context
from tabletop.protocol import messages
from tabletop.protocol.framing import encode
from tabletop.store.memory import MemoryLog
from tabletop.system.certificate import fingerprint, host_certificate
from tabletop.system.clock import SYSTEM_TIME
from tests.builders import tiny_scenario
from tests.link.processes import HostProgram, Program
from tests.link.served import Room
from tests.link.test_processes import own_address
from tests.link.world import World


@pytest.fixture
def here() -> str:
    """An address of this machine at which encrypted hosts listen."""
    address = own_address()
    if address is None:
        pytest.skip("this machine has no address but loopback")
    return address


def free_port(address: str) -> int:
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


class MovingRoom(Room):
    """A host that can be moved to another port; all else about it stays as it is."""

    def __init__(self, folder: Path, address: str) -> None:
        super().__init__()
        self.address = address
        self.own = host_certificate(folder, [address], SYSTEM_TIME)

    async def listen(self, port: int, *, announced: tuple[str, ...] = ()) -> None:
        self.hub = Hub(self.session, self.admission, SYSTEM_TIME, rejoin="tabletop join x", lease=self.chair)
        self.server = HostServer(
            self.hub, SYSTEM_TIME, tick=self.hub.tick, fault=self.faults.append, certificate=self.own
        )
        self.hub.addresses = announced
        self.port = await self.server.start(self.address, port)


@pytest.fixture
async def room(tmp_path: Path, here: str) -> AsyncIterator[MovingRoom]:
    room = MovingRoom(tmp_path, here)
    yield room
    await room.stop()


async def test_n11_stations_find_their_host_at_another_address_that_it_told_them(
    room: MovingRoom, here: str
) -> None:
    later = free_port(here)
    await room.listen(0, announced=(f"{here}:{later}",))
    first = HostAddress(here, room.port, secure=True)
    kept: list[tuple[str, ...]] = []
    link = NetworkLink(
        first,
        Credentials(token="tokyo"),
        Outbox(),
        SYSTEM_TIME,
        tls=pinned_context(fingerprint(room.own.der)),
    )
    link.on_addresses(kept.append)
    await link.open()
    room.links.append(link)
    assert kept == [(f"{here}:{later}",)]
    await room.server.stop()
    room.session = Session.resume(room.log, SYSTEM_TIME)
    room.port = 0
    await room.listen(later, announced=(str(first),))
    await room.until(lambda: link.live, within=20)
    assert kept == [(f"{here}:{later}",), (str(first),)]


async def test_n11_a_station_that_is_started_looks_at_every_address_that_is_known(
    room: MovingRoom, here: str
) -> None:
    await room.listen(0)
    dead = HostAddress(here, free_port(here), secure=True)
    link = NetworkLink(
        dead,
        Credentials(token="tokyo"),
        Outbox(),
        SYSTEM_TIME,
        tls=pinned_context(fingerprint(room.own.der)),
        others=[f"{here}:{free_port(here)}", f"{here}:{room.port}"],
    )
    await link.open()
    room.links.append(link)
    assert link.live


def test_n11_only_stations_that_know_the_word_are_told_of_addresses() -> None:
    world = World("tokyo")
    world.hub.addresses = ("10.0.0.5:7788",)
    for understands, told in (((), False), (messages.UNDERSTANDS, True), (("what-comes-later",), False)):
        connection = world.hub.open("10.0.0.2")
        connection.receive(
            encode(messages.Hello(version=messages.VERSION, token="tokyo", understands=understands)),
            world.now,
        )
        welcome = connection.next_frame() or ""
        assert welcome.startswith('{"type":"welcome"')
        assert ('"addresses":["10.0.0.5:7788"]' in welcome) is told
        assert "offered" not in welcome


async def test_n11_an_encrypted_host_says_where_it_listens_first(tmp_path: Path, here: str) -> None:
    session = Session.begin(MemoryLog(), tiny_scenario(), name="x", seed=1, time=SYSTEM_TIME)
    own = host_certificate(tmp_path, [here], SYSTEM_TIME)
    hosting = HostApp(session, tmp_path / "x.db", SYSTEM_TIME, fault=lambda _: None, certificate=own)
    await hosting.open(here, 0)
    try:
        assert hosting.hub.addresses[0] == f"{here}:{hosting.endpoint.port}"
    finally:
        await hosting.close("done")


@pytest.mark.slow
def test_n11_at_another_port_of_the_same_host_neither_words_nor_a_code_are_asked_for(
    tmp_path: Path, here: str
) -> None:
    log = tmp_path / "game.db"

    def host(*words: str) -> HostProgram:
        return HostProgram(["host", *words, "--log", str(log), "--lan", here, "--port", "0"], tmp_path)

    first = host("sakishima-dawn")
    try:
        typed = f"y\n{first.code('observer')}\nSato\n\n"
        watcher = Program(["watch", f"{here}:{first.port}"], tmp_path, typed=typed)
        watcher.until("was set up from")
        watcher.kill()
    finally:
        first.kill()
    moved = host()
    try:
        again = Program(["watch", f"{here}:{moved.port}"], tmp_path, typed="1\n")
        said = again.until("was set up from")
        again.kill()
        assert "a host that this terminal knows" in said
        assert "Code" not in said
        assert "words" not in said
        # The address of before leads there too: the host said where else it may be.
        old = Program(["watch", f"{here}:{first.port}"], tmp_path, typed="1\n")
        old.until("was set up from")
        old.kill()
        assert (tmp_path / "game.db-seats.json").read_text().count('"id"') == 1
    finally:
        moved.kill()
