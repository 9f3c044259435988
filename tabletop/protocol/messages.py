"""Frames between stations and the host: version 1 of the protocol in docs/protocol.md.

Every frame is one JSON object with a `type`. A frame that does not match these models exactly is refused, so
that neither side acts on a partly understood frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from tabletop.exercise.commands import Command
from tabletop.protocol.link import Briefing, Count, Sight
from tabletop.protocol.roster import SeatInfo, Standing
from tabletop.protocol.team import Member
from tabletop.scenario.base import Several

VERSION: Final = 1
"""Protocol version. A host and a station of different versions disconnect with a readable reason."""

UNDERSTANDS: Final = ("addresses", "same-name", "pen-offer", "deferred", "floods", "view")
"""Features added since the first release of this version; a station lists them in its hello.

A frame with an unknown key is refused, so the host sends new keys only to stations that know them.
"""

MAX_PARTS: Final = 400
"""Maximum number of parts of a frame."""

Key = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Name = Annotated[str, Field(max_length=80)]
Secret = Annotated[str, Field(max_length=128)]


class Frame(BaseModel):
    """Base of all frames."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        hide_input_in_errors=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


class ExtendedFrame(Frame):
    """A frame with keys that older programs refuse: omitted while they have their default."""

    ADDED: ClassVar[frozenset[str]] = frozenset()
    """Names of the added keys, each of which has a default."""

    @model_serializer(mode="wrap")
    def _leave_out_added(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = type(self).model_fields
        unsaid = {name for name in self.ADDED if getattr(self, name) == fields[name].default}
        data: dict[str, Any] = serialize(self)
        return {name: value for name, value in data.items() if name not in unsaid}


# Frames from a station -------------------------------------------------------------------------


class Hello(ExtendedFrame):
    """The first frame: credentials, and what the station has seen already.

    A `code` comes with the `token` by which the station wants to be recognised from then on. It stores the
    token before it sends the code, so that the same frame opens the same seat again if the answer was lost.
    """

    type: Literal["hello"] = "hello"
    version: int
    token: Secret | None = Field(default=None, repr=False)
    code: Secret | None = Field(default=None, repr=False)
    name: Name = ""
    role: Name = ""
    seen: Count = 0
    exercise: Annotated[str, Field(max_length=64)] = ""
    understands: Annotated[tuple[Name, ...], Field(strict=False, max_length=32)] = ()
    """Subset of `UNDERSTANDS` and later features; unknown words are ignored."""
    returning: bool | None = None
    """With a code: whether this person already has the seat of the same name; `same-name` asks for it."""

    ADDED: ClassVar[frozenset[str]] = frozenset({"understands", "returning"})


class Submit(ExtendedFrame):
    """A command with the station's own key, which every retry repeats.

    With `defer` it was entered, or in flight, while the host was unreachable: while play is paused it is
    deferred, not refused. `after` is the key of an earlier deferred command, which this one may not overtake.
    """

    type: Literal["submit"] = "submit"
    key: Key
    command: Command
    epoch: Count = 0
    defer: bool = False
    after: Key | None = None

    ADDED: ClassVar[frozenset[str]] = frozenset({"defer", "after"})


class Ack(Frame):
    """Everything up to `seen` has arrived; an open screen lists everything up to `shown`, opened or not."""

    type: Literal["ack"] = "ack"
    seen: Count
    shown: Count = 0


class Ping(Frame):
    """Heartbeat, sent every two seconds; carries the same as `Ack`."""

    type: Literal["ping"] = "ping"
    seen: Count
    shown: Count = 0


class Resume(Frame):
    """Request everything after this number again."""

    type: Literal["resume"] = "resume"
    after: Count


class TakeOver(Frame):
    """A facilitator requests the chair."""

    type: Literal["take-over"] = "take-over"


class Recover(Frame):
    """The facilitator asks the host to reopen its log."""

    type: Literal["recover"] = "recover"
    key: Key
    epoch: Count = 0


class HandPen(Frame):
    """Hand a team's pen to the seat `to`: by its holder, or by the facilitator, who names the `team`.

    A facilitator who names no seat takes the pen back.
    """

    type: Literal["hand-pen"] = "hand-pen"
    key: Key
    to: Name | None
    team: Name = ""
    epoch: Count = 0


Act = Literal["new-code", "withdraw-codes", "revoke", "block", "unblock"]
"""What a console may request about people who join."""


class Arrange(Frame):
    """Create or void codes for a kind of seat, revoke a seat, or block an address."""

    type: Literal["arrange"] = "arrange"
    key: Key
    act: Act
    of: Name
    epoch: Count = 0


class Fetch(Frame):
    """Request one piece of an attached file, counted from 0."""

    type: Literal["fetch"] = "fetch"
    key: Key
    file: Annotated[str, Field(min_length=1, max_length=200)]
    index: Annotated[int, Field(ge=0, lt=MAX_PARTS)]


# Frames from the host --------------------------------------------------------------------------


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

    ADDED: ClassVar[frozenset[str]] = frozenset({"addresses"})


class View(Frame):
    """From a station that is ahead of the host: the events that the host lacks, up to the `last` frame."""

    type: Literal["view"] = "view"
    sights: Annotated[tuple[Sight, ...], Field(strict=False)] = ()
    last: bool = False


class Behind(Frame):
    """The log holds only this many of the events that the station has seen: send the others (`view`)."""

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


class Receipt(Frame):
    """A command was recorded durably; `first` to `last` are numbers of this seat's own."""

    type: Literal["receipt"] = "receipt"
    key: Key
    first: Count
    last: Count


class Refused(Frame):
    """A command was not recorded."""

    type: Literal["refused"] = "refused"
    key: Key
    message: str
    code: str


class Deferred(Frame):
    """A command is neither recorded nor refused: the station sends it again once play resumes."""

    type: Literal["deferred"] = "deferred"
    key: Key


class Progress(Frame):
    """How many teams (and the console) that may see a command's events have them, and list them.

    `seen` does not say that anybody opened them; screens do not show it.
    """

    type: Literal["progress"] = "progress"
    key: Key
    of: Count
    delivered: Count
    seen: Count


class Code(Frame):
    """A code for one seat of that kind."""

    acts_as: str
    text: Secret = Field(repr=False)


class SeatLine(Frame):
    """A seat and the state of its station: `since` is a UTC time of day unless it is connected."""

    id: str
    acts_as: str
    name: str
    role: str
    standing: Standing
    since: str = ""
    pen: bool = False


class AddressLine(Frame):
    """An address with connections that were dropped or rejected, or that is blocked."""

    address: str
    cut: Count = 0
    blocked: bool = False


class Reception(ExtendedFrame):
    """To the console with the chair only: address, codes and seats."""

    type: Literal["reception"] = "reception"
    address: str
    plain: bool = False
    words: Several[str] = ()
    secret: Secret = Field(default="", repr=False)
    """Opens facilitators' seats."""
    codes: Annotated[tuple[Code, ...], Field(strict=False)] = ()
    seats: Annotated[tuple[SeatLine, ...], Field(strict=False)] = ()
    addresses: Annotated[tuple[AddressLine, ...], Field(strict=False)] = ()
    """Addresses that flood the host or are blocked."""

    ADDED: ClassVar[frozenset[str]] = frozenset({"addresses"})


class Reach(Frame):
    """To facilitators: for each team with a station, the log number of the last event it has."""

    type: Literal["reach"] = "reach"
    teams: Mapping[str, Count]


class Arranged(Frame):
    """Answer to `Arrange`: why it failed, or empty."""

    type: Literal["arranged"] = "arranged"
    key: Key
    problem: str = ""


class Recovered(Frame):
    """Whether the log records again."""

    type: Literal["recovered"] = "recovered"
    key: Key
    worked: bool


class Handed(Frame):
    """Whether the pen was handed over; `message` says why not, and is empty if it was."""

    type: Literal["handed"] = "handed"
    key: Key
    message: str = ""


class Piece(Frame):
    """Answer to `Fetch`: a piece in base 64, and how many there are; 0 if the seat has no such file."""

    type: Literal["piece"] = "piece"
    key: Key
    count: Annotated[int, Field(ge=0, le=MAX_PARTS)]
    text: str = ""


class Notice(Frame):
    """Why nothing can be recorded, if so; to exercise control, also which stations are silent."""

    type: Literal["notice"] = "notice"
    trouble: str | None = None
    says: Several[str] = ()


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

FromStation = Annotated[
    Hello | Submit | Ack | Ping | Resume | TakeOver | Recover | HandPen | Arrange | Fetch | View,
    Field(discriminator="type"),
]
Request = Submit | TakeOver | Recover | HandPen | Arrange | Fetch
"""What a station requests once it is admitted."""

Reply = Recovered | Arranged | Handed | Piece
"""Answers to requests with a key."""

FromHost = Annotated[
    Welcome
    | Behind
    | Sights
    | Part
    | Receipt
    | Refused
    | Deferred
    | Progress
    | Recovered
    | Handed
    | Reception
    | Arranged
    | Piece
    | Reach
    | Clock
    | Chair
    | TeamRoster
    | Notice
    | Pong
    | Goodbye,
    Field(discriminator="type"),
]
