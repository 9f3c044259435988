"""Measures that compare what several teams chose in a decision put to them all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import DecisionState, Exercise
from tabletop.rules.effects import credited, promptness
from tabletop.rules.ledger import Finding, LedgerEntry, Span
from tabletop.rules.measures.findings import entries, spans
from tabletop.scenario import rules as r
from tabletop.scenario.base import Effects
from tabletop.scenario.content import Decision, Option
from tabletop.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Choices:
    """A decision put to several teams, every one of which has chosen or let it lapse."""

    name: str
    decision: Decision
    asked: Mapping[str, DecisionState]
    at: int

    @property
    def title(self) -> str:
        """Its code, or its title."""
        return self.decision.code or self.decision.title

    @property
    def evidence(self) -> list[int]:
        """The events that settled it."""
        return [asked.seq for asked in self.asked.values()]

    def option(self, team: str) -> Option | None:
        """What the team chose; None if it let the decision lapse."""
        chosen = self.asked[team].option
        return None if chosen is None else self.decision.options[chosen]


class ChoiceMeasure(ABC):
    """Finds out when a decision put to several teams is settled, and again when it is amended."""

    def __init__(self, rule: r.OnDecisions, scenario: Scenario) -> None:
        self._scenario = scenario
        self._id = rule.id
        self._decisions = rule.judged(scenario.decisions, scenario.teams)

    @abstractmethod
    def judge(
        self, choices: Choices, state: Exercise
    ) -> tuple[list[LedgerEntry], list[tuple[tuple[str, str], Span]]]:
        """Entries and ranges for a settled decision."""

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """A finding for a decision that the record settles or changes."""
        name = self.subject(record.event)
        if name is None or name not in self._decisions:
            return ()
        decision = self._scenario.decisions[name]
        asked = {team: state.decisions.get((name, team)) for team in decision.team}
        settled = {team: one for team, one in asked.items() if one is not None and not one.open}
        if len(settled) < len(asked):
            return ()
        found, ranges = self.judge(Choices(name, decision, settled, record.at), state)
        return (Finding((self._id, name), tuple(found), tuple(ranges)),)

    def fork(self) -> Self:
        """Itself: what was chosen stands in the state."""
        return self

    def subject(self, event: e.Event) -> str | None:
        """The decision that an event may settle or change."""
        return event.decision if isinstance(event, e.DecisionRecorded | e.DecisionLapsed) else None

    def team_name(self, team: str) -> str:
        """What the team is called."""
        return self._scenario.teams[team].name


class LabelMeasure(ChoiceMeasure):
    """X1: the same label from all, or as many labels as teams."""

    def __init__(self, rule: r.SameLabel, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._rule = rule
        self._said: dict[tuple[str, str], tuple[str, int]] = {}

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Remember the label of a statement about a decision before judging it."""
        event = record.event
        if isinstance(event, e.StatementMade) and event.label is not None:
            about = event.decision or event.about
            if about is not None:
                self._said[about, event.by] = (event.label, record.seq)
        return super().see(record, state)

    def fork(self) -> Self:
        """Another that remembers what was said."""
        twin = copy(self)
        twin._said = dict(self._said)
        return twin

    def subject(self, event: e.Event) -> str | None:
        """A statement about the decision may carry a label too."""
        if isinstance(event, e.StatementMade):
            return event.about
        return super().subject(event)

    def judge(
        self, choices: Choices, state: Exercise
    ) -> tuple[list[LedgerEntry], list[tuple[tuple[str, str], Span]]]:
        """Compare the labels."""
        labels, evidence = self._labels(choices)
        teams = list(choices.asked)
        ranges = list(spans(teams, self._rule.same, self._rule.differ))
        if None in labels.values():
            return [], ranges
        distinct = set(labels.values())
        shown = ", ".join(f"{self.team_name(team)} {label}" for team, label in labels.items())
        if len(distinct) == 1:
            effects, reason = (
                self._rule.same,
                f"{choices.title}: all capitals used one label ({labels[teams[0]]})",
            )
        elif len(distinct) == len(teams):
            effects, reason = (
                self._rule.differ,
                f"{choices.title}: every capital used another label ({shown})",
            )
        else:
            return [], ranges
        return list(entries(teams, effects, self._id, reason, evidence, choices.at)), ranges

    def _labels(self, choices: Choices) -> tuple[dict[str, str | None], list[int]]:
        """Each team's label, by its option, else by its latest statement about the decision."""
        labels: dict[str, str | None] = {}
        evidence = choices.evidence
        for team in choices.asked:
            option = choices.option(team)
            labels[team] = option.label if option else None
            if labels[team] is None and (choices.name, team) in self._said:
                labels[team], seq = self._said[choices.name, team]
                evidence.append(seq)
        return labels, evidence


