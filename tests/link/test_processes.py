"""Real programs on loopback: killed, stopped, guessed at and sent nonsense."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError
from websockets.typing import Origin

from tabletop.errors import InputError
from tabletop.exercise import commands as c
from tabletop.exercise.refusal import Refusal
from tabletop.protocol import messages
from tabletop.protocol.framing import encode
from tabletop.protocol.link import Sight
from tabletop.protocol.submission import Receipt
from tests.link.processes import HostProgram, Program, Site, site_at

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals and /proc")]


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_at(tmp_path) as site:
        yield site


@pytest.mark.newcomer
async def test_f01_g7_stations_go_on_after_the_host_was_killed_and_nothing_is_lost(site: Site) -> None:
    console, tokyo, seoul = [await site.join(kind) for kind in ("facilitator", "tokyo", "seoul")]
    seen: list[Sight] = []
    console.watch(seen.append)
    assert isinstance(await console.submit(c.Startex()), Receipt)
    given: list[asyncio.Task[Receipt | Refusal]] = []
    for kill in range(2):
        for number in range(20):
            command = c.Message(to=("control",), text=f"{kill}-{number}")
            given.append(asyncio.create_task(tokyo.submit(command)))
            await asyncio.sleep(0.002)
        await asyncio.to_thread(site.restart)
        await site.until(lambda: tokyo.live and seoul.live and console.live)
    answers = await asyncio.wait_for(asyncio.gather(*given), 60)
    assert not [answer for answer in answers if isinstance(answer, Refusal)]
    expected = [f"{kill}-{number}" for kill in range(2) for number in range(20)]

    def texts() -> list[str]:
        return [sight.event.text for sight in seen if sight.event.type == "message-sent"]

    await site.until(lambda: len(texts()) == len(expected))
    assert texts() == expected  # one event a command, in order
    assert [sight.number for sight in seen] == list(range(1, len(seen) + 1))


async def test_f12_f14_a_stopped_station_is_said_to_be_silent_and_holds_nobody_up(
    site: Site, tmp_path: Path
) -> None:
    console, tokyo = await site.join("facilitator"), await site.join("tokyo")
    watcher = Program(
        ["watch", f"127.0.0.1:{site.port}"], tmp_path, typed=f"{site.host.code('observer')}\nSato\n\n"
    )
    site.programs.append(watcher)
    await console.submit(c.Startex())
    await asyncio.to_thread(watcher.until, "STARTEX")
    watcher.process.send_signal(signal.SIGSTOP)
    slowest = 0.0
    loop = asyncio.get_running_loop()
    for number in range(200):
        began = loop.time()
        await console.submit(c.Note(text=f"{number}" + "x" * 15_000))
        slowest = max(slowest, loop.time() - began)
    assert slowest < 5  # whoever waited for the stopped one would wait seven seconds
    await site.until(lambda: any("Sato) has been silent" in line for line in console.warnings))
    assert tokyo.live
    watcher.process.send_signal(signal.SIGCONT)
    await asyncio.to_thread(watcher.until, "199xxx")
    numbers = [int(line[:6]) for line in watcher.text.splitlines() if line[:6].strip().isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))


async def test_f12_a_host_that_says_nothing_is_said_to_be_silent(site: Site) -> None:
    tokyo = await site.join("tokyo")
    site.host.process.send_signal(signal.SIGSTOP)
    await site.until(lambda: "no word from the host" in (tokyo.trouble() or ""))
    site.host.process.send_signal(signal.SIGCONT)
    await site.until(lambda: tokyo.live and tokyo.trouble() is None)
    assert tokyo.disconnected_since == ""


async def test_b15_codes_are_good_once_and_guessing_is_stopped_and_told(site: Site) -> None:
    console = await site.join("facilitator")
    code = site.host.code("tokyo")
    await site.redeem(code)
    with pytest.raises(InputError, match="does not work"):
        await site.redeem(code)
    for _ in range(9):
        with pytest.raises(InputError, match="does not work"):
            await site.redeem("often-forearm-majesty-panel")
    with pytest.raises(InputError, match="wait a minute"):
        await site.redeem(site.host.code("seoul"))
    await site.until(lambda: any("wrong codes came from 127.0.0.1" in line for line in console.warnings))


async def test_b16_b18_tokens_and_codes_are_nowhere_but_where_they_belong(site: Site) -> None:
    code = site.host.code("tokyo")
    token = await site.redeem(code)
    link = await site.link(token)
    await link.submit(c.Message(to=("control",), text="x"))
    with pytest.raises(InputError):
        await site.redeem("wrong-code")
    assert token.encode() not in site.host.command_line
    site.host.interrupt()
    assert token not in site.host.text
    for path in site.home.rglob("*"):
        if path.is_file() and path != site.host.out:
            content = path.read_bytes()
            assert token.encode() not in content, path
            assert code.encode() not in content, path
    seats = site.home / "game.db-seats.json"
    assert seats.stat().st_mode & 0o077 == 0


async def test_f08_a_takeover_outlives_the_host(site: Site) -> None:
    first, second = await site.join("facilitator"), await site.join("facilitator")
    second.take_over()
    await site.until(lambda: second.chair is not None and second.chair.yours)
    await asyncio.to_thread(site.restart)
    await site.until(lambda: first.live and second.live)
    refused = await first.submit(c.Startex())
    assert isinstance(refused, Refusal)
    assert refused.code == "stale-epoch"
    assert isinstance(await second.submit(c.Startex()), Receipt)


async def test_f07_a_second_host_of_the_same_log_is_refused(site: Site) -> None:
    second = HostProgram(["host", "--log", str(site.log), "--port", "0"], site.home)
    assert await asyncio.to_thread(second.process.wait, 15) == 2
    assert "another tabletop is using this log" in second.text


NONSENSE = [
    "x" * 70_000,
    "{",
    json.dumps({"type": "ping", "seen": 1}),
    encode(messages.Hello(version=99)),
    encode(messages.Hello(version=1, token="0" * 64)),
    b"\x00\x01",
]


@pytest.mark.parametrize("sent", NONSENSE, ids=["long", "no-json", "no-hello", "version", "token", "bytes"])
async def test_b14_nonsense_ends_one_connection_and_nothing_else(site: Site, sent: str | bytes) -> None:
    tokyo = await site.join("tokyo")
    async with connect(site.address.uri, origin=Origin(site.address.origin), proxy=None) as channel:
        await channel.send(sent)
        async with asyncio.timeout(5):
            with suppress(ConnectionClosedError):  # of a frame that is too long
                assert [json.loads(text)["type"] async for text in channel] == ["goodbye"]
        assert channel.close_code is not None
    assert isinstance(await tokyo.submit(c.Message(to=("control",), text="x")), Receipt | Refusal)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "127.attacker.example", "Origin": "http://127.attacker.example"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Origin": "http://attacker.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
async def test_b17_only_stations_that_name_this_host_may_connect(
    site: Site, headers: dict[str, str], status: int
) -> None:
    extra = {"Host": f"127.0.0.1:{site.port}", **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in extra.items())
    request = (
        f"GET /station HTTP/1.1\r\n{lines}Upgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(request.encode())
    assert (await reader.readline()).split()[1] == str(status).encode()
    writer.close()


async def test_b14_who_dribbles_out_headers_is_dropped(site: Site) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(b"GET / HTTP/1.1\r\n")
    async with asyncio.timeout(8):
        with suppress(ConnectionError):
            assert await reader.read() == b""
    writer.close()


def test_a_port_in_use_is_said_in_plain_words(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        host = HostProgram(["host", "sakishima-dawn", "--port", str(taken.getsockname()[1])], tmp_path)
        assert host.process.wait(15) == 2
    assert "cannot listen" in host.text


def own_address() -> str | None:
    """An address of this machine that is not loopback; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


@pytest.mark.newcomer
def test_b19_on_a_network_the_words_are_compared_once_and_the_seat_is_found_again(tmp_path: Path) -> None:
    address = own_address()
    if address is None:
        pytest.skip("this machine has no address but loopback")
    host = HostProgram(["host", "sakishima-dawn", "--lan", address, "--port", "0"], tmp_path)
    try:
        words = host.until("Facilitator's secret").split("show the same words: ")[1].splitlines()[0]
        place = f"{address}:{host.port}"
        refused = Program(["watch", place], tmp_path, typed="n\n")
        assert refused.process.wait(15) == 2
        assert words in refused.text
        watcher = Program(["watch", place], tmp_path, typed=f"y\n{host.code('observer')}\nSato\n\n")
        watcher.until("was set up from")
        watcher.kill()
        again = Program(["watch", place], tmp_path, typed="1\n")
        again.until("was set up from")
        again.kill()
        other = Program(["watch", place], tmp_path, typed="0\nno-such-code-here\n\n\n")
        assert other.process.wait(15) == 2
        assert "That code does not work" in other.text
    finally:
        host.kill()
