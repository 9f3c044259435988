"""What events are about, so far as any rule could tell: which of them a change could reach at all.

Two events that share no topic cannot make a rule judge one of them otherwise because of the other. That is
true of a rule as long as it reads nothing but what is listed here; whoever adds a measure adds its topics.

- A question to teams: its options, its labels, and what was said about it (``same-label``, ``joint-choice``,
  ``free-rider``, ``nobody-came``, effects of options, ``chose`` and the like in conditions).
- A card: who holds it and may pass it on (``caveat-kept``, ``third-party``, ``prompt-sharing``, ``shared``).
- The giving of cards in one phase (``reciprocity``).
- A team's voice: whom it consulted and what it said in public (``consulted-before``, ``consulted``,
  ``stated``).
- An area: what its public was told (``contradictory-warning``).
- An inject (``released``).
- The course of the exercise: phases, their ends and ENDEX, for what is judged then or by phase.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.scenario.linking.references import references
from tabletop.scenario.rules import Bonus
from tabletop.scenario.scenario import Scenario

Topic = tuple[str, str]

_COURSE: Final[Topic] = ("course", "")
_BY_PHASE: Final = frozenset({"card", "giving", "voice"})
"""What is judged by phase, or when one ends."""

_KINDS: Final[Mapping[str, str]] = {
    "decision": "decision",
    "card": "card",
    "team": "voice",
    "teams": "voice",
    "entry": "entry",
}
"""What a word of a condition reads."""


def area_word(text: str) -> str:
    """An area, or what its public is told, as a scenario writes it: "Seoul city" is ``seoul-city``."""
    return "-".join(text.casefold().split())


def topics(event: e.Event, scenario: Scenario, phase: str) -> Iterator[Topic]:
    """Yield what the event is about; `phase` is the one it happens in."""
    match event:
        case e.ExerciseStarted() | e.GateReached() | e.PhaseBegan() | e.ExerciseEnded():
            yield _COURSE
        case e.DecisionRecorded(decision=name, option=option):
            yield "decision", name
            advice = scenario.decisions[name].options[option].advice
            if advice is not None:
                yield "area", area_word(advice.area)
        case e.DecisionPresented(decision=name) | e.DecisionLapsed(decision=name):
            yield "decision", name
        case e.CardReceived(card=card) | e.CardShared(card=card):
            yield "card", card
            yield "giving", phase
        case e.LeaveGranted(card=card):
            yield "card", card
        case e.ConsultRequested(by=by, to=to) | e.ConsultImplied(by=by, to=to):
            yield from (("voice", team) for team in (by, *to))
        case e.ConsultAnswered(by=by, to=asker):
            yield "voice", by
            yield "voice", asker
        case e.StatementMade():
            yield from _said(event)
        case e.InjectReleased(entry=entry):
            yield "entry", entry
            known = scenario.entries.get(entry)
            if known is not None and known.inject.advice is not None:
                yield "area", area_word(known.inject.advice.area)


def _said(event: e.StatementMade) -> Iterator[Topic]:
    yield "voice", event.by
    about = event.decision or event.about
    if about is not None:
        yield "decision", about
    if event.area is not None:
        yield "area", area_word(event.area)


class TopicIndex:
    """Finds the records of a log that a change could reach."""

    def __init__(self, records: Sequence[Record], scenario: Scenario) -> None:
        self._records = records
        self._scenario = scenario
        self._conditions = [frozenset(_read(rule)) for rule in scenario.rules if isinstance(rule, Bonus)]
        self._about: dict[Topic, list[int]] = {}
        self._phases: list[str] = []
        phase = ""
        for index, record in enumerate(records):
            event = record.event
            if isinstance(event, e.ExerciseStarted | e.PhaseBegan):
                phase = event.phase
            self._phases.append(phase)
            for topic in set(topics(event, scenario, phase)):
                self._about.setdefault(topic, []).append(index)

    def touched(self, removed: Iterable[int], added: Iterable[e.Event], phase: str) -> frozenset[Topic]:
        """What a change is about that takes records away and adds events within a phase.

        A condition that reads any of it has to be judged again, with all that it reads.
        """
        found = {
            topic
            for index in removed
            for topic in topics(self._records[index].event, self._scenario, self._phases[index])
        }
        for event in added:
            found.update(topics(event, self._scenario, phase))
        found = found.union(*(reads for reads in self._conditions if found & (reads - {_COURSE})))
        return frozenset(found | {_COURSE} if any(kind in _BY_PHASE for kind, _ in found) else found)

    def concerned(self, about: Iterable[Topic], start: int) -> list[int]:
        """The indexes from `start` on of the records about any of this."""
        found: set[int] = set()
        for topic in about:
            indexes = self._about.get(topic, [])
            found.update(indexes[bisect_left(indexes, start) :])
        return sorted(found)


def _read(rule: Bonus) -> Iterator[Topic]:
    """What a condition reads, and when it is judged."""
    yield _COURSE
    for reference in references(rule.when):
        if reference.kind in _KINDS:
            yield _KINDS[reference.kind], reference.word
