"""Frames by which the host answers what a station requested."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tabletop.protocol.link import Count
from tabletop.protocol.messages.base import MAX_PARTS, Frame, Key


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


class Recovered(Frame):
    """Whether the log records again."""

    type: Literal["recovered"] = "recovered"
    key: Key
    worked: bool


class Arranged(Frame):
    """Answer to `Arrange`: why it failed, or empty."""

    type: Literal["arranged"] = "arranged"
    key: Key
    problem: str = ""


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


Reply = Recovered | Arranged | Handed | Piece
"""Answers to requests with a key."""
