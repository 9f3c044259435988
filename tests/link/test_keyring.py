"""B18, B19: what a station remembers of a host, and how it knows that host again."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from tabletop import paths
from tabletop.errors import InputError, TabletopError
from tabletop.link.address import HostAddress
from tabletop.link.host_keys import HostKeys
from tabletop.link.keyring import Keyring, KnownSeat, check_certificate, pinned_context
from tabletop.link.pinning import shown_certificate
from tabletop.link.seat_lock import lock_seat
from tabletop.protocol.roster import SeatInfo
from tabletop.system.certificate import HostCertificate, fingerprint, host_certificate, server_context
from tabletop.system.clock import SYSTEM_TIME

HOST = "10.0.0.5:7788"
PLACE = HostAddress("10.0.0.5", 7788, secure=True)
MOVED = HostAddress("10.0.0.6", 7790, secure=True)
PLAIN = HostAddress("10.0.0.7", 7788, secure=False)
SEAT = KnownSeat(SeatInfo("5ea7", "tokyo", "森", "Minister"), "canary-token", "exercise-1")
OTHER = KnownSeat(SeatInfo("07e4", "seoul", "Kim", ""), "canary-two", "exercise-1")


@pytest.fixture
def ring() -> Keyring:
    return Keyring()


def certificate(folder: Path) -> HostCertificate:
    return host_certificate(folder, (), SYSTEM_TIME)


# Remembering ------------------------------------------------------------------------------------


def known(ring: Keyring, place: HostAddress = PLACE, der: bytes = b"certificate") -> HostKeys:
    """What is kept of a host whose words were compared."""
    ring.trust(str(place), der)
    return ring.of(place)


def test_nothing_is_known_of_a_new_host(ring: Keyring) -> None:
    assert ring.pinned(HOST) is None
    assert not ring.compared(b"certificate")
    for ask in (ring.of, ring.addresses):
        with pytest.raises(InputError, match="were not compared"):
            ask(PLACE)
    with pytest.raises(InputError, match="were not compared"):
        ring.check(HOST, b"certificate")


def test_seats_of_several_stations_on_one_machine_are_kept_apart(ring: Keyring) -> None:
    keys = known(ring)
    keys.remember(SEAT)
    keys.remember(OTHER)
    known(ring, MOVED, b"another").remember(SEAT)
    assert Keyring().of(PLACE).seats() == (OTHER, SEAT)
    keys.remember(replace(SEAT, token="canary-new"))
    assert [one.token for one in keys.seats()] == ["canary-two", "canary-new"]
    keys.forget(SEAT.seat.id)
    keys.forget(SEAT.seat.id)
    assert keys.seats() == (OTHER,)
    assert ring.of(MOVED).seats() == (SEAT,)


def test_a_host_without_a_certificate_is_known_by_its_address(ring: Keyring) -> None:
    ring.of(PLAIN).remember(SEAT)
    assert Keyring().of(PLAIN).seats() == (SEAT,)
    assert ring.of(replace(PLAIN, port=7790)).seats() == ()
    assert ring.addresses(PLAIN) == ()
    assert known(ring, replace(PLAIN, secure=True)).seats() == ()


def test_a_host_is_the_same_however_its_name_is_typed(ring: Keyring) -> None:
    ring.trust("Planning-Room:7788 ", b"certificate")
    assert ring.pinned("planning-room:7788") == fingerprint(b"certificate")


def test_a_trusted_certificate_is_known_again_and_another_is_not(ring: Keyring) -> None:
    known(ring).remember(SEAT)
    ring.check(HOST, b"certificate")
    assert known(ring).seats() == (SEAT,)
    with pytest.raises(TabletopError, match="is not the host that this terminal knows"):
        ring.check(HOST, b"another")


def test_n11_another_host_at_the_address_is_shown_no_seat_of_the_one_before(ring: Keyring) -> None:
    """Their tokens were given by another host, and this one may be anybody."""
    known(ring).remember(SEAT)
    assert known(ring, PLACE, b"another").seats() == ()
    ring.check(HOST, b"another")
    assert known(ring).seats() == (SEAT,)


def test_n11_a_seat_is_known_wherever_its_host_is(ring: Keyring) -> None:
    known(ring).remember(SEAT)
    assert ring.compared(b"certificate")
    moved = known(ring, MOVED)
    assert moved.seats() == (SEAT,)
    assert moved.outbox(SEAT.seat.id) == ring.of(PLACE).outbox(SEAT.seat.id)
    assert ring.addresses(PLACE) == (str(MOVED),)


def test_n11_what_a_host_says_of_its_addresses_is_kept(ring: Keyring) -> None:
    keys = known(ring)
    keys.remember_addresses(
        [HOST, "192.168.1.5:7788", "192.168.1.5:7788", *(f"10.1.0.{n}:1" for n in range(50))]
    )
    assert Keyring().addresses(PLACE)[:2] == ("192.168.1.5:7788", "10.1.0.0:1")
    assert len(keys.addresses()) == 16
    keys.remember_addresses([])
    assert Keyring().addresses(PLACE) == ()


def keyring_of_before(address: str, der: bytes, *seats: KnownSeat) -> Path:
    """The folder of a host as it was written when a seat was known by its host's address."""
    folder = paths.state_folder() / "hosts" / f"host-{quote(address, safe='')}"
    folder.mkdir(parents=True)
    pin = {"format": 1, "address": address, "certificate_sha256": fingerprint(der)}
    (folder / "host.json").write_text(json.dumps(pin))
    for one in seats:
        name = hashlib.sha256(one.seat.id.encode()).hexdigest()[:16]
        seat = {"format": 1, "address": address, "id": one.seat.id, "acts_as": one.seat.acts_as}
        seat |= {"name": one.seat.name, "role": one.seat.role, "exercise": one.exercise, "token": one.token}
        (folder / f"seat-{name}.json").write_text(json.dumps(seat))
        (folder / f"outbox-{name}.json").write_text(f'["{one.seat.id}"]')
        (folder / f"drafts-{name}.json").write_text("{}")
    (folder / "joining-1.json").write_text("{}")
    return folder


