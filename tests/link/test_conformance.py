"""RFC 6455 at the level of bytes against a real host, by its sections (B14).

Whatever arrives, the host answers as the standard says, ends that one connection, prints no traceback
and lets nobody else notice.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tabletop.exercise import commands as c
from tabletop.host.frame_meter import HELLO_BYTES, HELLO_FRAMES
from tabletop.protocol import messages
from tabletop.protocol.framing import MAX_FRAME, encode
from tabletop.protocol.submission import Receipt
from tests.link.processes import HostProgram, site_at
from tests.link.rawsocket import (
    BYTES,
    CLOSE,
    CONT,
    KEY,
    PING,
    PONG,
    TEXT,
    Heard,
    accept_of,
    close,
    converse,
    frame,
    request,
)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="as in test_processes")]

HELLO = encode(messages.Hello(version=messages.VERSION, token="0" * 64, name="木村 €")).encode()
"""A hello of a seat that nobody has: it is answered by a goodbye, so that its arrival can be heard."""


@dataclass(frozen=True)
class Case:
    """What is sent after the handshake, and what the host has to do."""

    section: str
    name: str
    sent: tuple[bytes, ...]
    codes: tuple[int | None, ...] = (1000, 1005)
    """The host's close frame holds one of these; None: it may end the connection without one."""
    told: tuple[str, ...] = ()
    """The types of the protocol's frames that come back."""
    pongs: tuple[bytes, ...] = ()

    def __str__(self) -> str:
        return f"{self.section} {self.name}"


def wrong(section: str, name: str, *sent: bytes, code: int = 1002) -> Case:
    return Case(section, name, sent, codes=(code,))


def cut_off(section: str, name: str, *sent: bytes) -> Case:
    """More than may come before a hello (N2): nothing is answered."""
    return Case(section, name, sent, codes=(None,))


def said(section: str, name: str, *sent: bytes) -> Case:
    """The hello arrives whole, however it was sent."""
    return Case(section, name, sent, told=("goodbye",))


def cut(payload: bytes, size: int) -> list[bytes]:
    """A text in fragments of so many bytes."""
    pieces = [payload[i : i + size] for i in range(0, len(payload), size)]
    return [
        frame(TEXT if index == 0 else CONT, piece, fin=index == len(pieces) - 1)
        for index, piece in enumerate(pieces)
    ]


