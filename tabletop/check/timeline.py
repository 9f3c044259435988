"""Timeline entries and decisions that time does not allow for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter

from tabletop.scenario.gametime import format_time
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import problem_at
from tabletop.scenario.linking.flow import depends_on, presenters
from tabletop.scenario.linking.prerequisites import Node, prerequisites
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.scenario import Entry, Scenario


def unreachable_entries(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each entry that is judged before what its condition needs can have happened."""
    scenario = loaded.scenario
    soonest = earliest(scenario)
    for entry in scenario.timeline:
        last = entry.at if entry.at is not None else entry.latest
        if last is None or entry.when is None:
            continue
        late = [(time, node) for node in prerequisites(entry.when) if (time := soonest.get(node, 0)) > last]
        if late:
            time, (kind, word) = max(late)
            yield problem_at(
                loaded.places["entry", entry.id] / "when",
                "never-true",
                f"entry {quoted(entry.id)} never goes out: it is judged by {format_time(last)}, but "
                f"{kind} {quoted(word)} comes at {format_time(time)} at the earliest",
                hint="let the entry go out later, or ask about something that comes before it",
                severity="warning",
            )


def past_endex(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each entry at the very end, and of each decision whose window the end cuts short."""
    scenario = loaded.scenario
    end = format_time(scenario.length)
    for entry in scenario.timeline:
        place = loaded.places["entry", entry.id]
        if entry.at is None:
            continue
        if entry.at == scenario.length:
            yield problem_at(
                place / "at",
                "at-endex",
                f"entry {quoted(entry.id)} goes out at {end}, when the exercise ends: nobody can act on it",
                hint="choose an earlier time, or raise 'length'",
                severity="warning",
            )
            continue
        for word in entry.decisions:
            window = scenario.decisions[word].window
            if entry.at + window > scenario.length:
                yield problem_at(
                    place / "decision",
                    "window-past-endex",
                    f"the window of decision {quoted(word)} is open until {format_time(entry.at + window)}, "
                    f"but the exercise ends at {end}",
                    hint="ask earlier, shorten the window, or raise 'length'",
                    severity="warning",
                )


def earliest(scenario: Scenario) -> Mapping[Node, int]:
    """Return the game time before which each entry, decision and card cannot come."""
    givers: dict[str, list[str]] = {}
    for entry in scenario.timeline:
        for card in (entry.inject.card, *(addition.card for addition in entry.inject.additions)):
            if card is not None:
                givers.setdefault(card.id, []).append(entry.id)
    graph = depends_on(scenario.timeline, scenario.decisions, givers)
    asked_by = presenters(scenario.timeline)
    times: dict[Node, int] = {
        ("entry", entry.id): entry.at for entry in scenario.timeline if entry.at is not None
    }
    for node in TopologicalSorter(graph).static_order():
        kind, word = node
        if node in times:
            continue
        if kind == "entry":
            times[node] = _release(scenario.entries[word], graph[node], times)
        else:
            sources = givers[word] if kind == "card" else [entry.id for entry in asked_by[word]]
            # Of several sources any will do; one that is not known yet in this order sets no bound.
            times[node] = min(times.get(("entry", source), 0) for source in sources)
    return times


def _release(entry: Entry, before: set[Node], times: Mapping[Node, int]) -> int:
    """Return when an entry without a time of its own can go out at the earliest."""
    soonest = max((times[node] for node in before), default=0) + (entry.delay or 0)
    return soonest if entry.latest is None else min(soonest, entry.latest)
