"""A scenario made ready for `decide`: its conditions compiled, its timeline indexed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tabletop.exercise.conditions import compile_condition
from tabletop.scenario.scenario import Entry, Scenario

if TYPE_CHECKING:
    from tabletop.exercise.state import Exercise

Test = Callable[["Exercise", int], bool]
"""Whether a condition held in a state at a game time, counting nothing that came later."""


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """What never changes in a run. Two scripts are equal when their scenarios are the same."""

    scenario: Scenario
    when: Mapping[str, Test] = field(default_factory=dict)
    once: Mapping[str, Test] = field(default_factory=dict)
    additions: Mapping[tuple[str, int], Test] = field(default_factory=dict)
    asked_when: Mapping[str, Test] = field(default_factory=dict)
    content_hash: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Script) and self.content_hash == other.content_hash

    def __hash__(self) -> int:
        return hash(self.content_hash)

    def entry(self, entry_id: str) -> Entry | None:
        """The timeline entry of that id, if the scenario holds it."""
        return self.scenario.entries.get(entry_id)

    def next_phase(self, phase: str) -> int | None:
        """Index of the phase after this one; None after the last."""
        ids = [item.id for item in self.scenario.phases]
        index = ids.index(phase) + 1
        return index if index < len(ids) else None


def make_script(scenario: Scenario) -> Script:
    """Compile every condition of the scenario once."""
    entries = scenario.timeline
    return Script(
        scenario=scenario,
        when={e.id: compile_condition(e.when, scenario) for e in entries if e.when is not None},
        once={e.id: compile_condition(e.once, scenario) for e in entries if e.once is not None},
        additions={
            (e.id, index): compile_condition(addition.when, scenario)
            for e in entries
            for index, addition in enumerate(e.inject.additions)
            if addition.when is not None
        },
        asked_when={
            name: compile_condition(decision.when, scenario)
            for name, decision in scenario.decisions.items()
            if decision.when is not None
        },
        content_hash=scenario.content_hash,
    )