HALF = len(HELLO) // 2
FRAMES = [
    said("5.2", "a text in one frame", frame(TEXT, HELLO)),
    *(wrong("5.2", f"reserved bits {bits:03b}", frame(TEXT, HELLO, rsv=bits)) for bits in range(1, 8)),
    *(wrong("5.2", f"reserved opcode {code:#x}", frame(code, b"")) for code in (3, 4, 5, 6, 7)),
    *(wrong("5.2", f"reserved control opcode {code:#x}", frame(code, b"")) for code in range(11, 16)),
    said("5.2", "a length in two bytes that needs them", frame(TEXT, HELLO + b" " * 70)),
    Case(
        "5.2",
        "a length of more than 63 bits",
        (frame(TEXT, b"", width=8, length=2**63),),
        codes=(1002, 1009),
    ),
    wrong("5.3", "a text that is not masked", frame(TEXT, HELLO, masked=False)),
    wrong("5.3", "a ping that is not masked", frame(PING, b"x", masked=False)),
    wrong("5.3", "a close that is not masked", frame(CLOSE, b"", masked=False)),
]
FRAGMENTS = [
    said("5.4", "two fragments", *cut(HELLO, HALF)),
    said("5.4", "ten fragments", *cut(HELLO, -(-len(HELLO) // HELLO_FRAMES))),
    cut_off("5.4", "fragments of one byte", *cut(HELLO, 1)),
    said("5.4", "an empty first fragment", frame(TEXT, fin=False), frame(CONT, HELLO)),
    said("5.4", "an empty last fragment", frame(TEXT, HELLO, fin=False), frame(CONT)),
    said(
        "5.4",
        "empty fragments between",
        frame(TEXT, HELLO[:9], fin=False),
        *[frame(CONT, fin=False)] * (HELLO_FRAMES - 2),
        frame(CONT, HELLO[9:]),
    ),
    cut_off("5.4", "endless empty fragments", frame(TEXT, fin=False), *[frame(CONT, fin=False)] * 20),
    Case(
        "5.4",
        "a ping between two fragments",
        (frame(TEXT, HELLO[:HALF], fin=False), frame(PING, b"now"), frame(CONT, HELLO[HALF:])),
        told=("goodbye",),
        pongs=(b"now",),
    ),
    wrong("5.4", "a continuation of nothing", frame(CONT, HELLO)),
    wrong("5.4", "a continuation of nothing, to be continued", frame(CONT, HELLO, fin=False)),
    wrong("5.4", "a second text within a text", frame(TEXT, b"{", fin=False), frame(TEXT, HELLO)),
    wrong("5.4", "bytes within a text", frame(TEXT, b"{", fin=False), frame(BYTES, HELLO)),
]
CONTROL = [
    Case("5.5.2", "a ping", (frame(PING, b"hello"), close()), pongs=(b"hello",)),
    Case("5.5.2", "a ping without words", (frame(PING), close()), pongs=(b"",)),
    Case(
        "5.5.2", "a ping of any bytes", (frame(PING, bytes(range(125))), close()), pongs=(bytes(range(125)),)
    ),
    Case(
        "5.5.2",
        "ten pings at once",
        (b"".join(frame(PING, b"%d" % n) for n in range(10)), close()),
        pongs=tuple(b"%d" % n for n in range(10)),
    ),
    Case("5.5.3", "a pong that nobody asked for", (frame(PONG, b"x"), close())),
    Case("5.5.3", "a pong without words", (frame(PONG), close())),
    wrong("5.5", "a ping of 126 bytes", frame(PING, b"x" * 126)),
    wrong("5.5", "a pong of 126 bytes", frame(PONG, b"x" * 126)),
    wrong("5.5", "a ping in fragments", frame(PING, b"x", fin=False), frame(CONT, b"y")),
    wrong("5.5", "a pong in fragments", frame(PONG, b"x", fin=False), frame(CONT, b"y")),
    wrong("5.5", "a close in fragments", frame(CLOSE, b"", fin=False), frame(CONT, b"")),
]
CLOSES = [
    Case("5.5.1", "a close without a code", (close(None),), codes=(1000, 1005)),
    *(
        Case("7.4.1", f"closed with {code}", (close(code),), codes=(code, 1000))
        for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011)
    ),
    *(
        Case("7.4.2", f"closed with {code}", (close(code),), codes=(code, 1000))
        for code in (3000, 3999, 4000, 4999)
    ),
    *(
        wrong("7.4", f"closed with {code}, which nobody may send", close(code))
        for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535)
    ),
    wrong("5.5.1", "a close with half a code", frame(CLOSE, b"\x03")),
    wrong("5.5.1", "a close of 126 bytes", close(1000, b"x" * 124)),
    Case("5.5.1", "a close with a reason of 123 bytes", (close(1000, b"x" * 123),)),
    Case("5.5.1", "a close with a reason in Japanese", (close(1000, "終了".encode()),)),
    Case("5.5.1", "a close with a reason that is not UTF-8", (close(1000, b"\xff\xfe"),), codes=(1007, 1002)),
    Case("5.5.1", "a text after a close", (close(), frame(TEXT, HELLO))),
    Case("5.5.1", "a ping after a close", (close(), frame(PING, b"late"))),
    Case("5.5.1", "two closes", (close(), close(1001))),
]
NO_UTF8 = {
    "a lone continuation byte": b"\x80",
    "a byte that never occurs": b"\xff",
    "a form that is too long": b"\xc0\xaf",
    "a form that is too long, in three bytes": b"\xe0\x80\xaf",
    "half a surrogate pair": b"\xed\xa0\x80",
    "beyond the last code point": b"\xf4\x90\x80\x80",
    "five bytes": b"\xf8\x88\x80\x80\x80",
    "an end in the middle of a sign": "木".encode()[:2],
}
TEXTS = [
    *(wrong("8.1", name, frame(TEXT, b'{"type":"' + bad), code=1007) for name, bad in NO_UTF8.items()),
    *(
        wrong("8.1", f"{name}, across fragments", *cut(b'{"type":"' + bad, 10), code=1007)
        for name, bad in NO_UTF8.items()
    ),
    said("8.1", "a sign across two fragments", *cut(HELLO, HELLO.index("木".encode()) + 1)),
]
LIMITS = [
    Case(
        "10.4",
        "a text of 8 KB, which is no hello",
        (frame(TEXT, b"x" * (HELLO_BYTES - 8)),),
        told=("goodbye",),
    ),
    cut_off("10.4", "a text of one byte more", frame(TEXT, b"x" * (HELLO_BYTES - 7))),
    wrong(
        "10.4", "the promise of 64 KB and a byte", frame(TEXT, b"x", width=8, length=MAX_FRAME + 1), code=1009
    ),
    wrong("10.4", "the promise of a terabyte", frame(TEXT, b"x", width=8, length=2**40), code=1009),
    cut_off("10.4", "fragments of more than 8 KB in all", *cut(b"x" * HELLO_BYTES, 8_000)),
    wrong("10.4", "a compressed text, which was not agreed on", frame(TEXT, b"\x4a\x04\x00", rsv=4)),
    Case("5.6", "a message of bytes", (frame(BYTES, HELLO),), told=("goodbye",)),
]
MANY = ("--connections-per-address", "1000")
"""All cases are tried at once, from one address."""

CASES = [*FRAMES, *FRAGMENTS, *CONTROL, *CLOSES, *TEXTS, *LIMITS]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where a host listens that all cases are tried on; it may have printed nothing but its words."""
    with TemporaryDirectory() as home:
        host = HostProgram(
            ["host", "sakishima-dawn", "--log", str(Path(home) / "game.db"), "--port", "0", *MANY], Path(home)
        )
        yield host.port
        assert host.process.poll() is None
        host.interrupt()
        assert "Traceback" not in host.text
        assert "fault" not in host.text.lower()


def wrongs(case: Case, heard: Heard) -> list[str]:
    """What the host did otherwise than the standard says."""
    told = tuple(json.loads(text)["type"] for text in heard.of(TEXT))
    rules = {
        f"answered with {heard.status}": heard.status == 101,
        "left the connection open": heard.ended,
        f"said {told}": told == case.told,
        f"ponged {heard.of(PONG)}": tuple(heard.of(PONG)) == case.pongs,
        f"closed with {heard.close_code}": heard.close_code in case.codes,
        "closed twice": len(heard.of(CLOSE)) <= 1,
        "sent bytes or pings": heard.of(BYTES) == heard.of(PING) == [],
    }
    return [wrong for wrong, kept in rules.items() if not kept]


@pytest.fixture(scope="module")
def heard(port: int) -> Callable[[object], Heard]:
    """What came back to a case, all having been tried at once: after some, the host listens for seconds."""

    async def all_at_once() -> dict[object, Heard | BaseException]:
        talks: dict[object, Coroutine[object, object, Heard]] = {
            **{case: converse(port, *case.sent) for case in CASES},
            **{(case, BY_BYTE): converse(port, *case.sent, one_by_one=True) for case in BYTE_BY_BYTE},
            **{name: converse(port, close(), opening=request(port, new)) for name, new, _ in HANDSHAKES},
        }
        return dict(zip(talks, await asyncio.gather(*talks.values(), return_exceptions=True), strict=True))

    answers = asyncio.run(all_at_once())

    def find(talk: object) -> Heard:
        answer = answers[talk]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    return find


@pytest.mark.parametrize("case", CASES, ids=str)
def test_b14_frames(heard: Callable[[object], Heard], case: Case) -> None:
    assert wrongs(case, heard(case)) == []


BYTE_BY_BYTE = [*FRAMES[:3], *FRAGMENTS[:6], *CONTROL[:3], *TEXTS[:3]]
BY_BYTE = "byte by byte"


@pytest.mark.parametrize("case", BYTE_BY_BYTE, ids=str)
def test_b14_frames_that_come_byte_by_byte(heard: Callable[[object], Heard], case: Case) -> None:
    assert wrongs(case, heard((case, BY_BYTE))) == []


async def test_b14_other_stations_notice_nothing(tmp_path: Path) -> None:
    async with site_at(tmp_path, options=MANY) as site:
        console, tokyo = await site.join("facilitator"), await site.join("tokyo")
        await console.submit(c.Startex())
        tokyo_broke = False

        async def play() -> int:
            nonlocal tokyo_broke
            sent = 0
            while True:
                answer = await tokyo.submit(c.Message(to=("control",), text=f"{sent}"))
                assert isinstance(answer, Receipt)
                tokyo_broke |= not tokyo.live
                sent += 1
                await asyncio.sleep(0.01)

        playing = asyncio.create_task(play())
        heard = await asyncio.gather(*(converse(site.port, *case.sent) for case in CASES))
        assert not any(wrongs(case, answer) for case, answer in zip(CASES, heard, strict=True))
        assert not playing.done()
        playing.cancel()
        assert not tokyo_broke


HANDSHAKES: list[tuple[str, dict[str, str | None], set[int]]] = [
    ("as it should be", {}, {101}),
    ("names of headers in small letters", {"Upgrade": None, "upgrade": "websocket"}, {101}),
    ("an upgrade in capitals", {"Upgrade": "WebSocket"}, {101}),
    ("several words in Connection", {"Connection": "keep-alive, Upgrade"}, {101}),
    ("headers that mean nothing", {"X-Anything": "x" * 1_000}, {101}),
    ("no key", {"Sec-WebSocket-Key": None}, {400}),
    ("a key that is too short", {"Sec-WebSocket-Key": "c2hvcnQ="}, {400}),
    ("a key that is no base 64", {"Sec-WebSocket-Key": "************************"}, {400}),
    ("no version", {"Sec-WebSocket-Version": None}, {400, 426}),
    ("an old version", {"Sec-WebSocket-Version": "8"}, {400, 426}),
    ("a version that is no number", {"Sec-WebSocket-Version": "thirteen"}, {400, 426}),
    ("no word of an upgrade", {"Upgrade": None, "Connection": None}, {400, 404, 426}),
    ("an upgrade to something else", {"Upgrade": "h2c"}, {400, 404, 426}),
    ("a header of more than 8 KB", {"X-Anything": "x" * 10_000}, {400, 431}),
    ("a header of more than 16 KB", {"X-Anything": "x" * 20_000}, {400, 431}),
    ("a header of 200 KB", {"X-Anything": "x" * 200_000}, {400, 431}),
    ("two hundred headers", {f"X-{n}": "x" for n in range(200)}, {400, 431}),
]
NAMES = [name for name, _, _ in HANDSHAKES]


@pytest.mark.parametrize(("name", "statuses"), [(one[0], one[2]) for one in HANDSHAKES], ids=NAMES)
def test_b14_handshakes(heard: Callable[[object], Heard], name: str, statuses: set[int]) -> None:
    """Sections 4.1 and 4.2."""
    answer = heard(name)
    assert answer.status in statuses
    assert answer.ended
    if answer.status == 101:
        assert answer.headers["sec-websocket-accept"] == accept_of(KEY)
        assert answer.headers["upgrade"].lower() == "websocket"
    if answer.status == 426:
        assert answer.headers["sec-websocket-version"] == "13"


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/station"), ("HEAD", "/station"), ("GET", "/"), ("GET", "/stations/../x")]
)
async def test_b14_other_methods_and_paths_are_refused(port: int, method: str, path: str) -> None:
    heard = await converse(port, close(), opening=request(port, method=method, path=path))
    assert 400 <= heard.status < 500
    assert heard.ended


@pytest.mark.parametrize(
    "offer",
    [
        {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"},
        {"Sec-WebSocket-Extensions": "x-webkit-deflate-frame, permessage-bzip"},
        {"Sec-WebSocket-Protocol": "chat, superchat"},
    ],
    ids=["deflate", "others", "subprotocols"],
)
async def test_b14_extensions_and_subprotocols_are_not_agreed_on(
    port: int, offer: dict[str, str | None]
) -> None:
    """Sections 4.2.2 and 9: what is not named in the answer is not in use."""
    heard = await converse(port, close(), opening=request(port, offer))
    assert heard.status == 101
    assert "sec-websocket-extensions" not in heard.headers
    assert "sec-websocket-protocol" not in heard.headers
