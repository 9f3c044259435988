"""Where people find a host, and how they know that it is the one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PATH: Final = "/station"
"""Where a host's stations connect, in the address of its WebSocket."""

PORT: Final = 7788
"""Where a host listens unless it is told otherwise; left out of addresses that people type."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What a facilitator reads out to those who come."""

    host: str
    port: int = PORT
    words: tuple[str, ...] = ()
    """Of the host's certificate, to be compared; none where nothing is encrypted."""
    plain: bool = False
    """On a network, and not encrypted: everybody there can read along."""

    @property
    def address(self) -> str:
        """As short as it may be typed at a station; empty while the host does not listen yet."""
        if not self.host:
            return ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORT else f"{host}:{self.port}"

    def line(self, verb: str) -> str:
        """What to type at a terminal to come in by that verb."""
        return f"tabletop {verb} {self.address}{' --plain' if self.plain else ''}"
