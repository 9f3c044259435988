"""Check everything that has a game time: phases, the local clock, and the triggers of the timeline."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.scenario.gametime import format_time
from tabletop.scenario.linking.definitions import Definitions
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.problems import quoted
from tabletop.scenario.timeline import TimelineEntry

_TRIGGERS = ("at", "on", "after", "once", "contingency")


def check_times(definitions: Definitions, findings: Findings) -> None:
    """Check the times of phases, clock and timeline, and compare them with the length of the exercise."""
    _check_phases(definitions, findings)
    _check_clock(definitions, findings)
    draft, latest_so_far = definitions.draft, 0
    for index, entry in enumerate(draft.file.timeline):
        place = Place(draft.document, ("timeline", draft.row("timeline", index)))
        _check_trigger(entry, place, findings)
        _check_length(entry, draft.file.length, place, findings)
        if entry.at is None:
            continue
        if entry.at < latest_so_far:
            findings.warning(
                "out-of-order",
                f"this goes out at {format_time(entry.at)}, before the entry above it "
                f"({format_time(latest_so_far)})",
                place / "at",
                hint="keep the timeline in the order of its times: people read it from top to bottom",
            )
        latest_so_far = max(latest_so_far, entry.at)


def _check_phases(definitions: Definitions, findings: Findings) -> None:
    draft = definitions.draft
    phases, length = draft.file.phases, draft.file.length
    places = [Place(draft.document, ("phases", draft.row("phases", index))) for index in range(len(phases))]
    seen: set[str] = set()
    for phase, place in zip(phases, places, strict=True):
        if phase.id in seen:
            findings.error("duplicate-phase", f"phase {quoted(phase.id)} is defined twice", place / "id")
        seen.add(phase.id)
    # If an invalid phase was removed, it is unknown which phase is the first.
    if draft.row("phases", 0) == 0 and phases[0].from_ != 0:
        findings.error(
            "first-phase",
            f"the first phase begins at {format_time(phases[0].from_)}, not with the exercise",
            places[0] / "from",
            hint="write 'from: T+0'",
        )
    _check_ascending(
        "phase", [phase.from_ for phase in phases], [place / "from" for place in places], findings
    )
    for phase, place in zip(phases, places, strict=True):
        if phase.from_ >= length:
            findings.error(
                "after-endex",
                f"phase {quoted(phase.id)} begins at {format_time(phase.from_)}, but the exercise ends at "
                f"{format_time(length)}",
                place / "from",
                hint="begin it earlier, or raise 'length'",
            )


def _check_clock(definitions: Definitions, findings: Findings) -> None:
    clock = definitions.draft.file.clock
    if clock is not None:
        place = Place(definitions.draft.document, ("clock", "anchors"))
        times = [anchor.at for anchor in clock.anchors]
        _check_ascending("anchor", times, [place / index / "at" for index in range(len(times))], findings)


def _check_ascending(what: str, times: Sequence[int], places: Sequence[Place], findings: Findings) -> None:
    for before, time, place in zip(times, times[1:], places[1:], strict=False):
        if time <= before:
            findings.error(
                f"{what}-order",
                f"each {what} is later than the one before it, but {format_time(time)} follows "
                f"{format_time(before)}",
                place,
            )


def _check_trigger(entry: TimelineEntry, place: Place, findings: Findings) -> None:
    given = [
        name for name in _TRIGGERS if getattr(entry, name) is not None and getattr(entry, name) is not False
    ]
    if not given:
        findings.error(
            "no-trigger",
            "nothing says when this entry goes out",
            place,
            hint="say 'at' a game time, 'after' an inject or a decision, 'once' something is true, or "
            "'contingency: true'",
        )
    elif len(given) > 1:
        findings.error(
            "two-triggers",
            f"{' and '.join(map(quoted, given))} both say when this entry goes out",
            place / given[1],
            hint="keep one of them; 'when' adds a condition to any of them",
            at_key=True,
        )
    if entry.on is not None or entry.after is not None:
        return
    if entry.latest is not None:
        findings.error(
            "latest-alone",
            "'latest' belongs to 'after' or 'on': it is how long to wait for that",
            place / "latest",
            hint="write 'at' for a fixed time, or add 'after'",
            at_key=True,
        )
    if entry.delay is not None:
        findings.error(
            "delay-alone",
            "'delay' belongs to 'after' or 'on': it is counted from there",
            place / "delay",
            hint="write 'at' for a fixed time, or add 'after'",
            at_key=True,
        )


def _check_length(entry: TimelineEntry, length: int, place: Place, findings: Findings) -> None:
    for name, time in (("at", entry.at), ("latest", entry.latest)):
        if time is not None and time > length:
            findings.error(
                "after-endex",
                f"{format_time(time)} is after the end of the exercise at {format_time(length)}",
                place / name,
                hint="choose an earlier time, or raise 'length'",
            )
