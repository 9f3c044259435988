"""Check how entries and decisions depend on each other: every decision is asked, and there are no cycles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final

from tabletop.scenario.decisions import Decision
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.prerequisites import Node, prerequisites
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Entry

_MOST_CYCLES: Final = 20


def presenters(timeline: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the entries that ask each decision, in the order of the timeline."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in timeline:
        for decision in entry.decisions:
            found[decision].append(entry)
    return dict(found)


def is_branch(entry: Entry) -> bool:
    """Return whether the entry is conditional, so that it may never go out."""
    return bool(entry.conditions) or entry.contingency


def check_presented(
    timeline: Sequence[Entry],
    decisions: Iterable[str],
    places: Mapping[tuple[str, str], Place],
    findings: Findings,
    *,
    whole: bool,
) -> None:
    """Refuse decisions that no entry asks, and those that several entries always ask.

    Several entries may ask a decision if each is conditional; the first to go out counts. With `whole` false
    some entries could not be read, and decisions that no entry asks are not reported.
    """
    found = presenters(timeline)
    for decision in decisions:
        by = found.get(decision, ())
        if not by and whole:
            findings.error(
                "never-asked",
                f"no timeline entry puts decision {quoted(decision)} to its teams",
                places["decision", decision],
                hint=f"add 'decision: {decision}' to the entry that calls for it, or remove the decision",
                at_key=True,
            )
        for entry in by if len(by) > 1 else ():
            if not is_branch(entry):
                others = ", ".join(other.id for other in by if other is not entry)
                findings.error(
                    "asked-twice",
                    f"entry {quoted(entry.id)} always asks for {quoted(decision)}, and {others} does too",
                    places["entry", entry.id] / "decision",
                    hint="give each of these entries a 'when', so that only one of them goes out",
                )


def depends_on(
    timeline: Iterable[Entry], decisions: Mapping[str, Decision], cards: Mapping[str, Sequence[str]]
) -> dict[Node, set[Node]]:
    """Return the prerequisites of each entry, decision and card.

    `cards` maps each card to the entries that hand it out.
    """
    graph: dict[Node, set[Node]] = {}
    for entry in timeline:
        before = set().union(*map(prerequisites, entry.conditions))
        if entry.on is not None:
            before.add(("decision", entry.on))
        if entry.after is not None:
            before.add(("entry", entry.after))
        graph["entry", entry.id] = before
    for name, by in presenters(timeline).items():
        decision = decisions.get(name)
        graph["decision", name] = set(prerequisites(decision.when)) if decision is not None else set()
        if len(by) == 1:  # with several, none of them is needed for certain
            graph["decision", name].add(("entry", by[0].id))
    for card, entries in cards.items():
        graph["card", card] = {("entry", entries[0])} if len(entries) == 1 else set()
    return graph


def check_cycles(
    graph: dict[Node, set[Node]], places: Mapping[tuple[str, str], Place], findings: Findings
) -> None:
    """Refuse entries that wait for each other in a cycle, naming the whole cycle."""
    graph = {node: set(before) for node, before in graph.items()}
    for _ in range(_MOST_CYCLES):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            cycle: list[Node] = error.args[1]
        else:
            return
        # graphlib lists each node before the one that waits for it, and the first again as the last.
        waiting = _from_first_entry(cycle[:0:-1])
        first, *rest = [f"{kind} {quoted(word)}" for kind, word in [*waiting, waiting[0]]]
        findings.error(
            "circle",
            f"a circle: {first} waits for {', which waits for '.join(rest)}",
            places[waiting[0]],
            hint="let one of them go out at a game time, or remove one condition",
        )
        graph[waiting[0]].discard(waiting[1] if len(waiting) > 1 else waiting[0])


def _from_first_entry(cycle: list[Node]) -> list[Node]:
    """Rotate the cycle to start with an entry, which is where the author can break it."""
    start = next((index for index, (kind, _) in enumerate(cycle) if kind == "entry"), 0)
    return cycle[start:] + cycle[:start]
