"""When everything happens if the exercise goes as planned: each team decides as its window ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter

from tabletop.check.timeline import needs
from tabletop.scenario.linking.flow import presenters
from tabletop.scenario.linking.prerequisites import Node
from tabletop.scenario.scenario import Entry, Scenario


@dataclass(frozen=True, slots=True)
class DecisionWindow:
    """A decision that is open for its teams."""

    decision: str
    teams: tuple[str, ...]
    opens: int
    closes: int


class Plan:
    """The planned time of each entry, and the windows of its decisions."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        graph = needs(scenario)
        self._graph = graph
        self._asked_by = presenters(scenario.timeline)
        self._times: dict[Node, int | None] = {}
        for node in TopologicalSorter(graph).static_order():
            self._times[node] = self._planned(node)

    def time(self, entry: Entry) -> int | None:
        """Return when the entry goes out; None if nobody can know, as with one that is sent by hand."""
        return self._times["entry", entry.id]

    def timed(self) -> list[tuple[int, Entry]]:
        """Return the entries whose time is known, in its order."""
        found = [(time, entry) for entry in self.scenario.timeline if (time := self.time(entry)) is not None]
        return sorted(found, key=lambda pair: pair[0])

    def windows(self) -> Iterator[DecisionWindow]:
        """Yield the window of each decision whose time is known; a gate and the end close it."""
        for word, decision in self.scenario.decisions.items():
            times = [time for entry in self._asked_by.get(word, ()) if (time := self.time(entry)) is not None]
            if times:
                opens = min(times)
                yield DecisionWindow(
                    word, decision.team, opens, min(opens + decision.window, self.stop_after(opens))
                )

    def stop_after(self, moment: int) -> int:
        """Return the time of the next gate, or of the end."""
        gates = (phase.from_ for phase in self.scenario.phases[1:])
        return next((gate for gate in gates if gate > moment), self.scenario.length)

    def _planned(self, node: Node) -> int | None:
        kind, word = node
        if kind == "entry":
            return self._release(self.scenario.entries[word])
        if kind == "card":
            givers = [entry for entry in self.scenario.timeline if word in {card.id for card in entry.cards}]
            return self._after(givers, self.scenario.cards[word].window)
        return self._after(self._asked_by.get(word, []), self.scenario.decisions[word].window)

    def _after(self, entries: list[Entry], delay: int) -> int | None:
        """Return the time at which what one of the entries brings is done with."""
        times = [
            time for entry in entries if (time := self._times.get(("entry", entry.id), entry.at)) is not None
        ]
        return min(min(times) + delay, self.scenario.length) if times else None

    def _release(self, entry: Entry) -> int | None:
        if entry.at is not None or entry.contingency:
            return entry.at
        before = [self._times[node] for node in self._graph["entry", entry.id]]
        known = [time for time in before if time is not None]
        soonest = max(known) + (entry.delay or 0) if known and len(known) == len(before) else None
        times = [time for time in (soonest, entry.latest) if time is not None]
        return min(times, default=None)
