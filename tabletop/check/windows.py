"""Decisions whose window is cut short, by a gate or by the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from tabletop.check.timeline import earliest
from tabletop.scenario.gametime import format_time
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.scenario import Entry, Scenario

_OPEN: Final = {
    "at": "is open until {until}",
    "latest": "may be open until {until}",
    "soonest": "is open until {until} at the earliest",
}


class _Stop(NamedTuple):
    """A moment in which open decisions lapse."""

    at: int
    code: str
    what: str
    hint: str


def cut_windows(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each decision that lapses before its window has passed."""
    soonest = earliest(loaded.scenario)
    for entry in loaded.scenario.timeline:
        for word in entry.decisions:
            moment, known = _asked(entry, soonest["entry", entry.id])
            stop = next((one for one in _stops(loaded.scenario, known) if one.at > moment), None)
            until = moment + loaded.scenario.decisions[word].window
            if stop is not None and until > stop.at:
                yield problem_at(
                    loaded.places["entry", entry.id] / "decision",
                    stop.code,
                    f"the window of decision {quoted(word)} {_OPEN[known].format(until=format_time(until))}, "
                    f"but {stop.what} at {format_time(stop.at)}",
                    hint=stop.hint,
                    severity="warning",
                )


def _asked(entry: Entry, soonest: int) -> tuple[int, str]:
    """Return when the entry asks its decisions, and how that is known."""
    if entry.at is not None:
        return entry.at, "at"
    return (soonest, "soonest") if entry.latest is None else (entry.latest, "latest")


def _stops(scenario: Scenario, known: str) -> Iterator[_Stop]:
    """Yield the gates and the end; no gate for an entry of which only the earliest time is known."""
    for phase in scenario.phases[1:] if known != "soonest" else ():
        yield _Stop(
            phase.from_,
            "window-past-gate",
            f"it lapses at the gate to phase {quoted(phase.id)}",
            f"ask earlier, shorten the window, or begin phase {quoted(phase.id)} later",
        )
    yield _Stop(
        scenario.length,
        "window-past-endex",
        "the exercise ends",
        "ask earlier, shorten the window, or raise 'length'",
    )
