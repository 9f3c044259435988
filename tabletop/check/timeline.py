"""Timeline entries that time does not allow for."""

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


def outrun_by_latest(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each entry that goes out at the latest before the decision it waits for is asked."""
    soonest = earliest(loaded.scenario)
    for entry in loaded.scenario.timeline:
        followed = _followed(entry)
        if followed is None or entry.latest is None:
            continue
        kind, word = followed
        first = soonest[followed]
        if first >= entry.latest:
            yield problem_at(
                loaded.places["entry", entry.id] / "latest",
                "latest-too-early",
                f"entry {quoted(entry.id)} goes out at {format_time(entry.latest)} at the latest, but "
                f"{kind} {quoted(word)}, which it waits for, does not come before {format_time(first)}",
                hint=f"let 'latest' leave time for that {kind}, or write 'at' if it need not wait",
                severity="warning",
            )


def _followed(entry: Entry) -> Node | None:
    """Return the decision or the entry that an entry follows."""
    if entry.on is not None:
        return "decision", entry.on
    return ("entry", entry.after) if entry.after is not None else None


def at_endex(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each entry that goes out in the moment of the end."""
    scenario = loaded.scenario
    for entry in scenario.timeline:
        if entry.at == scenario.length:
            yield problem_at(
                loaded.places["entry", entry.id] / "at",
                "at-endex",
                f"entry {quoted(entry.id)} goes out at {format_time(scenario.length)}, when the exercise "
                "ends: nobody can act on it",
                hint="choose an earlier time, or raise 'length'",
                severity="warning",
            )


def never_due(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each entry that waits for something and cannot go out before the exercise has ended."""
    scenario = loaded.scenario
    soonest = earliest(scenario)
    for entry in scenario.timeline:
        first = soonest["entry", entry.id]
        if entry.at is None and first >= scenario.length:
            place = loaded.places["entry", entry.id]
            yield problem_at(
                place / "delay" if entry.delay else place,
                "never-due",
                f"entry {quoted(entry.id)} never goes out: it comes at {format_time(first)} at the earliest, "
                f"and the exercise ends at {format_time(scenario.length)}",
                hint="shorten its 'delay', let what it waits for come sooner, or raise 'length'",
                severity="warning",
            )


def earliest(scenario: Scenario) -> Mapping[Node, int]:
    """Return the game time before which each entry, decision and card cannot come."""
    givers = _givers(scenario)
    graph = needs(scenario)
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
            sources = givers.get(word, []) if kind == "card" else [one.id for one in asked_by.get(word, ())]
            # Of several sources any will do; one that is not known yet in this order sets no bound.
            # What a cut deals or presets has no source and is there from the start.
            times[node] = min((times.get(("entry", source), 0) for source in sources), default=0)
    return times


def needs(scenario: Scenario) -> dict[Node, set[Node]]:
    """Return what each entry, decision and card cannot do without."""
    found = depends_on(scenario.timeline, scenario.decisions, _givers(scenario))
    # What a cut deals or presets is there from the start: it needs nothing.
    there: list[Node] = [("decision", word) for word in scenario.presets]
    there += [("card", deal.card.id) for deal in scenario.deals]
    return {**{node: set() for node in there}, **found}


def _givers(scenario: Scenario) -> dict[str, list[str]]:
    """Return the entries that hand out each card."""
    givers: dict[str, list[str]] = {}
    for entry in scenario.timeline:
        for card in entry.cards:
            givers.setdefault(card.id, []).append(entry.id)
    return givers


def _release(entry: Entry, before: set[Node], times: Mapping[Node, int]) -> int:
    """Return when an entry without a time of its own can go out at the earliest."""
    soonest = max((times[node] for node in before), default=0) + (entry.delay or 0)
    return soonest if entry.latest is None else min(soonest, entry.latest)
