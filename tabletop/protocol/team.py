"""Seats and pen of a team, as one of its seats knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import ConfigDict, StrictBool


@dataclass(frozen=True, slots=True)
class Member:
    """One seat of the team."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    name: str
    role: str
    connected: StrictBool

    @property
    def called(self) -> str:
        """The name, else the office, else a placeholder, for use in a sentence."""
        return self.name.strip() or self.role.strip() or "a seat without a name"


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """The team as known by one of its seats. Only the seat with the pen decides and speaks for the team."""

    me: str = ""
    pen: str | None = ""
    members: tuple[Member, ...] = ()
    offered: bool = False
    """Whether this seat may take the pen, because its holder is away."""

    @property
    def mine(self) -> bool:
        """Whether this seat holds the pen."""
        return self.pen == self.me

    @property
    def holder(self) -> Member | None:
        """The seat that holds the pen, if any."""
        return next((one for one in self.members if one.id == self.pen), None)

    @property
    def others(self) -> tuple[Member, ...]:
        """The other seats of the team."""
        return tuple(one for one in self.members if one.id != self.me)


LONE: Final = OwnTeam()
"""A whole team at the host's own terminal: it has the pen."""
