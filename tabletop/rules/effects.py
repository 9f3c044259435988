"""Option effects: what a decision gives, what coming late takes, what deciding nothing costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import ClassVar, Final, NamedTuple, Self

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.conditions import Deciding
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.ledger import Finding, LedgerEntry, Spans
from tabletop.rules.marks import NO_CARDS, Conditions, Facts, Holds, Mark, Verdict, marks
from tabletop.rules.topics import Topic, state_topics
from tabletop.rules.witnesses import witnesses
from tabletop.rules.worth import (
    NONE_RULE,
    QUOTED,
    RULE,
    best_and_worst,
    credited,
    in_time,
    outcomes,
    worse_than_nothing,
)
from tabletop.rules.write_ins import points_given, widened, words_judged
from tabletop.scenario.base import Effects, Part
from tabletop.scenario.capital import CapitalNeeded
from tabletop.scenario.decisions import Decision
from tabletop.scenario.gametime import format_time
from tabletop.scenario.outcomes import Outcome
from tabletop.scenario.prose import shortened
from tabletop.scenario.scenario import Scenario


def _spans(decision: Decision, team: str, scenario: Scenario, beyond: frozenset[str] = NO_CARDS) -> Spans:
    spans = best_and_worst(list(outcomes(decision, team, scenario, beyond)))
    return tuple(((team, goal), span) for goal, span in spans.items())


@dataclass(frozen=True, slots=True)
class _Settled:
    """A decision taken or let lapse, and what was so at that moment."""

    event: e.Settling
    record: Record
    facts: Mapping[int, Facts]
    locked: frozenset[str]
    """Options that were withheld from the team."""
    beyond: frozenset[str]
    """Cards on which marks hang and which nobody had."""


class _Came(NamedTuple):
    """What was found of an option chosen, and the numbers of the events that came of it."""

    option: str
    finding: Finding
    seqs: tuple[int, ...] = ()


_COMES: Final = (e.CardShared, e.ConsultImplied, e.StatementMade)
"""What an option brings about: cards shared, partners asked, words in public."""


class OptionEffects:
    """Scores the options chosen; every scenario has this measure."""

    looks_at: ClassVar[tuple[type, ...]] = (e.BaseEvent,)

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._spans = {
            (name, team): _spans(decision, team, scenario)
            for name, decision in scenario.decisions.items()
            for team in decision.team
        }
        conditions = {
            Deciding(name, team): Conditions(decision, scenario, Deciding(name, team))
            for name, decision in scenario.decisions.items()
            for team in decision.team
        }
        self._conditions = {key: one for key, one in conditions.items() if one}
        self._hanging = {
            name: tuple(key for key, one in self._conditions.items() if name in one.decisions)
            for name in scenario.decisions
        }
        """The decisions whose marks hang on what is chosen in a decision."""
        self._words: dict[tuple[str, str, bool], str] = {}
        """What was chosen, by decision and option and whether control judged it to be that, as it stands in
        reasons. Forks share it."""
        self._settled: Map[tuple[str, str], _Settled] = Map()
        """The decisions whose marks hang on conditions."""
        self._last = -1
        """The game second at which the latest of them was settled."""
        self._just: tuple[tuple[str, str], ...] = ()
        """Those settled in that second."""
        self._came: Map[tuple[str, str], _Came] = Map()
        """By decision and team: what came of the option chosen."""

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for a decision recorded, amended or lapsed, and for each that hangs on it."""
        event = record.event
        if isinstance(event, e.AnswerWritten):
            # The option that was taken before these words stands no more; they count once they are judged.
            key = (event.decision, event.team)
            self._settled = self._settled.delete(key) if key in self._settled else self._settled
            return (Finding((RULE, *key), (), ()), *self._hanging_on(event, state))
        if isinstance(event, _COMES) and event.decision is not None:
            again = self._in_the_same_second(record, state) if record.at == self._last else ()
            return (*again, *self._comes(event.decision, event.by, record.seq, again))
        if not isinstance(event, e.Settling):
            return self._in_the_same_second(record, state) if record.at == self._last else ()
        conditions = self._conditions.get(Deciding(event.decision, event.team))
        asked = state.decisions[event.decision, event.team]
        if isinstance(event, e.AnswerJudged):
            record = record.model_copy(update={"at": asked.decided_at})
        facts = conditions.now(self._outcomes(event, asked, record), state) if conditions is not None else {}
        beyond = NO_CARDS if conditions is None else conditions.beyond_reach(state, record.at)
        settled = _Settled(event, record, facts, self._withheld(event.decision, asked), beyond)
        if conditions is not None:
            key = (event.decision, event.team)
            self._settled = self._settled.set(key, settled)
            self._just = (*(self._just if record.at == self._last else ()), key)
            self._last = record.at
        return (self._finding(settled, state), *self._hanging_on(event, state))

    def _comes(self, decision: str, team: str, seq: int, again: Sequence[Finding]) -> Sequence[Finding]:
        """Cite what comes of a decision with its marks; `again` are the findings of this moment."""
        came = self._came.get((decision, team))
        if came is None:
            return ()
        key = (RULE, decision, team)
        finding = next((one for one in again if one.key == key), came.finding)
        entries = tuple(
            replace(entry, evidence=(*entry.evidence, seq)) if entry.rule == RULE else entry
            for entry in finding.entries
        )
        finding = replace(finding, entries=entries)
        self._came = self._came.set((decision, team), came._replace(finding=finding, seqs=(*came.seqs, seq)))
        return (finding,)

    def _hanging_on(self, event: e.Settling | e.AnswerWritten, state: Exercise) -> Iterator[Finding]:
        """Judge anew each other decision whose marks hang on what was chosen in this one."""
        for key in self._hanging[event.decision]:
            if key != (event.decision, event.team) and (one := self._settled.get(key)) is not None:
                yield self._finding(one, state)

    def _in_the_same_second(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Judge anew what was settled in this second, whose order must not matter."""
        about = set(state_topics(record.event))
        found = []
        for key in dict.fromkeys(self._just):
            conditions, one = self._conditions[Deciding(*key)], self._settled.get(key)
            if one is not None and not conditions.reads.isdisjoint(about):
                outcomes = self._outcomes(one.event, state.decisions[key], one.record)
                beyond = conditions.beyond_reach(state, record.at)
                again = replace(one, facts=conditions.now(outcomes, state), beyond=beyond)
                self._settled = self._settled.set(key, again)
                found.append(self._finding(again, state))
        return tuple(found)

    def _outcomes(self, event: e.Settling, asked: DecisionState, record: Record) -> Iterator[Outcome]:
        """Yield what may be marked: the option chosen, and deciding nothing if it came late or not at all."""
        decision = self._scenario.decisions[event.decision]
        recorded = isinstance(event, e.DecisionRecorded)
        if isinstance(event, e.DecisionRecorded):
            yield decision.options[event.option]
        if decision.none is not None and not (recorded and in_time(asked, record.at)):
            yield decision.none

    def fork(self) -> Self:
        """Return a copy that has seen the same."""
        return copy(self)

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield each decision whose marks hang on what the event is about."""
        about = set(state_topics(event))
        for (name, _), conditions in self._conditions.items():
            if ("decision", name) in about or not conditions.reads.isdisjoint(about):
                yield "marks", name

    def _finding(self, settled: _Settled, state: Exercise) -> Finding:
        event, record = settled.event, settled.record
        asked = state.decisions[event.decision, event.team]
        conditions = self._conditions.get(Deciding(event.decision, event.team))
        holds = _never if conditions is None else conditions.judge(settled.facts, state, settled.beyond)
        match event:
            case e.DecisionRecorded():
                entries = tuple(self._chosen(event, asked, record, holds, state))
            case e.AnswerJudged():
                entries = tuple(self._judged(event, asked, record, holds))
            case e.DecisionLapsed(reason=why):
                entries = tuple(self._nothing(event, why, asked, record, holds))
        spans = self._span(event.decision, event.team, settled.locked, settled.beyond)
        if isinstance(event, e.AnswerJudged):
            spans = widened(spans, event.team, entries)
        finding = Finding(key=(RULE, event.decision, event.team), entries=entries, spans=spans)
        if isinstance(event, e.DecisionRecorded):
            came = _Came(event.option, finding, self._came_of(event))
            self._came = self._came.set((event.decision, event.team), came)
        return finding

    def _came_of(self, event: e.DecisionRecorded) -> tuple[int, ...]:
        """Return the numbers of the events that came of the option chosen; none of another chosen before."""
        came = self._came.get((event.decision, event.team))
        return came.seqs if came is not None and came.option == event.option else ()

    def _withheld(self, name: str, asked: DecisionState) -> frozenset[str]:
        """Return the locked options whose condition never came about.

        One that was too dear is not among them: the team had the capital and spent it elsewhere. If it left
        the range, a team would do well by spending all that it has.
        """
        options = self._scenario.decisions[name].options
        return frozenset(
            word
            for word in asked.locked
            if options[word].requires is not None and not isinstance(options[word].requires, CapitalNeeded)
        )

    def _span(self, name: str, team: str, locked: frozenset[str], beyond: frozenset[str]) -> Spans:
        """Return the best and the worst of what could be chosen, without what was withheld from the team."""
        if not (locked or beyond):
            return self._spans[name, team]
        decision = self._scenario.decisions[name]
        options = {word: option for word, option in decision.options.items() if word not in locked}
        left = decision.model_copy(update={"options": options})
        return _spans(left, team, self._scenario, beyond)

    def _chosen(
        self, event: e.DecisionRecorded, asked: DecisionState, record: Record, holds: Holds, state: Exercise
    ) -> Iterator[LedgerEntry]:
        decision = self._scenario.decisions[event.decision]
        option = decision.options[event.option]
        given_marks = marks(option, event.team, holds)
        effects = {goal: mark.points for goal, mark in given_marks.items()}
        timely = in_time(asked, record.at)
        left = credited(effects, self._scenario, in_time=timely)
        if not timely and worse_than_nothing(left, _points(decision, event.team, holds)):
            why = _too_late(asked, record.at)
            yield from self._nothing(event, why, asked, record, holds)
            return
        what = self._taken(event, decision, asked)
        written = (asked.seq,) if asked.words else ()
        evidence = (asked.presented_seq, *written, record.seq, *self._came_of(event))
        for goal, given in left.items():
            mark = given_marks[goal]
            seen = witnesses(mark.judged, event.team, asked, state, record.at) if mark.judged else ()
            remark = f" ({_delay(asked, record.at)}: too late to count)" if given != mark.points else ""
            reason = f"{what}{remark}{_because(mark)}"
            yield LedgerEntry(
                event.team,
                goal,
                given,
                RULE,
                reason,
                tuple(dict.fromkeys((*evidence, *seen))),
                record.at,
                why=mark.why,
                in_time=mark.points,
                judged=mark.judged,
            )

    def _judged(
        self, event: e.AnswerJudged, asked: DecisionState, record: Record, holds: Holds
    ) -> Iterator[LedgerEntry]:
        """Yield the marks that control gave words, or those of deciding nothing if they came too late."""
        decision = self._scenario.decisions[event.decision]
        timely = in_time(asked, record.at)
        left = credited(points_given(event), self._scenario, in_time=timely)
        if not timely and worse_than_nothing(left, _points(decision, event.team, holds)):
            yield from self._nothing(event, _too_late(asked, record.at), asked, record, holds)
        else:
            yield from words_judged(event, decision, asked, record, left)

    def _taken(self, event: e.DecisionRecorded, decision: Decision, asked: DecisionState) -> str:
        """Say what was chosen, and whether control judged the team's own words to be that."""
        key = (event.decision, event.option, bool(asked.words))
        if key not in self._words:
            words = decision.options[event.option].title or event.text.rstrip(" .\n")
            what = in_quotes(shortened(words, QUOTED))
            judged = "control judged its own words: " if asked.words else ""
            self._words[key] = f"{decision.code or decision.title}: {judged}chose {what}"
        return self._words[key]

    def _nothing(
        self,
        event: e.Settling,
        why: str,
        asked: DecisionState,
        record: Record,
        holds: Holds,
    ) -> Iterator[LedgerEntry]:
        decision = self._scenario.decisions[event.decision]
        if decision.none is None:
            return
        what = f"{decision.code or decision.title}: nothing was decided, {why}"
        evidence = (asked.presented_seq, record.seq)
        for goal, mark in marks(decision.none, event.team, holds).items():
            reason = f"{what}{_because(mark)}"
            yield LedgerEntry(
                event.team,
                goal,
                mark.points,
                NONE_RULE,
                reason,
                evidence,
                record.at,
                why=mark.why,
                in_time=mark.points,
                judged=mark.judged,
            )


def _points(decision: Decision, team: str, holds: Holds) -> Effects:
    """Return what deciding nothing gives a team."""
    if decision.none is None:
        return {}
    return {goal: mark.points for goal, mark in marks(decision.none, team, holds).items()}


def _because(mark: Mark) -> str:
    return f". Reason: {mark.why.rstrip('.')}" if mark.why else ""


def _never(_: Part) -> Verdict:
    """Stand for the judgement of an outcome without conditions."""
    return Verdict(held=False)


def _too_late(asked: DecisionState, decided_at: int) -> str:
    return f"what was decided came too late to do better ({_delay(asked, decided_at)})"


def _delay(asked: DecisionState, decided_at: int) -> str:
    return f"decided {format_time(decided_at)}, due {format_time(asked.due)}"
