"""Meter a connection's traffic in WebSocket frames and bytes, before anything is parsed.

Parsing a frame costs far more than sending one, so floods are counted on raw bytes, including control frames
and empty fragments. Data beyond the limits is not parsed at all.
"""

from __future__ import annotations

from typing import Final

HELLO_FRAMES: Final = 10
HELLO_BYTES: Final = 8 * 1024
"""Total limits of a connection before its hello."""

FRAME_RATE: Final = 100.0
FRAME_BURST: Final = 400.0
"""Average and burst limits of frames a second: twice those of messages."""

BYTE_RATE: Final = 512 * 1024.0
BYTE_BURST: Final = 4 * 1024 * 1024.0
"""The same in bytes: sixteen commands of maximum size, sent again every four seconds, use half of it."""

_CLOSE: Final = 8
_TWO_BYTES, _EIGHT_BYTES = 126, 127


class FrameCounter:
    """Find frame boundaries in a stream of bytes (RFC 6455, 5.2)."""

    def __init__(self) -> None:
        self._head = b""
        """The beginning of an incomplete header."""
        self._skip = 0
        """Remaining bytes of the current frame."""

    def count(self, data: bytes, most: int) -> int:
        """Return how many frames begin in the next bytes; stop counting beyond `most`.

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
    """Limits of one connection: in total before its hello, per second after it."""

    def __init__(self, now: float) -> None:
        self._counter = FrameCounter()
        self._greeted = False
        self._frames, self._bytes = float(HELLO_FRAMES), float(HELLO_BYTES)
        self._at = now

    def hello_said(self, now: float) -> None:
        """Switch to the limits per second."""
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
