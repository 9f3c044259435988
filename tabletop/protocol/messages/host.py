"""Frames by which the host admits a station, and keeps it current."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from tabletop.protocol.link import Briefing, Count, Sight
from tabletop.protocol.messages.base import MAX_PARTS, VERSION, ExtendedFrame, Frame, Secret
from tabletop.protocol.roster import SeatInfo
from tabletop.protocol.team import Member


class Clock(Frame):
    """Game seconds at the time of sending, and the clock's rate; 0 while it is stopped."""

    type: Literal["clock"] = "clock"
    game: float
    rate: float


class Chair(Frame):
    """Whether this console may act, and the epoch that its commands must carry."""

    type: Literal["chair"] = "chair"
    epoch: Count
    yours: bool


class TeamRoster(ExtendedFrame):
    """Seats of the station's team and the one that holds the pen; a higher `revision` is newer."""

    type: Literal["team"] = "team"
    revision: Count
    seats: Annotated[tuple[Member, ...], Field(strict=False)]
    pen: str | None
    offered: bool = False
    """Whether another seat of the team may take the pen because its holder is away (`pen-offer`)."""

    ADDED: ClassVar[frozenset[str]] = frozenset({"offered"})


class Welcome(ExtendedFrame):
    """The station is admitted. `token` is sent once, in exchange for a code that came without one."""

    type: Literal["welcome"] = "welcome"
    version: int
    seat: SeatInfo
    exercise: str
    briefing: Briefing
    clock: Clock
    head: Count
    """How many events this seat may see so far."""
    chair: Chair | None = None
    team: TeamRoster | None = None
    token: Secret | None = Field(default=None, repr=False)
    addresses: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Other addresses of this host (`addresses`)."""
    probes_left: float | None = None
    """Real seconds left for open probes (`probes-left`)."""

    ADDED: ClassVar[frozenset[str]] = frozenset({"addresses", "probes_left"})


class Behind(Frame):
    """The log lacks events that the station has seen: send those after this number (`view`)."""

    type: Literal["behind"] = "behind"
    held: Count


class Sights(Frame):
    """Consecutive events."""

    type: Literal["sights"] = "sights"
    sights: Annotated[tuple[Sight, ...], Field(strict=False, min_length=1)]


class Part(Frame):
    """A piece of a frame that is too long; the pieces are sent in order, with nothing in between."""

    type: Literal["part"] = "part"
    index: Count
    count: Annotated[int, Field(ge=1, le=MAX_PARTS)]
    text: str


class Pong(Frame):
    """Heartbeat of the host: the number of the last event sent, and the revision of the team's roster."""

    type: Literal["pong"] = "pong"
    sent: Count
    team: Count = 0


class Goodbye(Frame):
    """The host closes the connection. Reconnecting is pointless only after the codes in `LASTING`."""

    type: Literal["goodbye"] = "goodbye"
    code: str
    reason: str


def apart(version: int) -> Goodbye:
    """Return the goodbye to a station that speaks another version of the protocol."""
    return Goodbye(
        code="version",
        reason=f"the host speaks version {VERSION} of the protocol and this station version {version}: "
        "install the same tabletop on both",
    )


LASTING: Final = frozenset({"version", "refused", "revoked", "replaced", "same-name", "older-copy"})
"""Codes of a `Goodbye` that the same station would only receive again."""
