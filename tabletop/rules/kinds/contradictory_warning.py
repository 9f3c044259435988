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

    Whoever corrects itself contradicts nobody any more, and repeating advice adds nothing.
    """

    def __init__(self, rule: ContradictoryWarning, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._latest: dict[str, dict[str, _Advised]] = {}
        """By area and team."""

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
        told = advised(record.event, self.scenario)
        if told is None:
            return ()
        team, area, says = told
        self._latest.setdefault(area, {})[team] = _Advised(team, area, says, record.at, record.seq)
        return [
            finding for one in self.scenario.teams if (finding := self._judge(one, state.phase, record.at))
        ]

    def fork(self) -> Self:
        """Return a copy that remembers what was advised last."""
        twin = copy(self)
        twin._latest = {area: dict(latest) for area, latest in self._latest.items()}
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield public advice, which is judged as a whole."""
        if advised(event, self.scenario) is not None:
            yield "advice", "any"

    def _judge(self, team: str, phase: str, at: int) -> Finding | None:
        """Return a finding if the team and another have advised the same area of late."""
        met = [
            (mine, other)
            for latest in self._latest.values()
            if (mine := latest.get(team)) is not None and at - mine.at <= self.rule.within
            for other in latest.values()
            if other.team != team and at - other.at <= self.rule.within
        ]
        if not met:
            return None
        about, spans = (team, phase), spans_of([team], self.rule.conflict)
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
