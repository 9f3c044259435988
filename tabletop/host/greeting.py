"""The first message of a connection: a hello, or why the connection ends."""

from __future__ import annotations

from typing import Final

from tabletop.protocol import framing, messages

HELLO_WITHIN: Final = 5.0
"""Seconds in which a new connection has to say who it is."""

GOODBYE_WITHIN: Final = 1.0
"""Seconds in which a station has to take its goodbye."""

NOT_TEXT: Final = messages.Goodbye(code="protocol", reason="a frame is not text")
NOBODY: Final = messages.Goodbye(code="silent", reason="nobody said hello")


def read_hello(text: str) -> messages.Hello | messages.Goodbye:
    """Return the hello in a first message, or the goodbye that answers anything else."""
    try:
        frame = framing.from_station(text)
    except framing.FrameError as error:
        version = framing.spoken(text)
        if version is not None and version != messages.VERSION:
            return messages.apart(version)  # its frames need not be like ours to be answered in words
        return messages.Goodbye(code="protocol", reason=error.message)
    if isinstance(frame, messages.Hello):
        return frame
    return messages.Goodbye(code="protocol", reason="the first frame has to be a hello")
