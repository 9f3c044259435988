"""Contradictory warning (X6): did two teams tell the public of one area different things?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import combinations
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.kind import RuleKind, Why, register
from tabletop.rules.ledger import Finding, TeamSpan, spans_of
from tabletop.rules.public_words import advised
from tabletop.rules.topics import Topic
from tabletop.rules.write_ins import only_judged
from tabletop.scenario.gametime import format_length, format_time
from tabletop.scenario.rules import ContradictoryWarning
from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class _Advised:
    team: str
    area: str
    says: str
    at: int
    seq: int


@register(ContradictoryWarning)
class ContradictoryWarningKind(RuleKind[ContradictoryWarning]):
    """Compares what a team last advised with what others last advised, once a phase and team.

    Whoever corrects itself contradicts nobody any more, and repeating advice adds nothing. An option that
    stands no more advises nobody. A decision in a team's own words says nothing in public, whatever control
    judges it to be.
    """

    def __init__(self, rule: ContradictoryWarning, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._given: dict[tuple[str, str, str], _Advised] = {}
        """The latest advice by area, team and the decision that gave it; no decision if given otherwise."""
        self._compared: dict[tuple[str, str], frozenset[_Advised]] = {}
        """By team and phase: what it was last judged by."""
        self._advising = {
            name
            for name, decision in scenario.decisions.items()
            if any(option.advice is not None for option in decision.options.values())
        }

    def decisions(self) -> Sequence[str]:
        """Return none: an option that advises the public does something by that alone."""
        return ()

    def spans(self) -> Iterator[TeamSpan]:
        """Yield the cost, once a phase, for each team that another may contradict."""
        able: set[str] = set()
        for (one, mine), (other, theirs) in combinations(self._advice(), 2):
            conflict = any(area == there and says != said for area, says in mine for there, said in theirs)
            if one != other and conflict:
                able |= {one, other}
        for _ in self.scenario.phases:
            yield from spans_of(sorted(able), self.rule.conflict)

    def _advice(self) -> Iterator[tuple[str, set[tuple[str, str]]]]:
        """Yield each team with what one decision or inject may make it tell the public."""
        for decision in self.scenario.decisions.values():
            advice = [option.advice for option in decision.options.values() if option.advice is not None]
            for team in decision.team if advice else ():
                yield team, {(one.area, one.says) for one in advice}
        for entry in self.scenario.timeline:
            given = entry.inject.advice
            if given is not None and given.by is not None:
                yield given.by, {(given.area, given.says)}

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding for each team that advised an area of which another has advised of late."""
        event = record.event
        if only_judged(event, state):
            return ()
        gone, told = self._forget(event), advised(event, self.scenario)
        if told is not None:
            team, area, says = told
            source = event.decision if isinstance(event, e.DecisionRecorded) else ""
            self._given[area, team, source] = _Advised(team, area, says, record.at, record.seq)
        elif not gone:
            return ()
        found = (self._judge(one, state.phase, record.at, gone) for one in self.scenario.teams)
        return [finding for finding in found if finding is not None]

    def _forget(self, event: e.Event) -> set[_Advised]:
        """Drop and return what an option advised that stands no more; what was said in public stays said."""
        if not isinstance(event, e.DecisionRecorded | e.AnswerWritten):
            return set()
        gone = [key for key in self._given if key[1:] == (event.team, event.decision)]
        return {self._given.pop(key) for key in gone}

    def fork(self) -> Self:
        """Return a copy that remembers what was advised last."""
        twin = copy(self)
        twin._given, twin._compared = dict(self._given), dict(self._compared)
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield public advice, which is judged as a whole."""
        decides = isinstance(event, e.DecisionRecorded | e.AnswerWritten) and event.decision in self._advising
        if decides or advised(event, self.scenario) is not None:
            yield "advice", "any"

    def _latest(self) -> Iterator[dict[str, _Advised]]:
        """Yield what each team advised last, area by area."""
        by_area: dict[str, dict[str, _Advised]] = {}
        for one in sorted(self._given.values(), key=lambda one: one.seq):
            by_area.setdefault(one.area, {})[one.team] = one
        yield from by_area.values()

    def _judge(self, team: str, phase: str, at: int, gone: set[_Advised]) -> Finding | None:
        """Return a finding if the team and another have advised the same area of late.

        Where they have not, and what the team was judged by is gone, an empty one takes its place.
        """
        met = [
            (mine, other)
            for latest in self._latest()
            if (mine := latest.get(team)) is not None and at - mine.at <= self.rule.within
            for other in latest.values()
            if other.team != team and at - other.at <= self.rule.within
        ]
        about, spans = (team, phase), spans_of([team], self.rule.conflict)
        if not met and self._compared.get(about, frozenset()).isdisjoint(gone):
            return None
        self._compared[about] = frozenset(one for pair in met for one in pair)
        if not met:
            return self.finding(about, ())
        for mine, other in met:
            if mine.says != other.says:
                first, second = sorted((mine, other), key=lambda one: one.seq)
                why = (
                    f"{self.team(first.team)} told the public in {mine.area} {in_quotes(first.says)} at "
                    f"{format_time(first.at)}, {self.team(second.team)} {in_quotes(second.says)} at "
                    f"{format_time(second.at)}"
                )
                entries = self.entries([team], self.rule.conflict, why, (first.seq, second.seq), second.at)
                return self.finding(about, spans, entries)
        return self.finding(about, spans)

    def why_never(self) -> Why:
        """Say that no two teams can contradict each other."""
        return self.no_points() or Why(
            "no option or inject lets two teams tell the public of one area different things",
            "give options or injects 'advice', or remove the rule",
        )

    def sentence(self) -> str:
        """Say within what time advice is compared."""
        within = format_length(self.rule.within)
        when = f"A team's latest advice to the public of an area differs from another's within {within}"
        return self.cases((when, self.rule.conflict, " to both, once a phase"))
