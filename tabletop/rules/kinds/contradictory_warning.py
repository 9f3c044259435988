"""Contradictory warning (X6): did two teams tell the public of one area different things?"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import combinations
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.kind import RuleKind, Why, register
from tabletop.rules.ledger import Finding, TeamSpan, spans_of
from tabletop.rules.topics import Topic
from tabletop.scenario.gametime import format_length, format_time
from tabletop.scenario.rules import ContradictoryWarning
from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class _Advised:
    team: str
    says: str
    at: int
    seq: int


@register(ContradictoryWarning)
class ContradictoryWarningKind(RuleKind[ContradictoryWarning]):
    """Compares what teams advise with what others advised of late, by option, inject or statement."""

    def __init__(self, rule: ContradictoryWarning, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._recent: dict[str, deque[_Advised]] = {}

    def decisions(self) -> Sequence[str]:
        """Return none: an option that advises the public does something by that alone."""
        return ()

    def spans(self) -> Iterator[TeamSpan]:
        """Yield the cost for both of any two teams that may contradict each other."""
        for (one, mine), (other, theirs) in combinations(self._advice(), 2):
            conflict = any(area == there and says != said for area, says in mine for there, said in theirs)
            if one != other and conflict:
                yield from spans_of((one, other), self.rule.conflict)

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
        """Return a finding for each other team whose recent advice meets the new one."""
        advised = self._advised(record.event)
        if advised is None:
            return ()
        team, area, says = advised
        mine = _Advised(team, says, record.at, record.seq)
        recent = self._recent.setdefault(area, deque())
        while recent and record.at - recent[0].at > self.rule.within:
            recent.popleft()
        findings = [self._compare(area, other, mine) for other in recent if other.team != team]
        recent.append(mine)
        return findings

    def fork(self) -> Self:
        """Return a copy that remembers what was advised of late."""
        twin = copy(self)
        twin._recent = {area: deque(recent) for area, recent in self._recent.items()}
        return twin

    def topics(self, event: e.Event, phase: str) -> Iterator[Topic]:
        """Yield the area whose public is advised."""
        advised = self._advised(event)
        if advised is not None:
            yield "area", advised[1]

    def _compare(self, area: str, other: _Advised, mine: _Advised) -> Finding:
        teams = sorted((other.team, mine.team))
        about, spans = (area, *teams, str(other.seq), str(mine.seq)), spans_of(teams, self.rule.conflict)
        if other.says == mine.says:
            return self.finding(about, spans)
        why = (
            f"{self.team(other.team)} told the public in {area} “{other.says}” at {format_time(other.at)}, "
            f"{self.team(mine.team)} “{mine.says}” at {format_time(mine.at)}"
        )
        entries = self.entries(teams, self.rule.conflict, why, (other.seq, mine.seq), mine.at)
        return self.finding(about, spans, entries)

    def _advised(self, event: e.Event) -> tuple[str, str, str] | None:
        """Return which team an event makes advise the public of an area, the area, and what it says.

        What a team says in its own words need not be a word of the scenario's, and may be written otherwise.
        """
        team, area, says = None, "", ""
        match event:
            case e.DecisionRecorded(decision=name, option=chosen, team=by):
                if (advice := self.scenario.decisions[name].options[chosen].advice) is not None:
                    team, area, says = by, advice.area, advice.says
            case e.InjectReleased(entry=name):
                entry = self.scenario.entries.get(name)
                if entry is not None and (advice := entry.inject.advice) is not None:
                    team, area, says = advice.by, advice.area, advice.says
            case e.StatementMade(by=by, area=str(where), says=str(what)):
                team, area, says = by, where, what
        return (team, _as_word(area), _as_word(says)) if team is not None and area and says else None

    def why_never(self) -> Why:
        """Say that no two teams can contradict each other."""
        return self.no_points() or Why(
            "no option or inject lets two teams tell the public of one area different things",
            "give options or injects 'advice', or remove the rule",
        )

    def sentence(self) -> str:
        """Say within what time advice is compared."""
        within = format_length(self.rule.within)
        when = f"Two teams tell the public of one area different things within {within}"
        return self.cases((when, self.rule.conflict, " to both"))


def _as_word(text: str) -> str:
    """Return an area, or what its public is told, as a scenario writes it: "Seoul city" is ``seoul-city``."""
    return "-".join(text.casefold().split())
