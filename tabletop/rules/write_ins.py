"""Decisions in a team's own words: they count as control judged them, and for nothing until then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.ledger import LedgerEntry, Span, Spans
from tabletop.rules.worth import QUOTED, RULE
from tabletop.scenario.base import Effects
from tabletop.scenario.decisions import Decision
from tabletop.scenario.prose import shortened

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


def only_judged(event: e.Event, state: Exercise) -> bool:
    """Whether the event is what `as_option` made of words: they said nothing in public and shared nothing."""
    return isinstance(event, e.DecisionRecorded) and bool(state.decisions[event.decision, event.team].words)


def points_given(event: e.AnswerJudged) -> Effects:
    """Return the marks that control gave words, by objective."""
    return {mark.objective: _POINTS[mark.mark] for mark in event.marks}


def words_judged(
    event: e.AnswerJudged, decision: Decision, asked: DecisionState, record: Record, left: Effects
) -> Iterator[LedgerEntry]:
    """Yield an entry for each mark that control gave words; `left` is what counts of them."""
    what = f"{decision.code or decision.title}: answered {in_quotes(shortened(asked.words, QUOTED))}"
    evidence = (asked.presented_seq, event.answer, record.seq)
    for mark in event.marks:
        given = left[mark.objective]
        late = "" if given == _POINTS[mark.mark] else " too late to count"
        why = f"{what}{late}; control judged: {mark.reason}"
        yield LedgerEntry(event.team, mark.objective, given, RULE, why, evidence, record.at)


def widened(spans: Spans, team: str, entries: Iterable[LedgerEntry]) -> Spans:
    """Return what a decision could have given, widened to what control gave."""
    found = dict(spans)
    for entry in entries:
        span = found.get((team, entry.objective), Span())
        best, worst = max(span.best, entry.points), min(span.worst, entry.points)
        found[team, entry.objective] = Span(best, worst)
    return tuple(found.items())
