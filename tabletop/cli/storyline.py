"""One storyline of a log: its injects, and the decisions and cards that came with them."""

from __future__ import annotations

from tabletop.errors import InputError
from tabletop.exercise.events import ExerciseCreated, Record
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Scenario

_FIELDS = ("entry", "inject", "decision", "card", "about")
"""Fields of events that name an inject, a decision or a card."""


class Storyline:
    """Tell which records belong to a storyline; without a word, all do. See the records in their order."""

    def __init__(self, word: str | None) -> None:
        self._word = word
        self._about: frozenset[str] = frozenset()

    def holds(self, record: Record) -> bool:
        """Return whether the record is about the storyline. Raises InputError if no inject has it."""
        if self._word is None:
            return True
        if isinstance(record.event, ExerciseCreated):
            self._about = _about(record.event.scenario, self._word)
        return any(getattr(record.event, field, None) in self._about for field in _FIELDS)


def _about(scenario: Scenario, word: str) -> frozenset[str]:
    """Return the ids of the entries of a storyline, and of what they ask and deal."""
    known = dict.fromkeys(entry.inject.storyline or "" for entry in scenario.timeline)
    name = next((one for one in known if one and one.casefold() == word.strip().casefold()), None)
    if name is None:
        raise InputError(
            f"No inject of this exercise has the storyline {quoted(word)}. {_advice(word, known)}"
        )
    entries = [entry for entry in scenario.timeline if entry.inject.storyline == name]
    cards = (card.id for entry in entries for card in entry.cards)
    return frozenset(
        (*(entry.id for entry in entries), *(one for entry in entries for one in entry.decisions), *cards)
    )


def _advice(word: str, known: dict[str, None]) -> str:
    names = [name for name in known if name]
    near = nearest(word, names)
    if near is not None:
        return f"Did you mean {quoted(near)}?"
    return f"The storylines are: {', '.join(names)}." if names else "It has none."
