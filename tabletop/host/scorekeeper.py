"""Score a running exercise. An error in a rule must not stop the exercise."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.exercise.commands import Credit
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.gate_bonus import credits_at_gate
from tabletop.rules.scoring import Scorer
from tabletop.scenario.scenario import Scenario


class Scorekeeper:
    """Feed records to the scorer. After an error in a rule, scoring stops."""

    def __init__(self, scenario: Scenario, stumbled: Callable[[Exception], None]) -> None:
        self._scenario = scenario
        self._stumbled = stumbled
        self._keeping = True
        self.scorer = Scorer(scenario)

    def add(self, record: Record, state: Exercise) -> None:
        """Score a record; `state` is the exercise after it."""
        if self._keeping:
            try:
                self.scorer.see(record, state)
            except Exception as error:
                self._keeping = False
                self._stumbled(error)

    def credits_at_gate(self) -> list[Credit]:
        """Return the domestic capital that teams earn for their scores at a gate."""
        if not self._keeping:
            return []
        try:
            return list(credits_at_gate(self._scenario, self.scorer))
        except Exception as error:
            self._stumbled(error)
            return []
