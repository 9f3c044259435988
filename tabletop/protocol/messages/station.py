"""Frames from a station."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tabletop.exercise.commands import Command
from tabletop.protocol.link import Count, Sight
from tabletop.protocol.messages.base import MAX_PARTS, ExtendedFrame, Frame, Key, Name, Secret


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
    last: Name = ""
    """Type and game second of the last event seen: a log that lost it may hold as many events, but others."""

    ADDED: ClassVar[frozenset[str]] = frozenset({"understands", "returning", "last"})


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


class View(Frame):
    """From a station that is ahead of the host: the events that the host lacks, up to the `last` frame."""

    type: Literal["view"] = "view"
    sights: Annotated[tuple[Sight, ...], Field(strict=False)] = ()
    last: bool = False


Request = Submit | TakeOver | Recover | HandPen | Arrange | Fetch
"""What a station requests once it is admitted."""

FromStation = Annotated[
    Hello | Submit | Ack | Ping | Resume | TakeOver | Recover | HandPen | Arrange | Fetch | View,
    Field(discriminator="type"),
]
