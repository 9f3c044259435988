"""Measures about what is said in public: after consulting, and without contradiction."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.ledger import Finding
from tabletop.rules.measures.findings import entries, spans
from tabletop.rules.topics import area_word
from tabletop.scenario import rules as r
from tabletop.scenario.gametime import format_time
from tabletop.scenario.scenario import Scenario


class ConsultedMeasure:
    """X2: had the team consulted every partner before it first spoke in public in this phase?"""

    def __init__(self, rule: r.ConsultedBefore, scenario: Scenario) -> None:
        self._rule = rule
        self._scenario = scenario
        self._judged: set[tuple[str, str]] = set()

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """A finding at a team's first public act of a phase."""
        event = record.event
        if not isinstance(event, e.StatementMade) or (event.by, state.phase) in self._judged:
            return ()
        self._judged.add((event.by, state.phase))
        partners = self._scenario.partners(event.by)
        talks = {partner: state.talked_in(state.phase, event.by, partner) for partner in partners}
        missing = [self._scenario.teams[partner].name for partner, seq in talks.items() if seq is None]
        name = self._scenario.teams[event.by].name
        if missing:
            effects = self._rule.undone
            reason = f"{name} spoke in public before consulting {' and '.join(missing)} in this phase"
        else:
            effects, reason = (
                self._rule.done,
                f"{name} had consulted every partner before it first spoke in public",
            )
        evidence = [record.seq, *(seq for seq in talks.values() if seq is not None)]
        found = tuple(entries([event.by], effects, self._rule.id, reason, evidence, record.at))
        ranges = spans([event.by], self._rule.done, self._rule.undone)
        return (Finding((self._rule.id, event.by, state.phase), found, ranges),)

    def fork(self) -> Self:
        """Another that remembers who has spoken in which phase."""
        twin = copy(self)
        twin._judged = set(self._judged)
        return twin


@dataclass(frozen=True, slots=True)
class _Advised:
    team: str
    says: str
    at: int
    seq: int


class WarningMeasure:
    """X6: do two teams tell the public opposite things about one area within some minutes?"""

    def __init__(self, rule: r.ContradictoryWarning, scenario: Scenario) -> None:
        self._rule = rule
        self._scenario = scenario
        self._recent: dict[str, deque[_Advised]] = {}

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """A finding for each other team whose recent advice meets the new one."""
        area, mine = self._advice(record)
        if mine is None:
            return ()
        recent = self._recent.setdefault(area, deque())
        while recent and record.at - recent[0].at > self._rule.within:
            recent.popleft()
        findings = [self._compare(area, other, mine) for other in recent if other.team != mine.team]
        recent.append(mine)
        return findings

    def fork(self) -> Self:
        """Another that remembers what was advised of late."""
        twin = copy(self)
        twin._recent = {area: deque(recent) for area, recent in self._recent.items()}
        return twin

    def _compare(self, area: str, other: _Advised, mine: _Advised) -> Finding:
        teams = sorted((other.team, mine.team))
        ranges = spans(teams, self._rule.conflict)
        key = (self._rule.id, area, *teams, str(other.seq), str(mine.seq))
        if other.says == mine.says:
            return Finding(key, (), ranges)
        names = [self._scenario.teams[one.team].name for one in (other, mine)]
        reason = (
            f"{names[0]} told the public in {area} “{other.says}” at {format_time(other.at)}, "
            f"{names[1]} “{mine.says}” at {format_time(mine.at)}"
        )
        found = tuple(
            entries(teams, self._rule.conflict, self._rule.id, reason, (other.seq, mine.seq), mine.at)
        )
        return Finding(key, found, ranges)

    def _advice(self, record: Record) -> tuple[str, _Advised | None]:
        """What an option, an inject that speaks for a team, or a statement advises the public of an area.

        What a team says in its own words need not be a word of the scenario's, and may be written otherwise.
        """
        team, area, says = None, "", ""
        match record.event:
            case e.DecisionRecorded(decision=name, option=chosen, team=by):
                if (advice := self._scenario.decisions[name].options[chosen].advice) is not None:
                    team, area, says = by, advice.area, advice.says
            case e.InjectReleased(entry=name):
                entry = self._scenario.entries.get(name)
                if entry is not None and (advice := entry.inject.advice) is not None:
                    team, area, says = advice.by, advice.area, advice.says
            case e.StatementMade(area=str(where), says=str(what)) as said:
                team, area, says = said.by, where, what
        if team is None or not area or not says:
            return "", None
        return area_word(area), _Advised(team, area_word(says), record.at, record.seq)
