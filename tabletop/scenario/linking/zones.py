"""Look up time zones by name, and keep their offsets as they are over the time of the exercise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from tabletop.scenario.clock import START_FORM, LocalClock, Shift, WrittenClock, is_named, start_of
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.localtime import offset_seconds, shown_seconds
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import quoted
from tabletop.scenario.reading.locating import value_at
from tabletop.scenario.teams import Team

_AFTER_END: Final = 86_400
"""Seconds for which play may run on after its planned end."""
_STEP: Final = 900
"""No zone changes its offset twice in so many seconds, nor at another time than a full quarter of an hour."""


def frozen_clock(
    clock: WrittenClock | None,
    place: Place,
    teams: Mapping[str, tuple[Team, Place]],
    length: int,
    findings: Findings,
) -> LocalClock | None:
    """Return the clock with the offset of each named zone over the time of the exercise."""
    dated = clock is not None and clock.start is not None
    named = list(_named(clock, place, teams, findings))
    zones: dict[str, tzinfo] = {}
    for zone, where in named:
        found = _find(zone, where, findings) if zone not in zones else zones[zone]
        if found is not None:
            zones[zone] = found
        if found is not None and not dated:
            findings.error(
                "zone-without-date",
                f"the offset of zone {quoted(zone)} depends on the date",
                where,
                hint="give the clock a 'start', as 2026-06-03 05:30, or write an offset: '+09:00'",
            )
    if clock is None:
        return None
    fields = {name: getattr(clock, name) for name in WrittenClock.model_fields}
    own = zones.get(clock.zone) if is_named(clock.zone) else _fixed(clock.zone)
    if not dated or own is None:
        return LocalClock.model_construct(**fields, offsets={})
    _check_start(clock, own, place / "start", findings)
    offsets = {zone: tuple(_shifts(clock, own, found, length)) for zone, found in zones.items()}
    return LocalClock.model_construct(**fields, offsets=offsets)


def _named(
    clock: WrittenClock | None, place: Place, teams: Mapping[str, tuple[Team, Place]], findings: Findings
) -> Iterator[tuple[str, Place]]:
    """Yield each zone that is given by name, with its place."""
    if clock is not None and is_named(clock.zone):
        yield clock.zone, place / "zone"
    for word, (team, where) in teams.items():
        written = value_at(where.document, where.loc)
        if isinstance(written, dict) and {"utc", "zone"} <= written.keys():
            findings.error(
                "two-zones",
                f"team {quoted(word)} has both 'utc' and 'zone'",
                where / "utc",
                hint="keep 'zone'",
                at_key=True,
            )
        if team.zone is not None and is_named(team.zone):
            yield team.zone, where / "zone"


def _find(zone: str, place: Place, findings: Findings) -> tzinfo | None:
    known = _zones()
    if zone in known:
        return ZoneInfo(zone)
    findings.error("unknown-zone", f"unknown time zone {quoted(zone)}", place, hint=_nearest(zone, known))
    return None


@cache
def _zones() -> frozenset[str]:
    """Return the name of every zone: the same on every machine, and read at once."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def _nearest(zone: str, known: frozenset[str]) -> str:
    """Return a hint with the zones of that city, else with the nearest name."""
    city = zone.rpartition("/")[2].replace(" ", "_").casefold()
    same = sorted(name for name in known if name.rpartition("/")[2].casefold() == city)
    near = same[:3] or [name for name in (nearest(zone, known) or _by_city(city, known),) if name]
    if not near:
        return "a zone is a region and a city, as Asia/Tokyo, or an offset: '+09:00'"
    return f"did you mean {' or '.join(map(quoted, near))}?"


def _by_city(city: str, known: frozenset[str]) -> str | None:
    cities = {name.rpartition("/")[2]: name for name in sorted(known)}
    found = nearest(city, cities)
    return cities[found] if found is not None else None


def _fixed(utc: str) -> tzinfo:
    return timezone(timedelta(seconds=offset_seconds(utc)))


def _check_start(clock: WrittenClock, zone: tzinfo, place: Place, findings: Findings) -> None:
    """Refuse a start that the zone's clocks skip; warn of one that they show twice."""
    start = start_of(clock.start or "")
    first, second = (start.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != start:
        there = first.astimezone(UTC).astimezone(zone).strftime(START_FORM)
        findings.error(
            "no-such-time",
            f"{clock.start} does not exist in {clock.zone}: its clocks are set forward then",
            place,
            hint=f"did you mean {there}?",
        )
    elif first.utcoffset() != second.utcoffset():
        findings.warning(
            "ambiguous-time",
            f"{clock.start} comes twice in {clock.zone}, as its clocks are set back; the first is taken",
            place,
            hint=f"to say which, give the zone as an offset: '{_utc(first)}' or '{_utc(second)}'",
        )


def _shifts(clock: WrittenClock, own: tzinfo, zone: tzinfo, length: int) -> Iterator[Shift]:
    """Yield the offset of a zone at each anchor of the clock, and each change of it after that."""
    meetings = clock.meetings
    day = start_of(clock.start or "").replace(hour=0, minute=0)
    last: str | None = None
    for index, meeting in enumerate(meetings):
        local = (day + timedelta(seconds=shown_seconds(meeting.shows))).replace(tzinfo=own)
        begins = local.astimezone(UTC)
        end = meetings[index + 1].at if index + 1 < len(meetings) else length + _AFTER_END
        early = -int(begins.timestamp()) % _STEP
        for after in (0, *range(early or _STEP, end - meeting.at, _STEP)):
            utc = _utc((begins + timedelta(seconds=after)).astimezone(zone))
            if utc != last:
                yield Shift(at=meeting.at + after, utc=utc)
                last = utc


def _utc(moment: datetime) -> str:
    minutes = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
