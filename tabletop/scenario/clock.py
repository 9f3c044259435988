"""When and where an exercise plays: the local time that game time stands for, and zones by name or offset."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, model_validator

from tabletop.scenario.base import AnyNumber, Line, Part, Several
from tabletop.scenario.gametime import GameTime

START_FORM: Final = "%Y-%m-%d %H:%M"
_SIGNS: Final = ("+", "-")

Offset = Annotated[str, Field(pattern=r"^[+-](0\d|1[0-4]):[0-5]\d$")]
"""An offset from UTC, as '+09:00'."""


def is_named(zone: str) -> bool:
    """Return whether a zone is given by name, as ``Asia/Tokyo``, and not as an offset."""
    return not zone.startswith(_SIGNS)


def _zone(text: str) -> str:
    if is_named(text):
        return text
    hours, colon, minutes = text[1:].partition(":")
    if not (colon and len(hours) == 2 == len(minutes) and hours.isdecimal() and minutes.isdecimal()):
        raise ValueError("a zone is a name, as Asia/Tokyo, or an offset in quotes, as '+09:00'")
    if int(hours) > 14 or int(minutes) > 59:
        raise ValueError("an offset from UTC is at most 14 hours, as '+09:00'")
    return text


Zone = Annotated[Line, AfterValidator(_zone)]
"""A zone by name or as an offset from UTC."""


def start_of(text: str) -> datetime:
    """Return the local date and time of a start, which has no zone of its own. Raises ValueError."""
    return datetime.strptime(text, START_FORM)  # noqa: DTZ007 - the zone is another key


def _date_and_time(text: str) -> str:
    try:
        return start_of(text).strftime(START_FORM)
    except ValueError:
        raise ValueError("a start is a date and a time, as 2026-06-03 05:30") from None


class Anchor(Part):
    """The local time that a game time stands for; it runs on from there second by second."""

    at: GameTime = Field(description="The game time: 'T+20'.")
    shows: Annotated[str, Field(pattern=r"^D([+-]\d{1,2})? ([01]\d|2[0-3]):[0-5]\d$")] = Field(
        description="The local day and time then: 'D 06:27', 'D-1 21:00'."
    )


class WrittenClock(Part):
    """How game time maps to local time in the zone given."""

    start: Annotated[Line, AfterValidator(_date_and_time)] | None = Field(
        default=None, description="The date and the local time of T+0, as 2026-06-03 05:30."
    )
    zone: Zone = Field(
        default="+00:00", description="Its zone: a name as Asia/Tokyo, or an offset from UTC as '+09:00'."
    )
    anchors: AnyNumber[Anchor] = Field(default=(), description="Where game time and local time meet.")

    @model_validator(mode="after")
    def _begins(self) -> Self:
        if self.start is None and not self.anchors:
            raise ValueError("a clock has a 'start' with date and time, or 'anchors'")
        if self.start is not None and any(anchor.at == 0 for anchor in self.anchors):
            raise ValueError("'start' says what T+0 shows, and so does an anchor; leave one of them out")
        return self

    @property
    def meetings(self) -> tuple[Anchor, ...]:
        """Every anchor, the start among them."""
        if self.start is None:
            return self.anchors
        return (Anchor.model_construct(at=0, shows=f"D {self.start[-5:]}"), *self.anchors)


class Shift(Part):
    """The offset of a named zone from a game time on."""

    at: int
    utc: Offset


class LocalClock(WrittenClock):
    """The clock with the offsets of named zones as they were when the scenario was read.

    They travel in the log, so that later changes of the world's time zones change no exercise.
    """

    offsets: dict[Line, Several[Shift]] = Field(default_factory=dict)

    def utc(self, zone: str, at: int) -> str:
        """Return the offset of a zone at a game second."""
        shifts = self.offsets.get(zone, ())
        passed = [shift for shift in shifts if shift.at <= at]
        if passed:
            return passed[-1].utc
        return shifts[0].utc if shifts else zone if not is_named(zone) else "+00:00"
