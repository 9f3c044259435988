"""What a watcher's screen needs of its link besides what every screen does."""

from __future__ import annotations

from typing import Protocol

from tabletop.link.protocol import Link


class WatchLink(Link, Protocol):
    """A link that can be lost."""

    @property
    def live(self) -> bool:
        """Whether the host answers at the moment."""

    @property
    def lost_at(self) -> str:
        """Time of day since when it does not."""

    @property
    def finished(self) -> bool:
        """Whether the host has sent this seat away for good."""
