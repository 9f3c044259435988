"""Asked first: had every partner been asked, and answered, before a team first spoke in public in a phase?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import NamedTuple, Self

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.between import Deed, blame, mark_spans, minus, plus, praise
from tabletop.rules.kind import ONE_TEAM, RuleKind, Why, register
from tabletop.rules.ledger import Finding, TeamSpan
from tabletop.rules.topics import Topic
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed
from tabletop.scenario.rules import AskedFirst
from tabletop.scenario.scenario import Scenario


class _Request(NamedTuple):
    by: str
    seq: int
    at: int


class _Talk(NamedTuple):
    """A consultation that was answered."""

    at: int
    request: _Request | None
    """None if an option implied it."""
    decision: str | None = None
    """The decision of which it was part."""


@register(AskedFirst)
class AskedFirstKind(RuleKind[AskedFirst]):
    """Judges each team once a phase, at its first public word; who says nothing is not judged."""

    looks_at = (e.ConsultRequested, e.ConsultAnswered, e.ConsultImplied, e.StatementMade)

    def __init__(self, rule: AskedFirst, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._judged: set[tuple[str, str]] = set()
        self._requests: Map[str, _Request] = Map()
        """By consultation."""
        self._talks: Map[int, _Talk] = Map()
        """By the number of the answer."""

    def decisions(self) -> Sequence[str]:
        """Return none: it judges what teams say."""
        return ()

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for each phase, if there are partners to ask."""
        for _ in self.scenario.phases if len(self.scenario.teams) > 1 else ():
            yield from mark_spans(self.rule, self.scenario.teams)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding at a team's first public word of a phase."""
        event = record.event
        self._hear(record)
        if not isinstance(event, e.StatementMade) or (event.by, state.phase) in self._judged:
            return ()
        partners = self.scenario.partners(event.by)
        if not partners:
            return ()
        self._judged.add((event.by, state.phase))
        talks = {partner: state.consulted_in(state.phase, event.by, partner) for partner in partners}
        unasked = [self.team(partner) for partner, seq in talks.items() if seq is None]
        answers = {partner: seq for partner, seq in talks.items() if seq is not None}
        seqs = (record.seq, *(one for seq in answers.values() for one in self._evidence(seq)))
        told = "; ".join(
            f"{self.team(partner)} {self._when(seq, partner)}" for partner, seq in answers.items()
        )
        spoke = f"its first words in public in this phase{self._through(event)}"
        facts = (
            f"{spoke} came before {listed(unasked)} had answered"
            if unasked
            else f"{told}; {spoke} came after"
        )
        deed = Deed(event.by, facts, seqs, record.at)
        entries = blame(self, deed) if unasked else praise(self, deed)
        return (self.finding((event.by, state.phase), mark_spans(self.rule, [event.by]), entries),)

    def _hear(self, record: Record) -> None:
        """Remember a request, or an answer with the request that it answers."""
        match record.event:
            case e.ConsultRequested(consult=name, by=by):
                self._requests = self._requests.set(name, _Request(by, record.seq, record.at))
            case e.ConsultAnswered(consult=name):
                request = self._requests.get(name)
                self._talks = self._talks.set(record.seq, _Talk(record.at, request))
            case e.ConsultImplied(decision=decision):
                self._talks = self._talks.set(record.seq, _Talk(record.at, None, decision))

    def _evidence(self, answer: int) -> tuple[int, ...]:
        """Return the numbers of a request and its answer."""
        request = self._talks[answer].request
        return (answer,) if request is None else (request.seq, answer)

    def _when(self, answer: int, partner: str) -> str:
        """Say when a partner was asked and answered, or asked and was answered."""
        at, request, decision = self._talks[answer]
        if decision is not None:
            known = self.scenario.decisions[decision]
            return f"was asked as part of {known.code or in_quotes(known.title)} at {format_time(at)}"
        if request is None:
            return f"answered at {format_time(at)}"
        asked, answered = ("asked", "was answered") if request.by == partner else ("was asked", "answered")
        return f"{asked} at {format_time(request.at)} and {answered} at {format_time(at)}"

    def _through(self, event: e.StatementMade) -> str:
        """Name the decision through which a team spoke; empty if it spoke by a statement."""
        if event.decision is None:
            return ""
        known = self.scenario.decisions[event.decision]
        return f" (with {known.code or in_quotes(known.title)})"

    def fork(self) -> Self:
        """Return a copy that remembers who has spoken in which phase."""
        twin = copy(self)
        twin._judged = set(self._judged)
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterable[Topic]:
        """Return nothing: the state keeps a team's voice together."""
        return ()

    def why_never(self) -> Why:
        """Say that there is nobody to ask."""
        return self.no_points() or ONE_TEAM

    def sentence(self) -> str:
        """Say when it is judged and what it gives."""
        return "Judged when a team first speaks in public in a phase. " + self.cases(
            ("Every partner was asked and had answered in that phase before", plus(self.rule), ""),
            ("One had not", minus(self.rule), ""),
        )
