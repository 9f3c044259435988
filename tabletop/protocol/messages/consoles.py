"""Frames for exercise control: codes and seats, who has what, why nothing is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from tabletop.protocol.link import Count
from tabletop.protocol.messages.base import ExtendedFrame, Frame, Secret
from tabletop.protocol.roster import Standing
from tabletop.scenario.base import Several


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


class Notice(Frame):
    """Why nothing can be recorded, if so; to exercise control, also which stations are silent."""

    type: Literal["notice"] = "notice"
    trouble: str | None = None
    says: Several[str] = ()
