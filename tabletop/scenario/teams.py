"""The groups of players of a scenario."""

from __future__ import annotations

from pydantic import Field

from tabletop.scenario.base import AnyNumber, Line, Part, Text, is_none
from tabletop.scenario.clock import Offset, Zone

OTHER_SEATS = ("control", "facilitator", "evaluator", "observer", "wall", "clock")
"""Seats other than teams; reserved, so that no team id can be mistaken for one."""


class Team(Part):
    """A capital, or any other group of players that decides together."""

    name: Line = Field(description="Its name, as players read it.")
    utc: Offset = Field(default="+00:00", description="Offset of its local time from UTC, as '+09:00'.")
    zone: Zone | None = Field(
        default=None,
        exclude_if=is_none,
        description="In place of 'utc', its time zone by name: Asia/Tokyo. The clock needs a 'start' then.",
    )
    offices: AnyNumber[Line] = Field(default=(), description="The offices that decide. Offices, not persons.")
    briefing: Text | None = Field(
        default=None,
        exclude_if=is_none,
        description="What this team alone reads before play, after the situation.",
    )

    @property
    def local_zone(self) -> str:
        """Its zone by name, else its offset from UTC."""
        return self.zone or self.utc