def test_n11_a_keyring_of_before_is_read_on(ring: Keyring) -> None:
    before = keyring_of_before(HOST, b"certificate", SEAT)
    keyring_of_before(str(MOVED), b"certificate", OTHER)
    keyring_of_before("10.0.0.9:7788", b"another", OTHER)
    keys = ring.of(MOVED)
    assert keys.seats() == (OTHER, SEAT)
    assert keys.outbox(SEAT.seat.id).read_text() == f'["{SEAT.seat.id}"]'
    assert keys.drafts(SEAT.seat.id).exists()
    assert sorted(path.name for path in before.glob("*.json")) == ["host.json"]
    assert Keyring().of(PLACE).seats() == (OTHER, SEAT)


def test_n11_a_keyring_of_before_is_read_on_after_its_move_was_broken_off(ring: Keyring) -> None:
    before = keyring_of_before(HOST, b"certificate", SEAT)
    kept = {path.name: path.read_bytes() for path in before.iterdir()}
    keys = ring.of(PLACE)
    keys.remember(replace(SEAT, token="canary-new"))
    for name, content in kept.items():
        (before / name).write_bytes(content)
    assert [one.token for one in ring.of(PLACE).seats()] == ["canary-new"]


def test_n11_a_seat_of_before_that_is_open_at_another_terminal_stays_there(ring: Keyring) -> None:
    before = keyring_of_before(HOST, b"certificate", SEAT)
    (outbox,) = before.glob("outbox-*.json")
    with lock_seat(outbox):
        assert ring.of(PLACE).seats() == ()
        assert outbox.exists()
    assert ring.of(PLACE).seats() == (SEAT,)


def test_n11_a_plain_seat_of_before_is_read_on(ring: Keyring) -> None:
    folder = keyring_of_before(str(PLAIN), b"certificate", SEAT)
    (folder / "host.json").unlink()
    assert ring.of(PLAIN).seats() == (SEAT,)
    assert ring.of(PLAIN).outbox(SEAT.seat.id).exists()


def test_a_changed_certificate_says_what_to_do() -> None:
    with pytest.raises(InputError) as caught:
        check_certificate(HOST, fingerprint(b"certificate"), b"another")
    message = caught.value.message
    assert message == str(caught.value)
    assert HOST in message
    assert "Ask the facilitator" in message
    assert "do not join" in message


