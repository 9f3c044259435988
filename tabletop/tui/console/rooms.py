"""What the console shows of other rooms: who is missing, who runs it all, how far the teams are."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.protocol.console_link import ConsoleLink
from tabletop.tui.console.pages.seats import only_here, rooms_part
from tabletop.tui.kit.rows import Line


@dataclass(frozen=True, slots=True)
class Rooms:
    """One look around. Two that are equal need no new drawing."""

    reading: bool = False
    """Whether another console runs the exercise."""
    says: tuple[str, ...] = ()
    """Stations that are missing, and alarms, in sentences that say what to do."""
    summary: Line = ()
    """All of it in a few words."""
    reach: tuple[tuple[str, int], ...] = ()
    """For each team with a station, the log's number of the last event that one of them has."""


def look_around(front_desk: ConsoleLink | None) -> Rooms:
    """How things stand; nothing where nobody can join."""
    if front_desk is None:
        return Rooms()
    chair, reception = front_desk.chair, front_desk.enrolment
    reading = chair is not None and not chair.yours
    summary: Line = (("you run it", "good"),) if not reading else (("reading only", "bad"),)
    if reception is not None and only_here(reception) and not reception.seats:
        summary = ()
    elif reception is not None:
        summary = (*rooms_part(reception), ("  ", "plain"), *summary)
    return Rooms(
        reading=reading, says=front_desk.warnings, summary=summary, reach=tuple(front_desk.reach.items())
    )
