"""B18, B19: what a station remembers of a host, and how it knows that host again."""

from __future__ import annotations

import asyncio
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tabletop import paths
from tabletop.errors import InputError, TabletopError
from tabletop.host.certificate import HostCertificate, fingerprint, host_certificate, server_context
from tabletop.host.clock import SYSTEM_TIME
from tabletop.host.seating import SeatInfo
from tabletop.link.keyring import Keyring, KnownSeat, check_certificate, pinned_context
from tabletop.link.pinning import shown_certificate

HOST = "10.0.0.5:7788"
SEAT = KnownSeat(SeatInfo("5ea7", "tokyo", "森", "Minister"), "canary-token", "exercise-1")
OTHER = KnownSeat(SeatInfo("07e4", "seoul", "Kim", ""), "canary-two", "exercise-1")


@pytest.fixture
def ring() -> Keyring:
    return Keyring()


def certificate(folder: Path) -> HostCertificate:
    return host_certificate(folder, (), SYSTEM_TIME)


# Remembering ------------------------------------------------------------------------------------


def test_nothing_is_known_of_a_new_host(ring: Keyring) -> None:
    assert ring.pinned(HOST) is None
    assert ring.seats(HOST) == ()
    with pytest.raises(InputError, match="nobody has compared"):
        ring.check(HOST, b"certificate")


def test_seats_of_several_stations_on_one_machine_are_kept_apart(ring: Keyring) -> None:
    ring.remember(HOST, SEAT)
    ring.remember(HOST, OTHER)
    ring.remember("10.0.0.6:7788", SEAT)
    assert Keyring().seats(HOST) == (OTHER, SEAT)
    ring.remember(HOST, replace(SEAT, token="canary-new"))
    assert [one.token for one in ring.seats(HOST)] == ["canary-two", "canary-new"]
    ring.forget(HOST, SEAT.seat.id)
    ring.forget(HOST, SEAT.seat.id)
    assert ring.seats(HOST) == (OTHER,)
    assert ring.seats("10.0.0.6:7788") == (SEAT,)


def test_a_host_is_the_same_however_its_name_is_typed(ring: Keyring) -> None:
    ring.trust("Planning-Room:7788 ", b"certificate")
    assert ring.pinned("planning-room:7788") == fingerprint(b"certificate")


def test_a_trusted_certificate_is_known_again_and_another_is_not(ring: Keyring) -> None:
    ring.trust(HOST, b"certificate")
    ring.remember(HOST, SEAT)
    ring.check(HOST, b"certificate")
    ring.trust(HOST, b"certificate")
    assert ring.seats(HOST) == (SEAT,)
    with pytest.raises(TabletopError, match="is not the host that this terminal knows"):
        ring.check(HOST, b"another")


def test_seats_are_forgotten_when_another_certificate_is_trusted(ring: Keyring) -> None:
    """Their tokens were given by another host, and this one may be anybody."""
    ring.trust(HOST, b"certificate")
    ring.remember(HOST, SEAT)
    ring.trust(HOST, b"another")
    assert ring.seats(HOST) == ()
    ring.check(HOST, b"another")


def test_a_changed_certificate_says_what_to_do() -> None:
    with pytest.raises(InputError) as caught:
        check_certificate(HOST, fingerprint(b"certificate"), b"another")
    message = caught.value.message
    assert message == str(caught.value)
    assert HOST in message
    assert "Ask the facilitator" in message
    assert "do not join" in message


@pytest.mark.parametrize(
    "address", ["../../../etc/passwd", "..", "", "[fd00::5%eth0]:7788", "C:\\x", "nul", "名前:1", "\x00:1"]
)
@pytest.mark.parametrize("seat_id", ["../../id", "", "\ud800", "x" * 200])
def test_no_address_and_no_id_leads_out_of_the_folder(
    ring: Keyring, hermetic: Path, address: str, seat_id: str
) -> None:
    known = replace(SEAT, seat=replace(SEAT.seat, id=seat_id.replace("\ud800", "?")))
    ring.trust(address, b"certificate")
    ring.remember(address, known)
    assert ring.seats(address) == (known,)
    files = {path for path in hermetic.rglob("*") if path.is_file()}
    assert len(files) == 2
    assert all(path.parent.parent == paths.state_folder() / "hosts" for path in files)
    assert ring.outbox(address, seat_id).parent in {path.parent for path in files}
    ring.forget(address, seat_id.replace("\ud800", "?"))
    assert ring.seats(address) == ()


def test_b18_only_the_user_can_read_what_is_kept(ring: Keyring) -> None:
    ring.trust(HOST, b"certificate")
    ring.remember(HOST, SEAT)
    found = [paths.state_folder(), *paths.state_folder().rglob("*")]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in found}
    assert len(modes) == 5
    assert {mode for name, mode in modes.items() if name.endswith(".json")} == {0o600}
    assert {mode for name, mode in modes.items() if not name.endswith(".json")} == {0o700}


