"""A station's connection as the session sees it: what comes from it, and what can be done with it.

This is all that crosses between the network and the session. On a real host the network has a thread and an
event loop of its own (`tabletop.host.server`); where everything runs in one thread, as in a simulation, a
line calls `Stations.take` itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from tabletop.protocol import framing, messages


class StationLine(Protocol):
    """The way to one station. Called from the session's thread, and never waits."""

    @property
    def takes_more(self) -> bool:
        """Whether the station keeps up with what is written; if not, a `Ready` follows once it does."""

    def write(self, texts: list[str]) -> None:
        """Send these messages."""

    def close(self) -> None:
        """End the connection once everything written was sent; a `Left` follows."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A station has said hello. Nothing of a line is heard before that."""

    line: StationLine
    address: str
    hello: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A further message of it; None for one that was not text."""

    line: StationLine
    text: str | None


@dataclass(frozen=True, slots=True)
class Ready:
    """It takes more again."""

    line: StationLine


@dataclass(frozen=True, slots=True)
class Left:
    """The connection is over. Nothing of the line is heard after that."""

    line: StationLine


FromNetwork = Arrived | Incoming | Ready | Left


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
