"""Who sits with a seat's own team, and who of them holds the pen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Member:
    """One seat of the team."""

    id: str
    name: str
    office: str
    connected: bool

    @property
    def called(self) -> str:
        """The name, for a sentence; else the office; else that there is a seat."""
        return self.name.strip() or self.office.strip() or "a seat without a name"


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """The team as one of its seats knows it. Only the seat with the pen decides and speaks for the team."""

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
        """The seat that holds it, if there is one."""
        return next((one for one in self.members if one.id == self.pen), None)

    @property
    def others(self) -> tuple[Member, ...]:
        """The other seats of the team."""
        return tuple(one for one in self.members if one.id != self.me)


LONE: Final = OwnTeam()
"""A seat at the host's own terminal, which the whole team shares: it has the pen."""
