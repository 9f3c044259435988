"""How a terminal stands with its host."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.protocol.link import Link


@dataclass(frozen=True, slots=True)
class HostContact:
    """How this station stands with its host, in the words of the `Link` protocol."""

    trouble: str | None = None
    live: bool = True
    finished: bool = False
    astray: bool = False
    """Whether a host of another exercise answers where this one was."""

    probes_left: float | None = None
    """Real seconds left for the probes that are open, if that is known."""

    @classmethod
    def over(cls, link: Link) -> HostContact:
        """As it is now."""
        return cls(link.trouble(), link.live, link.finished, link.other_exercise, link.probes_left())
