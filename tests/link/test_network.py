"""Host and stations over real sockets on loopback, in one event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.client import ClientProtocol
from websockets.typing import Origin
from websockets.uri import parse_uri

from tabletop.errors import InputError
from tabletop.exercise import commands as c
from tabletop.exercise.refusal import Refusal
from tabletop.host.session import Session
from tabletop.link.address import HostAddress
from tabletop.link.credentials import Credentials
from tabletop.link.network import NetworkLink
from tabletop.link.outbox import Outbox
from tabletop.link.pinning import pinned_context
from tabletop.protocol import framing, messages
from tabletop.protocol.link import Sight
from tabletop.protocol.submission import UNANSWERED, Receipt
from tabletop.system.certificate import fingerprint, host_certificate
from tabletop.system.clock import SYSTEM_TIME
from tests.host.slow_disk import SlowDisk
from tests.link.served import Room

pytestmark = pytest.mark.newcomer


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    await room.start()
    yield room
    await room.stop()


async def test_a_message_goes_from_one_station_to_another_and_to_no_other(room: Room) -> None:
    console, tokyo, seoul = [await room.link(seat) for seat in ("facilitator-1", "tokyo", "seoul")]
    seen: dict[str, list[Sight]] = {"tokyo": [], "seoul": []}
    tokyo.watch(seen["tokyo"].append)
    seoul.watch(seen["seoul"].append)
    assert isinstance(await console.submit(c.Startex()), Receipt)
    answer = await tokyo.submit(c.Message(to=("washington",), text="for washington"))
    assert isinstance(answer, Receipt)
    assert seen["tokyo"][-1].number == answer.last
    await room.until(lambda: len(seen["seoul"]) == 1)
    await asyncio.sleep(0.1)
    assert [sight.event.type for sight in seen["seoul"]] == ["exercise-started"]
    assert all(sight.seq == 0 and sight.wall == "" for sight in seen["tokyo"])


async def test_recorded_then_delivered(room: Room) -> None:
    console = await room.link("facilitator-1")
    await console.submit(c.Startex(), "a")
    await room.link("tokyo")
    command = c.AdHoc.model_validate({"title": "x", "from": "y", "to": ["tokyo", "seoul"], "text": "z"})
    assert isinstance(await console.submit(command, "b"), Receipt)
    submission = console.submissions[-1]
    await room.until(lambda: str(submission).endswith("delivered 1/2"))
    await room.link("seoul")
    await room.until(lambda: str(submission).endswith("delivered 2/2"))


async def test_the_clock_of_a_station_runs_with_the_hosts(room: Room) -> None:
    console, tokyo = await room.link("facilitator-1"), await room.link("tokyo")
    await console.submit(c.Startex())
    await console.submit(c.Rate(rate=60))
    await room.until(lambda: tokyo.now() > 20 and abs(tokyo.now() - room.session.exact_now) < 3)
    await console.submit(c.Pausex())
    await room.until(lambda: tokyo.now() == room.session.exact_now)
    assert tokyo.now() > 20


async def test_f17_nobody_waits_for_an_answer_after_the_link_ended_while_the_disk_kept_the_command(
    room: Room,
) -> None:
    outbox = Outbox(keep=lambda _: None)
    tokyo, disk = await room.link("tokyo", outbox), SlowDisk(outbox.disk_queue)
    given = asyncio.create_task(tokyo.submit(c.State(text="too late")))
    await room.until(lambda: disk.asked)
    room.hub.revoked("tokyo")
    await room.until(lambda: tokyo.finished)
    disk.answer()
    answer = await asyncio.wait_for(given, 5)
    assert isinstance(answer, Refusal)
    assert answer.code == UNANSWERED
    assert "revoked this seat" in answer.message


async def test_w5_what_waits_for_the_outbox_is_kept_although_the_link_met_a_fault(room: Room) -> None:
    kept: list[int] = []
    outbox = Outbox(keep=lambda entries: kept.append(len(list(entries))))
    console, tokyo = await room.link("facilitator-1"), await room.link("tokyo", outbox)
    room.links.remove(tokyo)
    disk = SlowDisk(outbox.disk_queue)

    def fail(_: Sight) -> None:
        raise ZeroDivisionError

    tokyo.watch(fail)
    given = [asyncio.create_task(tokyo.submit(c.Message(to=("control",), text=text))) for text in "ab"]
    await room.until(lambda: disk.asked)
    assert isinstance(await console.submit(c.Startex()), Receipt)
    await room.until(lambda: tokyo.finished)
    disk.work()  # the first is on the disk; the second has not been asked for
    with pytest.raises(ZeroDivisionError):
        await tokyo.close()
    assert kept == [1, 2]
    assert [type(answer) for answer in await asyncio.gather(*given)] == [Refusal, Refusal]


async def test_g7_stations_are_back_after_the_host_was_restarted(room: Room) -> None:
    console, tokyo = await room.link("facilitator-1"), await room.link("tokyo")
    seen: list[Sight] = []
    tokyo.watch(seen.append)
    await console.submit(c.Startex())
    await room.restart()
    await room.until(lambda: tokyo.live and console.live)
    assert isinstance(await console.submit(c.Resume()), Receipt)
    await room.until(lambda: len(seen) == 3)
    assert [sight.number for sight in seen] == [1, 2, 3]
    assert tokyo.trouble() is None


async def test_f10_a_command_given_while_the_host_is_gone_is_recorded_once_it_is_back(room: Room) -> None:
    tokyo = await room.link("tokyo")
    await room.server.stop()
    await room.until(lambda: not tokyo.live)
    assert "kept here" in (tokyo.trouble() or "")
    waiting = asyncio.create_task(tokyo.submit(c.Read(inject="notice"), "k"))
    await asyncio.sleep(0.1)
    room.session = Session.resume(room.log, SYSTEM_TIME)
    room.session.submit("facilitator", c.Startex())
    room.session.submit("facilitator", c.Release(inject="notice"))
    await room.start()
    assert isinstance(await waiting, Receipt)


async def test_f09_the_same_key_with_other_words_is_refused_and_the_facilitator_is_told(room: Room) -> None:
    console, tokyo = await room.link("facilitator-1"), await room.link("tokyo")
    second, third = await room.newcomer("tokyo-2"), await room.newcomer("tokyo-3")
    await console.submit(c.Startex())
    first = await tokyo.submit(c.Message(to=("seoul",), text="one"), "k")
    assert await second.submit(c.Message(to=("seoul",), text="one"), "k") == first
    clash = await third.submit(c.Message(to=("seoul",), text="two"), "k")
    assert isinstance(clash, Refusal)
    assert clash.code == "key-clash"
    await room.until(lambda: any("two different commands" in line for line in console.warnings))


async def test_only_the_seat_with_the_pen_decides_and_speaks_for_its_team(room: Room) -> None:
    console, tokyo = await room.link("facilitator-1"), await room.link("tokyo")
    second = await room.newcomer("tokyo-2")
    await console.submit(c.Startex())
    refused = await second.submit(c.State(text="x"))
    assert isinstance(refused, Refusal)
    assert "holds the pen" in refused.message
    assert isinstance(await second.submit(c.Message(to=("seoul",), text="x")), Receipt)
    assert isinstance(await tokyo.submit(c.State(text="x")), Receipt)


def runs(console: NetworkLink) -> bool:
    """Whether that console has the chair."""
    return console.chair is not None and console.chair.yours


async def test_f08_a_console_acts_only_while_it_has_the_chair(room: Room) -> None:
    first, second = await room.link("facilitator-1"), await room.link("facilitator-2")
    assert runs(first)
    assert not runs(second)
    refused = await second.submit(c.Startex())
    assert isinstance(refused, Refusal)
    assert refused.code == "stale-epoch"
    second.take_over()
    await room.until(lambda: runs(second) and not runs(first))
    assert isinstance(await second.submit(c.Startex()), Receipt)
    assert isinstance(await first.submit(c.Pausex()), Refusal)


async def test_a_command_given_again_after_it_was_refused_is_refused_with_the_same_code(room: Room) -> None:
    await room.link("facilitator-1")
    second = await room.link("facilitator-2")
    refused = await second.submit(c.Startex(), "k")
    assert isinstance(refused, Refusal)
    assert refused.code == "stale-epoch"
    assert await second.submit(c.Startex(), "k") == refused


async def test_a_seat_that_is_taken_back_ends_its_station(room: Room) -> None:
    tokyo = await room.link("tokyo")
    room.hub.revoked("tokyo")
    await room.until(lambda: "revoked this seat" in (tokyo.trouble() or ""))
    refused = await tokyo.submit(c.State(text="x"))
    assert isinstance(refused, Refusal)


async def test_a_seat_opened_elsewhere_ends_the_station_before(room: Room) -> None:
    before, after = await room.link("tokyo"), await room.link("tokyo")
    await room.until(lambda: "another terminal" in (before.trouble() or ""))
    assert after.live


async def test_b19_a_station_speaks_to_the_host_whose_certificate_was_compared_and_to_no_other(
    room: Room, tmp_path: Path
) -> None:
    own = host_certificate(tmp_path, [], SYSTEM_TIME)
    await room.server.stop()
    await room.start(own)
    place = HostAddress("127.0.0.1", room.port, secure=True)

    def link(pinned: str) -> NetworkLink:
        return NetworkLink(
            place, Credentials(token="tokyo"), Outbox(), SYSTEM_TIME, tls=pinned_context(pinned)
        )

    good = link(fingerprint(own.der))
    await good.open()
    room.links.append(good)
    assert isinstance(await good.submit(c.Message(to=("control",), text="x")), Refusal)  # before STARTEX
    with pytest.raises(InputError, match="is not the host that this terminal knows"):
        await link("0" * 64).open()
    plain = NetworkLink(
        HostAddress("127.0.0.1", room.port, secure=False), Credentials(token="tokyo"), Outbox(), SYSTEM_TIME
    )
    with pytest.raises(InputError, match="nobody answers"):
        await plain.open()


async def test_who_is_not_known_is_told_so(room: Room) -> None:
    with pytest.raises(InputError, match="ask the facilitator for a new code"):
        await room.link("x", token="stolen")


async def test_a_host_that_does_not_run_is_said_to_be_missing() -> None:
    link = NetworkLink(
        HostAddress("127.0.0.1", 1, secure=False), Credentials(token="x"), Outbox(), SYSTEM_TIME
    )
    with pytest.raises(InputError, match=r"nobody answers at 127\.0\.0\.1:1"):
        await link.open()


async def test_a_long_first_event_reaches_the_console_in_parts(room: Room) -> None:
    console = await room.link("facilitator-1")
    await console.submit(c.Startex())
    seen: list[Sight] = []
    console.watch(seen.append)
    for n in range(3):  # 76 KB each, more than a frame holds
        room.session.submit("facilitator", c.Note(text=f"{n}" + "\U0001f6f0" * 19_000))
    await room.until(lambda: len(seen) == 5)
    assert [sight.seq for sight in seen] == [1, 2, 3, 4, 5]


async def test_what_is_too_long_for_a_frame_is_refused_before_it_is_sent(room: Room) -> None:
    console = await room.link("facilitator-1")
    refused = await console.submit(c.Note(text="\U0001f6f0" * 19_000))
    assert isinstance(refused, Refusal)
    assert "shorten it" in refused.message
    assert isinstance(await console.submit(c.Note(text="衛" * 20_000)), Receipt)


async def test_b14_messages_in_pieces_and_several_at_once_are_understood(room: Room) -> None:
    hello = framing.encode(messages.Hello(version=messages.VERSION, token="tokyo"))
    ping = framing.encode(messages.Ping(seen=0))
    host = f"127.0.0.1:{room.port}"
    client = ClientProtocol(parse_uri(f"ws://{host}/station"), origin=Origin(f"http://{host}"))
    client.send_request(client.connect())
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    writer.writelines(client.data_to_send())
    said = await reader.readuntil(b"\r\n\r\n")
    writer.write(masked(0x01, hello[:30]) + masked(0x80, hello[30:]) + masked(0x81, ping))
    async with asyncio.timeout(5):
        while b'"pong"' not in said:
            more = await reader.read(65_536)
            assert more, said
            said += more
    assert said.index(b'"welcome"') < said.index(b'"pong"')
    writer.close()


def masked(first: int, text: str) -> bytes:
    """A frame as a station sends it, masked with zeros."""
    data = text.encode()
    length = bytes((0x80 | len(data),)) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
    return bytes((first,)) + length + bytes(4) + data


async def test_f18_what_raises_at_the_host_ends_one_connection_at_most(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.session.on_fault = room.faults.append
    console, tokyo, seoul = [await room.link(seat) for seat in ("facilitator-1", "tokyo", "seoul")]
    seen: list[Sight] = []
    seoul.watch(seen.append)
    assert isinstance(await console.submit(c.Startex()), Receipt)

    calls: list[object] = []

    def raise_fault(*called: object) -> None:
        calls.append(called)
        raise LookupError("nobody foresaw this")

    room.session.subscribe(raise_fault)
    monkeypatch.setattr(room.admission, "pen", raise_fault)  # asked for at every tick and for every decision
    failing = asyncio.create_task(tokyo.submit(c.State(text="for the pen")))
    assert isinstance(await seoul.submit(c.Message(to=("control",), text="on")), Receipt)
    await room.until(lambda: not tokyo.live)
    told = len(calls)
    await room.until(lambda: len(calls) > told + 2)
    assert seoul.live
    assert console.live
    monkeypatch.undo()
    assert isinstance(await asyncio.wait_for(failing, 10), Receipt)
    await room.until(lambda: len(seen) == 3)
    assert isinstance(await console.submit(c.Auto(on=True)), Receipt)
    await room.until(lambda: len(seen) == 4)  # the clock of the host still ticks
    assert seen[-1].event.type == "inject-released"
    assert {type(fault) for fault in room.faults} == {LookupError}
    assert len(room.faults) < 20
    room.faults.clear()
