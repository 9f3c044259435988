"""Conditions that nothing can make true, since they ask for something and for its opposite."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter

from tabletop.check.facts import Conditions, Way, Ways, together
from tabletop.check.firing import rule_place
from tabletop.check.timeline import needs
from tabletop.scenario import conditions as c
from tabletop.scenario.base import NONE
from tabletop.scenario.conditions.base import ChoiceFact
from tabletop.scenario.linking import Loaded
from tabletop.scenario.linking.findings import Place, problem_at
from tabletop.scenario.linking.prerequisites import Node
from tabletop.scenario.outcomes import Outcome
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.reading.locating import value_at
from tabletop.scenario.rules import Bonus
from tabletop.scenario.scenario import Entry

_REMOVE = "remove one of the two, or join them with 'any'"


def contradictions(loaded: Loaded) -> Iterator[Problem]:
    """Warn of each condition that contradicts itself, or another one that must have been true before it."""
    search = _Search(loaded)
    yield from search.entries()
    yield from search.decisions()
    yield from search.marks()
    yield from search.rules()


class _Search:
    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._scenario = loaded.scenario
        self._conditions = Conditions(loaded.scenario)
        self._needs = needs(loaded.scenario)
        self._ways = {entry.id: self._entry_ways(entry) for entry in loaded.scenario.timeline}
        self._lasting = {node: self._lasts(node) for node in self._needs}
        self._history = self._histories()
        self._never: set[str] = set()

    def entries(self) -> Iterator[Problem]:
        """Yield what is wrong with the conditions of entries and of their additions."""
        for entry in self._scenario.timeline:
            about = self._conflict(self._ways[entry.id])
            if about:
                self._never.add(entry.id)
                yield self._problem(
                    self._condition_place(entry),
                    f"entry {quoted(entry.id)} never goes out: its condition contradicts itself "
                    f"about {about}",
                    _REMOVE,
                )
            else:
                yield from self._additions(entry)
        for entry in self._scenario.timeline:
            yield from self._on_the_way(entry)

    def decisions(self) -> Iterator[Problem]:
        """Yield the decisions that are never asked."""
        for word, decision in self._scenario.decisions.items():
            about = self._conflict(self._conditions.ways(decision.when))
            if about:
                yield self._problem(
                    self._loaded.places["decision", word] / "when",
                    f"decision {quoted(word)} is never asked: its condition contradicts itself about {about}",
                    _REMOVE,
                )

    def marks(self) -> Iterator[Problem]:
        """Yield the marks under a condition that can never hold where they stand."""
        for word, decision in self._scenario.decisions.items():
            place = self._loaded.places["decision", word]
            asked = self._conditions.ways(decision.when)
            outcomes: list[tuple[str, Place, Outcome]] = [
                (name, place / "options" / name, option) for name, option in decision.options.items()
            ]
            if decision.none is not None:
                outcomes.append((NONE, place / "none", decision.none))
            for name, where, outcome in outcomes:
                for index, part in enumerate(outcome.if_):
                    taken: Ways = (frozenset({ChoiceFact(word, frozenset({name}), every=False)}),)
                    about = self._conflict(together([self._conditions.ways(part.when), asked, taken]))
                    if about:
                        yield self._problem(
                            where / "if" / index / "when",
                            f"this 'if' never holds: it contradicts itself, or what must be so here, "
                            f"about {about}",
                            "change the condition, or remove this part",
                        )

    def rules(self) -> Iterator[Problem]:
        """Yield the bonus rules that never fire."""
        for rule in self._scenario.rules:
            about = self._conflict(self._conditions.ways(rule.when)) if isinstance(rule, Bonus) else ""
            if about:
                yield self._problem(
                    rule_place(self._loaded, rule.id) / "when",
                    f"rule {quoted(rule.id)} never fires: its condition contradicts itself about {about}",
                    _REMOVE,
                )

    def _additions(self, entry: Entry) -> Iterator[Problem]:
        for index, addition in enumerate(entry.inject.additions):
            if addition.when is None:
                continue
            ways = together([self._ways[entry.id], self._conditions.ways(addition.when)])
            about = self._conflict(ways)
            if about:
                yield self._problem(
                    self._addition_place(entry, index),
                    f"nobody ever reads paragraph {index + 1} that is added in entry {quoted(entry.id)}: "
                    f"its condition contradicts itself or that of the entry about {about}",
                    _REMOVE,
                )

    def _on_the_way(self, entry: Entry) -> Iterator[Problem]:
        """Yield the entry if what must come before it rules it out. What waits for it is not named again."""
        node: Node = ("entry", entry.id)
        if self._ruled_out_before(node):
            return
        ways = together([self._ways[entry.id], (self._history[node],)])
        if not self._conflict(ways):
            return
        self._never.add(entry.id)
        (kind, word), about = self._culprit(entry)
        yield self._problem(
            self._condition_place(entry),
            f"entry {quoted(entry.id)} never goes out: it waits for {kind} {quoted(word)}, "
            f"whose condition and its own contradict each other about {about}",
            "change one of the two conditions, or let it wait for something else",
        )

    def _ruled_out_before(self, node: Node) -> bool:
        """Whether the entry, or one before it, is known never to go out."""
        return bool(self._never) and any(
            kind == "entry" and word in self._never for kind, word in self._before(node)
        )

    def _culprit(self, entry: Entry) -> tuple[Node, str]:
        """Return what comes before the entry and rules it out, the nearest first, and what about."""
        ways = self._ways[entry.id]
        before = self._before(("entry", entry.id))
        for node in before[1:]:
            ways = together([ways, (self._lasting[node],)])
            about = self._conflict(ways)
            if about:
                return node, about
        return before[-1], self._conflict(ways)

    def _entry_ways(self, entry: Entry) -> Ways:
        """Return the ways for the conditions of an entry to be true at the moment when it is due."""
        parts = [self._conditions.ways(entry.once), self._conditions.ways(entry.when)]
        if entry.since is not None and entry.latest is None:
            # It was true once; by the time the entry is due, only what lasts is certain.
            parts.append(tuple(map(self._conditions.lasting, self._conditions.ways(entry.since))))
        if entry.on is not None and entry.latest is None:
            parts.append((frozenset({self._conditions.decided(entry.on)}),))
        match entry.once:
            case c.Released(released=(word,)):
                # Due in the same moment, so that nothing can have changed in between.
                other = self._scenario.entries[word]
                parts += [self._conditions.ways(other.once), self._conditions.ways(other.when)]
        return together(parts)

    def _lasts(self, node: Node) -> Way:
        """Return what stays the case once an entry has gone out or a decision has been asked."""
        kind, word = node
        if kind == "entry":
            return self._conditions.always(self._ways[word])
        when = self._scenario.decisions[word].when if kind == "decision" else None
        return self._conditions.always(self._conditions.ways(when))

    def _histories(self) -> dict[Node, Way]:
        """Return what must be the case once everything before has happened."""
        found: dict[Node, Way] = {}
        for node in TopologicalSorter(self._needs).static_order():
            before = self._needs[node]
            found[node] = frozenset().union(*(found[one] | self._lasting[one] for one in before))
        return found

    def _before(self, node: Node) -> list[Node]:
        """Return everything that must have happened before, the nearest first."""
        found = dict.fromkeys([node])
        waiting = [node]
        while waiting:
            for one in sorted(self._needs[waiting.pop(0)]):
                if one not in found:
                    found[one] = None
                    waiting.append(one)
        return list(found)

    def _conflict(self, ways: Ways) -> str:
        """Return what the last of the ways contradicts itself about, if every one does."""
        conflicts = [self._conditions.conflict(way) for way in ways]
        return conflicts[-1] if all(conflicts) else ""

    def _condition_place(self, entry: Entry) -> Place:
        place = self._loaded.places["entry", entry.id]
        waits = "after" if entry.since is not None else "once" if entry.once is not None else "inject"
        key = "when" if entry.when is not None else waits
        return place / key

    def _addition_place(self, entry: Entry, index: int) -> Place:
        """Return where an addition stands: those of the entry follow those of its inject."""
        place = self._loaded.places["entry", entry.id]
        row = value_at(place.document, place.loc)
        own = len(row.get("additions") or ()) if isinstance(row, dict) else 0
        first = len(entry.inject.additions) - own
        return place / "additions" / (index - first) if index >= first else place / "inject"

    @staticmethod
    def _problem(place: Place, message: str, hint: str) -> Problem:
        return problem_at(place, "contradiction", message, hint=hint, severity="warning")
