"""Same label (X1): the same label on an event from all teams, or as many labels as teams."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Self

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.rules.decision_kind import Choices, DecisionKind, Judgement
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Finding, Spans, spans_of
from tabletop.scenario.decisions import Decision
from tabletop.scenario.rules import SameLabel
from tabletop.scenario.scenario import Scenario


@register(SameLabel)
class SameLabelKind(DecisionKind[SameLabel]):
    """Compares the labels of the options chosen, or of what teams said about the decision."""

    def __init__(self, rule: SameLabel, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._said: dict[tuple[str, str], tuple[str, int]] = {}

    def span(self, decision: Decision) -> Spans:
        """Return both outcomes, if an option or a statement can carry a label."""
        labelled = self.scenario.labels or any(option.label for option in decision.options.values())
        return spans_of(decision.team, self.rule.same, self.rule.differ) if labelled else ()

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Remember the label of a statement about a decision before judging it."""
        event = record.event
        if isinstance(event, e.StatementMade) and event.label is not None:
            about = self.subject(event)
            if about is not None:
                self._said[about, event.by] = (event.label, record.seq)
        return super().see(record, state)

    def subject(self, event: e.Event) -> str | None:
        """Return the decision that was taken, or that a statement is about."""
        if isinstance(event, e.StatementMade):
            return event.decision or event.about
        return super().subject(event)

    def fork(self) -> Self:
        """Return a copy that remembers what was said."""
        twin = copy(self)
        twin._said = dict(self._said)
        return twin

    def judge(self, choices: Choices) -> Judgement:
        """Compare the labels."""
        teams = list(choices.asked)
        spans = spans_of(teams, self.rule.same, self.rule.differ)
        labels, evidence = self._labels(choices)
        distinct = set(labels.values())
        if None in distinct or 1 < len(distinct) < len(teams):
            return (), spans
        if len(distinct) == 1:
            why = f"all {self.scenario.called} used one label ({labels[teams[0]]})"
            return self.give(choices, teams, self.rule.same, why, evidence), spans
        shown = ", ".join(f"{self.team(team)} {label}" for team, label in labels.items())
        why = f"every {self.scenario.team_word} used another label ({shown})"
        return self.give(choices, teams, self.rule.differ, why, evidence), spans

    def _labels(self, choices: Choices) -> tuple[dict[str, str | None], list[int]]:
        """Return each team's label, by its option, else by its latest statement, and those statements."""
        labels: dict[str, str | None] = {}
        statements: list[int] = []
        for team in choices.asked:
            option = choices.option(team)
            labels[team] = option.label if option else None
            if labels[team] is None and (choices.name, team) in self._said:
                labels[team], seq = self._said[choices.name, team]
                statements.append(seq)
        return labels, statements

    def why_never(self) -> Why:
        """Say that nothing carries a label."""
        hint = "give such options a 'label', or remove the rule"
        return (
            self.no_points()
            or self.none_put_to_all()
            or Why(f"no {self.where} has options with a label", hint)
        )

    def sentence(self) -> str:
        """Say what equal and what different labels give."""
        return self.on() + self.cases(
            ("All teams use the same label", self.rule.same, " to each"),
            ("All use a label and no two are the same", self.rule.differ, " to each"),
        )
