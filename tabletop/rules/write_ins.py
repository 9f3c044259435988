"""Decisions in a team's own words: they count as control judged them, and for nothing until then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, Final, Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.effects import RULE, best_and_worst, credited, outcomes
from tabletop.rules.ledger import Finding, LedgerEntry, Span, Spans
from tabletop.rules.topics import Topic
from tabletop.scenario.prose import shortened
from tabletop.scenario.scenario import Scenario

_QUOTED: Final = 120
"""Characters of a team's words that a reason quotes."""

_POINTS: Final = {"good": 1.0, "bad": -1.0, "neither": 0.0}


def as_option(record: Record, state: Exercise) -> Record:
    """Return a judgement of words as an option as if the team had taken it then; else the record itself."""
    event = record.event
    if not isinstance(event, e.AnswerJudged) or event.option is None:
        return record
    asked = state.decisions[event.decision, event.team]
    taken = e.DecisionRecorded(
        decision=event.decision,
        code=event.code,
        team=event.team,
        option=event.option,
        text=event.text,
        rationale=asked.rationale,
        capital=event.capital,
        amended=event.again,
        late=asked.late,
    )
    return record.model_copy(update={"event": taken, "at": asked.decided_at})


def judged(finding: Finding, record: Record) -> Finding:
    """Return the finding on an option that control judged words to be, saying so."""
    event = record.event
    if not isinstance(event, e.AnswerJudged) or event.option is None or finding.key[0] != RULE:
        return finding
    return replace(finding, entries=tuple(_said(entry, event) for entry in finding.entries))


def _said(entry: LedgerEntry, event: e.AnswerJudged) -> LedgerEntry:
    what, _, reason = entry.reason.partition(": ")
    evidence = tuple(sorted({*entry.evidence, event.answer}))
    return replace(entry, reason=f"{what}: control judged its own words: {reason}", evidence=evidence)


class WriteIns:
    """Scores words that control judged objective by objective; clears what an option before them gave."""

    looks_at: ClassVar[tuple[type, ...]] = (e.AnswerWritten, e.AnswerJudged)

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for words written or judged; an empty one until they are judged."""
        event = record.event
        if isinstance(event, e.AnswerWritten):
            return (Finding((RULE, event.decision, event.team), (), ()),)
        if not isinstance(event, e.AnswerJudged) or event.option is not None:
            return ()
        asked = state.decisions[event.decision, event.team]
        entries = tuple(self._marks(event, asked, record))
        return (Finding((RULE, event.decision, event.team), entries, self._spans(event, entries)),)

    def fork(self) -> Self:
        """Return self: it remembers nothing."""
        return self

    def topics(self, event: e.Event, phase: str) -> Iterable[Topic]:
        """Return nothing: the state keeps a decision together."""
        return ()

    def _marks(self, event: e.AnswerJudged, asked: DecisionState, record: Record) -> Iterator[LedgerEntry]:
        decision = self._scenario.decisions[event.decision]
        taken = asked.decided_at if asked.decided_at is not None else record.at
        in_time = taken - asked.presented_at <= asked.window
        what = f"{decision.code or decision.title}: answered {in_quotes(shortened(asked.words, _QUOTED))}"
        evidence = (asked.presented_seq, event.answer, record.seq)
        for mark in event.marks:
            goal, points = mark.objective, _POINTS[mark.mark]
            given = credited({goal: points}, self._scenario, in_time=in_time)[goal]
            late = "" if given == points else " too late to count"
            why = f"{what}{late}; control judged: {mark.reason}"
            yield LedgerEntry(event.team, goal, given, RULE, why, evidence, taken)

    def _spans(self, event: e.AnswerJudged, entries: Sequence[LedgerEntry]) -> Spans:
        """Return what the decision could have given, widened to what control gave."""
        decision = self._scenario.decisions[event.decision]
        spans = best_and_worst(list(outcomes(decision, event.team, self._scenario)))
        for entry in entries:
            span = spans.get(entry.objective, Span())
            spans[entry.objective] = Span(max(span.best, entry.points), min(span.worst, entry.points))
        return tuple(((event.team, goal), span) for goal, span in spans.items())
