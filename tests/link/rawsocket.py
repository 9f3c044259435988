"""A WebSocket at the level of bytes: says anything, however wrong, and keeps what it hears."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

CONT, TEXT, BYTES, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
MASK = b"\x37\xfa\x21\x3d"
KEY = base64.b64encode(b"the sample nonce")[:24].decode()


def accept_of(key: str) -> str:
    """What a server answers to a key (RFC 6455, 4.2.2)."""
    digest = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()  # noqa: S324
    return base64.b64encode(digest).decode()


def frame(
    opcode: int,
    payload: bytes = b"",
    *,
    fin: bool = True,
    rsv: int = 0,
    masked: bool = True,
    width: int | None = None,
    length: int | None = None,
) -> bytes:
    """A frame. `width` is how many bytes its length takes (0, 2 or 8), `length` what it says if not true."""
    said = len(payload) if length is None else length
    if width is None:
        width = 0 if said < 126 else 2 if said < 65_536 else 8
    head = bytes([fin << 7 | rsv << 4 | opcode, masked << 7 | {0: said & 127, 2: 126, 8: 127}[width]])
    head += {0: b"", 2: struct.pack("!H", said & 0xFFFF), 8: struct.pack("!Q", said)}[width]
    if not masked:
        return head + payload
    return head + MASK + bytes(byte ^ MASK[index % 4] for index, byte in enumerate(payload))


def close(code: int | None = 1000, reason: bytes = b"") -> bytes:
    """A close frame."""
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason)


def request(
    port: int,
    changed: Mapping[str, str | None] | None = None,
    *,
    method: str = "GET",
    path: str = "/station",
) -> bytes:
    """An opening handshake with other headers; None leaves one out."""
    headers: dict[str, str | None] = {
        "Host": f"127.0.0.1:{port}",
        "Origin": f"http://127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": KEY,
        **(changed or {}),
    }
    lines = [f"{name}: {value}" for name, value in headers.items() if value is not None]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode()


@dataclass
class Heard:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    frames: list[tuple[int, bytes]] = field(default_factory=list)
    ended: bool = False
    """Whether the other side closed the connection."""

    def of(self, opcode: int) -> list[bytes]:
        """The payloads of all frames of a kind, in order."""
        return [payload for kind, payload in self.frames if kind == opcode]

    @property
    def close_code(self) -> int | None:
        """The code of the close frame; None if there is no frame, 1005 if it holds no code."""
        closes = self.of(CLOSE)
        if not closes:
            return None
        return struct.unpack("!H", closes[0][:2])[0] if closes[0] else 1005


async def converse(
    port: int, *sent: bytes, opening: bytes | None = None, one_by_one: bool = False, within: float = 9
) -> Heard:
    """Shake hands, send all that, and listen until the host closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    heard = Heard()
    try:
        async with asyncio.timeout(within):
            writer.write(opening or request(port))
            head = await reader.readuntil(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            heard.status = int(first.split()[1])
            heard.headers = {
                line.partition(":")[0].lower(): line.partition(":")[2].strip()
                for line in lines
                if ":" in line
            }
            if heard.status == 101:
                for chunk in sent:
                    for piece in [chunk[i : i + 1] for i in range(len(chunk))] if one_by_one else [chunk]:
                        writer.write(piece)
                        with suppress(ConnectionError):
                            await writer.drain()
                        await asyncio.sleep(0)
                await _listen(reader, heard)
            else:
                await reader.read()
            heard.ended = True
    except (asyncio.IncompleteReadError, ConnectionError):
        heard.ended = True
    finally:
        writer.transport.abort()
    return heard


async def _listen(reader: asyncio.StreamReader, heard: Heard) -> None:
    while True:
        head = await reader.readexactly(2)
        assert not head[1] & 0x80, "a server never masks"
        assert not head[0] & 0x70, "no extension was agreed on"
        length = head[1] & 127
        if length == 126:
            (length,) = struct.unpack("!H", await reader.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", await reader.readexactly(8))
        heard.frames.append((head[0] & 15, await reader.readexactly(length)))
