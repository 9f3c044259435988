"""What a watcher's screen needs of its link besides what every screen does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tabletop.link.protocol import Link
from tabletop.link.submission import Submission


class WatchLink(Link, Protocol):
    """A link that can be lost, and that keeps what was given until it is answered."""

    @property
    def live(self) -> bool:
        """Whether the host answers at the moment."""

    @property
    def lost_at(self) -> str:
        """Time of day since when it does not."""

    @property
    def finished(self) -> bool:
        """Whether the host has sent this seat away for good."""

    @property
    def submissions(self) -> Sequence[Submission]:
        """What became of the commands given here, those of before a crash among them; oldest first."""