def test_b18_a_token_is_in_its_own_file_and_nowhere_else(ring: Keyring) -> None:
    ring.trust(HOST, b"certificate")
    ring.remember(HOST, SEAT)
    holding = [path.name for path in paths.state_folder().rglob("*.json") if b"canary" in path.read_bytes()]
    assert len(holding) == 1
    assert holding[0].startswith("seat-")
    assert "canary" not in repr((ring, vars(ring), ring.seats(HOST), SEAT))


@pytest.mark.parametrize(
    "content",
    [b"", b'{"token": "canary"', b"\xff", b"[]", b'{"token": "canary", "x": 1}', b"[" * 100_000],
)
def test_a_damaged_file_is_told_in_plain_words_without_the_token(ring: Keyring, content: bytes) -> None:
    ring.trust(HOST, b"certificate")
    ring.remember(HOST, SEAT)
    for path in paths.state_folder().rglob("*.json"):
        path.write_bytes(content)
    for ask in (ring.pinned, ring.seats):
        with pytest.raises(InputError, match=r"is damaged\. Remove it, ask the facilitator") as caught:
            ask(HOST)
        assert "canary" not in caught.value.message


def test_the_file_of_another_host_is_not_believed(ring: Keyring) -> None:
    ring.trust(HOST, b"certificate")
    (file,) = paths.state_folder().rglob("host.json")
    ring.trust("10.0.0.6:7788", b"another")
    (copy,) = set(paths.state_folder().rglob("host.json")) - {file}
    copy.write_bytes(file.read_bytes())
    with pytest.raises(InputError, match="is damaged"):
        ring.pinned("10.0.0.6:7788")


def test_the_state_folder_is_the_users_choice_or_the_platforms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLETOP_HOME", str(tmp_path))
    assert paths.state_folder() == tmp_path / "state"
    monkeypatch.delenv("TABLETOP_HOME")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    if sys.platform == "linux":
        assert paths.state_folder() == tmp_path / "xdg" / "tabletop"
    assert not list(tmp_path.iterdir())


def test_a_station_needs_no_cryptography_package() -> None:
    code = "import sys, tabletop.link.keyring; print('cryptography' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"


# On the wire ------------------------------------------------------------------------------------


@asynccontextmanager
async def listening(own: HostCertificate, heard: list[bytes]) -> AsyncIterator[int]:
    """A host that writes down what it hears and answers."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if line := await reader.readline():
                heard.append(line)
                writer.write(b"welcome\n")
                await writer.drain()
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=server_context(own))
    async with server:
        yield server.sockets[0].getsockname()[1]


async def say(port: int, context: ssl.SSLContext) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
    try:
        writer.write(b"token\n")
        await writer.drain()
        return await reader.readline()
    finally:
        writer.close()


async def test_b19_the_pinned_host_is_spoken_to(tmp_path: Path) -> None:
    own, heard = certificate(tmp_path), list[bytes]()
    async with listening(own, heard) as port:
        assert await say(port, pinned_context(fingerprint(own.der))) == b"welcome\n"
    assert heard == [b"token\n"]


async def test_b19_another_host_hears_nothing(tmp_path: Path) -> None:
    known, own, heard = certificate(tmp_path / "known"), certificate(tmp_path / "own"), list[bytes]()
    async with listening(own, heard) as port:
        with pytest.raises(TabletopError, match=r"127\.0\.0\.1 is not the host that this terminal knows"):
            await say(port, pinned_context(fingerprint(known.der)))
        await asyncio.sleep(0)
    assert heard == []


async def test_b19_a_plain_socket_is_checked_too(tmp_path: Path) -> None:
    own, heard = certificate(tmp_path), list[bytes]()

    def visit(port: int, pinned: str) -> str | None:
        with socket.create_connection(("127.0.0.1", port)) as plain:
            channel = pinned_context(pinned).wrap_socket(plain, server_hostname="127.0.0.1")
            with channel:
                return channel.version()

    async with listening(own, heard) as port:
        assert await asyncio.to_thread(visit, port, fingerprint(own.der)) == "TLSv1.3"
        with pytest.raises(TabletopError, match="is not the host"):
            await asyncio.to_thread(visit, port, fingerprint(b"another"))
    assert heard == []


async def test_the_certificate_can_be_fetched_to_be_compared(tmp_path: Path) -> None:
    own, heard = certificate(tmp_path), list[bytes]()
    async with listening(own, heard) as port:
        assert await asyncio.to_thread(shown_certificate, "127.0.0.1", port) == own.der
    assert heard == []


async def test_what_is_no_host_is_told_in_plain_words() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(InputError, match="is no host of tabletop"):
            await asyncio.to_thread(shown_certificate, "127.0.0.1", port)
    with pytest.raises(InputError, match=r"nobody answers at 127\.0\.0\.1"):
        await asyncio.to_thread(shown_certificate, "127.0.0.1", port)
