"""The endpoint of a host: where stations connect, and how people verify it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PATH: Final = "/station"
"""Path of the host's WebSocket."""

PORT: Final = 7788
"""Default port; omitted in addresses that people type."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What a facilitator reads out to people who join."""

    host: str
    port: int = PORT
    words: tuple[str, ...] = ()
    """Words of the host's certificate, to be compared; empty if the host is not encrypted."""
    plain: bool = False
    """Whether the host is on a network without encryption: others there can read everything."""

    @property
    def address(self) -> str:
        """The address to type at a station, without the default port; empty until the host listens."""
        if not self.host:
            return ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORT else f"{host}:{self.port}"

    def line(self, verb: str) -> str:
        """Return the command to type at a terminal to join by that verb."""
        return f"tabletop {verb} {self.address}{' --plain' if self.plain else ''}"