class JointChoiceMeasure(ChoiceMeasure):
    """X7: all alike, or one alone against the others."""

    def __init__(self, rule: r.JointChoice, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._rule = rule

    def judge(
        self, choices: Choices, state: Exercise
    ) -> tuple[list[LedgerEntry], list[tuple[tuple[str, str], Span]]]:
        """Compare the choices, compatible ones counting as one."""
        teams = list(choices.asked)
        ranges = list(spans(teams, self._rule.joint, self._rule.dissent))
        groups: dict[str, list[str]] = {}
        for team, asked in choices.asked.items():
            groups.setdefault(_kind(choices.decision, asked.option, team), []).append(team)
        if len(groups) == 1 and all(asked.option is not None for asked in choices.asked.values()):
            reason = f"{choices.title}: all capitals chose alike"
            return list(
                entries(teams, self._rule.joint, self._id, reason, choices.evidence, choices.at)
            ), ranges
        alone = [group[0] for group in groups.values() if len(group) == 1]
        if len(groups) == 2 and len(alone) == 1 and len(teams) > 2:
            reason = f"{choices.title}: {self.team_name(alone[0])} alone chose otherwise"
            return list(
                entries(alone, self._rule.dissent, self._id, reason, choices.evidence, choices.at)
            ), ranges
        return [], ranges


def _kind(decision: Decision, option: str | None, team: str) -> str:
    """What a choice counts as: its group of compatible options, itself, or nothing like any other."""
    if option is None:
        return f"none of {team}"
    return next(("+".join(group) for group in decision.compatible if option in group), option)


class FreeRiderMeasure(ChoiceMeasure):
    """X8: all others committed in full, one deferred."""

    def __init__(self, rule: r.FreeRider, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._rule = rule

    def judge(
        self, choices: Choices, state: Exercise
    ) -> tuple[list[LedgerEntry], list[tuple[tuple[str, str], Span]]]:
        """Look for the one that let the others carry it."""
        full = [team for team in choices.asked if self._has(choices, team, self._rule.full)]
        rest = [team for team in choices.asked if team not in full]
        if len(rest) != 1 or len(choices.asked) < 3:
            return [], []
        ranges = list(spans(rest, self._rule.rode))
        if not self._has(choices, rest[0], self._rule.defers):
            return [], ranges
        reason = f"{choices.title}: the others committed in full while {self.team_name(rest[0])} deferred"
        return list(entries(rest, self._rule.rode, self._id, reason, choices.evidence, choices.at)), ranges

    def _has(self, choices: Choices, team: str, tag: str) -> bool:
        option = choices.option(team)
        return option is not None and tag in option.tags


class NobodyCameMeasure(ChoiceMeasure):
    """X9: a joint option that one team chose alone does half its good."""

    def __init__(self, rule: r.NobodyCame, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._rule = rule

    def judge(
        self, choices: Choices, state: Exercise
    ) -> tuple[list[LedgerEntry], list[tuple[tuple[str, str], Span]]]:
        """Take half of what the option gave to a team that stood alone with it."""
        joined = [team for team in choices.asked if self._joined(choices, team)]
        if len(joined) != 1:
            return [], []
        team = joined[0]
        option = choices.option(team)
        asked = choices.asked[team]
        given: Effects = {}
        if option is not None and asked.decided_at is not None:
            given = credited(option.effects, promptness(asked, asked.decided_at), self._scenario)
        lost = {goal: -half_good(points) for goal, points in given.items() if half_good(points)}
        reason = f"{choices.title}: {self.team_name(team)} stood alone with it, so it did half its good"
        return list(entries([team], lost, self._id, reason, choices.evidence, choices.at)), list(
            spans([team], lost)
        )

    def _joined(self, choices: Choices, team: str) -> bool:
        option = choices.option(team)
        return option is not None and self._rule.tag in option.tags


def half_good(points: float) -> float:
    """Return half of a good effect in whole half points; 0 for a bad one."""
    return max(points // 1 / 2, 0.0)
