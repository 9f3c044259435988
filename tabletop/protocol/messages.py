"""What stations and the host say to each other: version 1 of the protocol in docs/protocol.md.

Every frame is one JSON object with a `type`. A frame is refused unless it is exactly what these
models say, so that neither side acts on half of what the other meant. The models lie beneath
`tabletop.link` because the host, which speaks them too, may not import from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from tabletop.exercise.commands import Command
from tabletop.exercise.events import Event
from tabletop.protocol.roster import Standing
from tabletop.scenario.base import Several
from tabletop.scenario.content import LocalClock, Team

VERSION: Final = 1
"""Of the protocol. A host and a station that speak different versions part with plain words."""

UNDERSTANDS: Final = ("addresses", "same-name", "pen-offer", "deferred", "floods", "view")
"""What this program understands beyond the first programs of this version; a station says so in its hello.

A frame with an unknown key is refused, so the host sends such keys only to stations that know them.
"""

MAX_PARTS: Final = 400
"""A frame of more parts is not put together."""

Count = Annotated[int, Field(ge=0, lt=2**53)]
Key = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Name = Annotated[str, Field(max_length=80)]
Secret = Annotated[str, Field(max_length=128)]


class Frame(BaseModel):
    """What all frames have in common."""

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
    """A frame with keys that the first programs of this version refuse: left out if they say nothing."""

    ADDED: ClassVar[frozenset[str]] = frozenset()
    """Keys that were added, each with a default that says nothing."""

    @model_serializer(mode="wrap")
    def _leave_out_added(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = type(self).model_fields
        unsaid = {name for name in self.ADDED if getattr(self, name) == fields[name].default}
        data: dict[str, Any] = serialize(self)
        return {name: value for name, value in data.items() if name not in unsaid}


# From a station --------------------------------------------------------------------------------


class Hello(ExtendedFrame):
    """The first frame: who asks to come in, and what it has seen already.

    A `code` comes with the `token` by which the station wants to be known from then on. It keeps that token
    before it sends the code, so that the same frame opens the same seat again if the answer was lost.
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
    """Of `UNDERSTANDS` and what comes later; words that the host does not know mean nothing to it."""
    returning: bool | None = None
    """With a code: whether this is the one of the same name who has a seat; `same-name` asks for it."""

    ADDED: ClassVar[frozenset[str]] = frozenset({"understands", "returning"})


class Submit(ExtendedFrame):
    """A command, under a key of the station's own making that every retry repeats.

    With `defer` it was given, or was on its way, while the host could not be reached: while play stands it
    is deferred, not refused. `after` is the key of an earlier one like that, which this one may not overtake.
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
    """The station lives. Sent every two seconds; says what `Ack` says."""

    type: Literal["ping"] = "ping"
    seen: Count
    shown: Count = 0


class Resume(Frame):
    """Something is missing: tell again everything after this number."""

    type: Literal["resume"] = "resume"
    after: Count


class TakeOver(Frame):
    """A facilitator asks for the chair."""

    type: Literal["take-over"] = "take-over"


class Recover(Frame):
    """The facilitator asks the host to try its log again."""

    type: Literal["recover"] = "recover"
    key: Key
    epoch: Count = 0


class HandPen(Frame):
    """Hand a team's pen to the seat `to`: from its holder, or from the facilitator, who names the `team`.

    A facilitator who names no seat takes the pen back and keeps it.
    """

    type: Literal["hand-pen"] = "hand-pen"
    key: Key
    to: Name | None
    team: Name = ""
    epoch: Count = 0


Act = Literal["new-code", "withdraw-codes", "revoke", "block", "unblock"]
"""What a console may ask about those who join."""


class Arrange(Frame):
    """The facilitator asks for or voids codes of a kind of seat, revokes a seat, or blocks an address."""

    type: Literal["arrange"] = "arrange"
    key: Key
    act: Act
    of: Name
    epoch: Count = 0


# From the host ---------------------------------------------------------------------------------


class Seat(Frame):
    """The seat that a station was given."""

    id: str
    acts_as: str
    name: str = ""
    role: str = ""


class Briefing(Frame):
    """What every player may know before play."""

    name: str
    title: str
    situation: str
    ground_rules: Several[str]
    teams: Mapping[str, Team]
    labels: Mapping[str, str]
    clock: LocalClock | None


class Clock(Frame):
    """Game seconds at the moment of sending, and how fast they pass; rate 0 while the clock stands."""

    type: Literal["clock"] = "clock"
    game: float
    rate: float


class Chair(Frame):
    """Whether this console may act, and the epoch that its commands have to carry."""

    type: Literal["chair"] = "chair"
    epoch: Count
    yours: bool


class TeamSeat(Frame):
    """One seat of the station's own team."""

    id: str
    name: str
    role: str
    connected: bool


class TeamRoster(ExtendedFrame):
    """Who sits with the station's team and which seat holds the pen; a higher `revision` is newer."""

    type: Literal["team"] = "team"
    revision: Count
    seats: Annotated[tuple[TeamSeat, ...], Field(strict=False)]
    pen: str | None
    offered: bool = False
    """Whether the holder is away for so long that another seat of the team may take the pen (`pen-offer`)."""

    ADDED: ClassVar[frozenset[str]] = frozenset({"offered"})


