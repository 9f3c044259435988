"""How entries and decisions lead to one another: who puts each decision to the teams, and no circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final

from tabletop.scenario.content import Decision
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.needs import Node, needs
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Entry

_MOST_CYCLES: Final = 20


def presenters(timeline: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the entries that put each decision to the teams, in the order of the timeline."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in timeline:
        for decision in entry.decisions:
            found[decision].append(entry)
    return dict(found)


def is_branch(entry: Entry) -> bool:
    """Say whether the entry may be passed over, so that another can stand in its place."""
    return entry.when is not None or entry.once is not None or entry.contingency


def check_presented(
    timeline: Sequence[Entry],
    decisions: Iterable[str],
    places: Mapping[tuple[str, str], Place],
    findings: Findings,
    *,
    whole: bool,
) -> None:
    """Refuse a decision that no entry puts to its teams, and one put twice.

    Several entries may put it if each is a branch, as the first that goes out counts. Without `whole` some
    entries are missing, so that nothing is said about decisions that nobody puts.
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
    """Return what each entry, decision and card cannot do without.

    `cards` gives the entries that hand out each card.
    """
    graph: dict[Node, set[Node]] = {}
    for entry in timeline:
        before = set(needs(entry.when) | needs(entry.once))
        if entry.on is not None:
            before.add(("decision", entry.on))
        graph["entry", entry.id] = before
    for name, by in presenters(timeline).items():
        decision = decisions.get(name)
        graph["decision", name] = set(needs(decision.when)) if decision is not None else set()
        if len(by) == 1:  # with several, none of them is needed for certain
            graph["decision", name].add(("entry", by[0].id))
    for card, entries in cards.items():
        graph["card", card] = {("entry", entries[0])} if len(entries) == 1 else set()
    return graph


def check_cycles(
    graph: dict[Node, set[Node]], places: Mapping[tuple[str, str], Place], findings: Findings
) -> None:
    """Refuse entries that wait for one another in a circle, naming the whole circle."""
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
    """Turn the circle so that it begins with an entry, which is where an author can break it."""
    start = next((index for index, (kind, _) in enumerate(cycle) if kind == "entry"), 0)
    return cycle[start:] + cycle[:start]
