"""Counts what a connection sends, in WebSocket frames and bytes, before anybody takes it apart.

Parsing a frame costs far more than sending one, so a flood is counted on the bare bytes: control frames,
empty fragments and all. What goes beyond the limits is not parsed at all.
"""

from __future__ import annotations

from typing import Final

HELLO_FRAMES: Final = 10
HELLO_BYTES: Final = 8 * 1024
"""What a connection may send in all before it has said hello."""

FRAME_RATE: Final = 100.0
FRAME_BURST: Final = 400.0
"""Frames a second that a station may send on average, and at once: twice what it may send in messages."""

BYTE_RATE: Final = 512 * 1024.0
BYTE_BURST: Final = 4 * 1024 * 1024.0
"""The same in bytes: sixteen commands of the longest kind, sent again every four seconds, are half of it."""

_CLOSE: Final = 8
_TWO_BYTES, _EIGHT_BYTES = 126, 127


class FrameCounter:
    """Finds where frames begin in a stream of bytes (RFC 6455, 5.2)."""

    def __init__(self) -> None:
        self._head = b""
        """The beginning of a header whose rest has not come."""
        self._skip = 0
        """Bytes of the frame that is under way."""

    def count(self, data: bytes, most: int) -> int:
        """Return how many frames begin in the next bytes; stop looking beyond `most`.

        A close frame is not counted: it ends the connection.
        """
        if self._head:
            data, self._head = self._head + data, b""
        at, end, frames = self._skip, len(data), 0
        while at + 1 < end:
            second = data[at + 1]
            length = second & 127
            width = 2 if length == _TWO_BYTES else 8 if length == _EIGHT_BYTES else 0
            size = 2 + width + (4 if second & 128 else 0)
            if at + size > end:
                break
            if width:
                length = int.from_bytes(data[at + 2 : at + 2 + width], "big")
            if data[at] & 15 != _CLOSE:
                frames += 1
                if frames > most:
                    break
            at += size + length
        self._skip = max(0, at - end)
        self._head = data[at:]
        return frames


class FrameMeter:
    """The limits of one connection: in all before its hello, in frames and bytes a second after it."""

    def __init__(self, now: float) -> None:
        self._counter = FrameCounter()
        self._greeted = False
        self._frames, self._bytes = float(HELLO_FRAMES), float(HELLO_BYTES)
        self._at = now

    def hello_said(self, now: float) -> None:
        """Count by the second from now on."""
        self._greeted = True
        self._frames, self._bytes, self._at = FRAME_BURST, BYTE_BURST, now

    def passes(self, data: bytes, now: float) -> bool:
        """Count the next bytes; return whether they are within the limits."""
        if self._greeted:
            elapsed, self._at = now - self._at, now
            self._frames = min(FRAME_BURST, self._frames + elapsed * FRAME_RATE)
            self._bytes = min(BYTE_BURST, self._bytes + elapsed * BYTE_RATE)
        self._bytes -= len(data)
        if self._bytes < 0:
            return False
        self._frames -= self._counter.count(data, int(self._frames))
        return self._frames >= 0