class Welcome(ExtendedFrame):
    """The station is in. `token` comes once, in exchange for a code that came without one."""

    type: Literal["welcome"] = "welcome"
    version: int
    seat: Seat
    exercise: str
    briefing: Briefing
    clock: Clock
    head: Count
    """How many events this seat may see so far."""
    chair: Chair | None = None
    team: TeamRoster | None = None
    token: Secret | None = Field(default=None, repr=False)
    addresses: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Where this host may be found too, if not here (`addresses`)."""

    ADDED: ClassVar[frozenset[str]] = frozenset({"addresses"})


class WireSight(Frame):
    """An event as this seat sees it, under its own gapless number."""

    number: Annotated[int, Field(ge=1, lt=2**53)]
    at: Count
    event: Event
    seat: str = ""
    seq: Count = 0
    wall: str = ""


class View(Frame):
    """From a station that the host is behind: what it has seen beyond. The last of these frames says so."""

    type: Literal["view"] = "view"
    sights: Annotated[tuple[WireSight, ...], Field(strict=False)] = ()
    last: bool = False


class Behind(Frame):
    """The log holds only so many of the events that this station has seen: what has it beyond (`view`)?"""

    type: Literal["behind"] = "behind"
    held: Count


class Sights(Frame):
    """Events, in order, one after the other."""

    type: Literal["sights"] = "sights"
    sights: Annotated[tuple[WireSight, ...], Field(strict=False, min_length=1)]


class Part(Frame):
    """A piece of a frame that is too long for one; the pieces come in order, with nothing between."""

    type: Literal["part"] = "part"
    index: Count
    count: Annotated[int, Field(ge=1, le=MAX_PARTS)]
    text: str


class Receipt(Frame):
    """A command was recorded, durably; `first` to `last` are numbers of this seat's own."""

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
    """A command is neither recorded nor refused: the station gives it again once play goes on."""

    type: Literal["deferred"] = "deferred"
    key: Key


class Progress(Frame):
    """How many of those who may see what was recorded have it, and list it on an open screen.

    `seen` does not say that anybody opened it; screens make no words of it.
    """

    type: Literal["progress"] = "progress"
    key: Key
    of: Count
    delivered: Count
    seen: Count


class Code(Frame):
    """A code that is good for one seat of that kind."""

    acts_as: str
    text: Secret = Field(repr=False)


class SeatLine(Frame):
    """A seat, and how its station stands: `since` is a time of day (UTC) if it is not there."""

    id: str
    acts_as: str
    name: str
    role: str
    standing: Standing
    since: str = ""
    pen: bool = False


class AddressLine(Frame):
    """An address whose connections were cut off or not accepted, so many times, or that is blocked."""

    address: str
    cut: Count = 0
    blocked: bool = False


class Reception(ExtendedFrame):
    """To the console with the chair alone: where people join and with what, and who has joined."""

    type: Literal["reception"] = "reception"
    address: str
    plain: bool = False
    words: Several[str] = ()
    secret: Secret = Field(default="", repr=False)
    """Opens facilitators' seats."""
    codes: Annotated[tuple[Code, ...], Field(strict=False)] = ()
    seats: Annotated[tuple[SeatLine, ...], Field(strict=False)] = ()
    addresses: Annotated[tuple[AddressLine, ...], Field(strict=False)] = ()
    """Those that flood the host, or that nothing is accepted from."""

    ADDED: ClassVar[frozenset[str]] = frozenset({"addresses"})


class Reach(Frame):
    """To facilitators: for each team with a station, the log's number of the last event it has."""

    type: Literal["reach"] = "reach"
    teams: Mapping[str, Count]


class Arranged(Frame):
    """Answer to `Arrange`: what stood against it, or nothing if it is done."""

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


class Notice(Frame):
    """Why nothing can be recorded, if so; and to exercise control, which stations are silent."""

    type: Literal["notice"] = "notice"
    trouble: str | None = None
    says: Several[str] = ()


class Pong(Frame):
    """The host lives. `sent` is the number of the last event that it told this station, `team` the
    revision of its team's seats.
    """

    type: Literal["pong"] = "pong"
    sent: Count
    team: Count = 0


class Goodbye(Frame):
    """The host ends the connection. Only after the codes in `LASTING` is there no use in coming back."""

    type: Literal["goodbye"] = "goodbye"
    code: str
    reason: str


def apart(version: int) -> Goodbye:
    """What a station of another version of the protocol is told."""
    return Goodbye(
        code="version",
        reason=f"the host speaks version {VERSION} of the protocol and this station version {version}: "
        "install the same tabletop on both",
    )


LASTING: Final = frozenset({"version", "refused", "revoked", "replaced", "same-name", "older-copy"})
"""Codes of a `Goodbye` after which the same station would only be sent away again."""

FromStation = Annotated[
    Hello | Submit | Ack | Ping | Resume | TakeOver | Recover | HandPen | Arrange | View,
    Field(discriminator="type"),
]
Request = Submit | TakeOver | Recover | HandPen | Arrange
"""What a station asks for once it is in."""

Reply = Recovered | Arranged | Handed
"""What the host answers to a question under a key."""

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
    | Reach
    | Clock
    | Chair
    | TeamRoster
    | Notice
    | Pong
    | Goodbye,
    Field(discriminator="type"),
]