@pytest.mark.parametrize(
    "host", ["../../../etc/passwd", "..", "", "[fd00::5%eth0]", "C:\\x", "nul", "名前", "\x00"]
)
@pytest.mark.parametrize("seat_id", ["../../id", "", "\ud800", "x" * 200])
@pytest.mark.parametrize("secure", [True, False])
def test_no_address_and_no_id_leads_out_of_the_folder(
    ring: Keyring, hermetic: Path, host: str, seat_id: str, secure: bool
) -> None:
    seat = replace(SEAT, seat=replace(SEAT.seat, id=seat_id.replace("\ud800", "?")))
    keys = known(ring, HostAddress(host, 1, secure=secure))
    keys.remember(seat)
    assert keys.seats() == (seat,)
    files = {path for path in hermetic.rglob("*") if path.is_file()}
    assert len(files) == 2
    assert all(path.parent.parent == paths.state_folder() / "hosts" for path in files)
    assert keys.outbox(seat_id).parent in {path.parent for path in files}
    keys.forget(seat_id.replace("\ud800", "?"))
    assert keys.seats() == ()


def test_b18_only_the_user_can_read_what_is_kept(ring: Keyring) -> None:
    known(ring).remember(SEAT)
    ring.of(PLACE).remember_addresses([HOST])
    found = [paths.state_folder(), *paths.state_folder().rglob("*")]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in found}
    assert len(modes) == 7
    assert {mode for name, mode in modes.items() if name.endswith(".json")} == {0o600}
    assert {mode for name, mode in modes.items() if not name.endswith(".json")} == {0o700}


def test_b18_a_token_is_in_its_own_file_and_nowhere_else(ring: Keyring) -> None:
    keys = known(ring)
    keys.remember(SEAT)
    holding = [path.name for path in paths.state_folder().rglob("*.json") if b"canary" in path.read_bytes()]
    assert len(holding) == 1
    assert holding[0].startswith("seat-")
    assert "canary" not in repr((ring, vars(ring), vars(keys), keys.seats(), SEAT))


@pytest.mark.parametrize(
    "content",
    [b"", b'{"token": "canary"', b"\xff", b"[]", b'{"token": "canary", "x": 1}', b"[" * 100_000],
)
def test_a_damaged_file_is_told_in_plain_words_without_the_token(ring: Keyring, content: bytes) -> None:
    keys = known(ring)
    keys.remember(SEAT)
    keys.remember_addresses([HOST])
    for path in paths.state_folder().rglob("*.json"):
        path.write_bytes(content)
    for ask in (lambda: ring.pinned(HOST), keys.seats, keys.addresses):
        with pytest.raises(InputError, match=r"is damaged\. Remove it, ask the facilitator") as caught:
            ask()
        assert "canary" not in caught.value.message


def test_what_is_damaged_of_one_host_stops_nobody_at_another(ring: Keyring) -> None:
    ring.trust("10.0.0.9:7788", b"another")
    (file,) = paths.state_folder().rglob("host.json")
    file.write_bytes(b"{")
    assert known(ring).seats() == ()


def test_the_file_of_another_host_is_not_believed(ring: Keyring) -> None:
    known(ring).remember(SEAT)
    (pin,) = paths.state_folder().rglob("host.json")
    (seat,) = paths.state_folder().rglob("seat-*.json")
    other = known(ring, MOVED, b"another")
    other.remember(SEAT)
    (copied,) = set(paths.state_folder().rglob("host.json")) - {pin}
    (seat_there,) = set(paths.state_folder().rglob("seat-*.json")) - {seat}
    copied.write_bytes(pin.read_bytes())
    seat_there.write_bytes(seat.read_bytes())
    for ask in (lambda: ring.pinned(str(MOVED)), other.seats):
        with pytest.raises(InputError, match="is damaged"):
            ask()


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
        with pytest.raises(InputError, match="does not answer as an encrypted tabletop host"):
            await asyncio.to_thread(shown_certificate, "127.0.0.1", port)
    with pytest.raises(InputError, match=r"nobody answers at 127\.0\.0\.1"):
        await asyncio.to_thread(shown_certificate, "127.0.0.1", port)
