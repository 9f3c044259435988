"""The interface between the network and the session: one line per station.

On a real host the network has a thread and an event loop of its own (`tabletop.host.server`). In a
simulation, where everything runs in one thread, a line calls `Stations.take` itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from tabletop.protocol import framing, messages


class StationLine(Protocol):
    """Outgoing side of one station's connection. Called from the session's thread; never blocks."""

    @property
    def takes_more(self) -> bool:
        """Whether the station keeps up with what is written; if not, a `Ready` follows once it does."""

    def write(self, texts: list[str]) -> None:
        """Send messages."""

    def close(self) -> None:
        """End the connection once everything written was sent; a `Left` follows."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A station has sent its hello. Nothing is reported of a line before that."""

    line: StationLine
    address: str
    hello: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A further message; None if it was not text."""

    line: StationLine
    text: str | None


@dataclass(frozen=True, slots=True)
class Ready:
    """The station takes more again."""

    line: StationLine


@dataclass(frozen=True, slots=True)
class Left:
    """The connection is closed. Nothing is reported of the line after that."""

    line: StationLine


FromNetwork = Arrived | Incoming | Ready | Left


HELLO_WITHIN: Final = 5.0
"""Seconds within which a new connection has to send its hello."""

GOODBYE_WITHIN: Final = 1.0
"""Seconds to wait for a station to read its goodbye."""

NOT_TEXT: Final = messages.Goodbye(code="protocol", reason="a frame is not text")
NOBODY: Final = messages.Goodbye(code="silent", reason="no hello was received")


def read_hello(text: str) -> messages.Hello | messages.Goodbye:
    """Decode the hello in a first message, or return the goodbye that answers it."""
    try:
        frame = framing.from_station(text)
    except framing.FrameError as error:
        version = framing.spoken(text)
        if version is not None and version != messages.VERSION:
            return messages.apart(version)  # whatever its frames look like
        return messages.Goodbye(code="protocol", reason=error.message)
    if isinstance(frame, messages.Hello):
        return frame
    return messages.Goodbye(code="protocol", reason="the first frame has to be a hello")
