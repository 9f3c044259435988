"""Joint choice (X7): all teams chose alike, or one alone against the others."""

from __future__ import annotations

from tabletop.rules.decision_kind import NOT_PUT_TO_ALL, Choices, DecisionKind, Judgement
from tabletop.rules.kind import Why, register
from tabletop.rules.ledger import Spans, spans_of
from tabletop.scenario.decisions import Decision
from tabletop.scenario.rules import JointChoice


@register(JointChoice)
class JointChoiceKind(DecisionKind[JointChoice]):
    """Compares the options chosen; compatible ones count as one."""

    def span(self, decision: Decision) -> Spans:
        """Return both outcomes for every team asked."""
        return spans_of(decision.team, self.rule.joint, self.rule.dissent)

    def judge(self, choices: Choices) -> Judgement:
        """Look for one group, or for one team outside the only other."""
        teams = list(choices.asked)
        spans = self.span(choices.decision)
        groups: dict[str, list[str]] = {}
        for team, asked in choices.asked.items():
            groups.setdefault(_group(choices.decision, asked.option, team), []).append(team)
        fit = choices.decision.fit({team: asked.option for team, asked in choices.asked.items()})
        alike = len(groups) == 1 and all(asked.option is not None for asked in choices.asked.values())
        if fit or alike:
            joint = self.rule.joint.items()
            fitting = {goal: points for goal, points in joint if _does_no_harm(choices, goal)}
            why = f"all {self.scenario.called} chose alike"
            return self.give(choices, teams, fitting, why), spans
        alone = [group[0] for group in groups.values() if len(group) == 1]
        if len(groups) == 2 and len(alone) == 1 and len(teams) > 2:
            why = f"{self.team(alone[0])} alone chose otherwise"
            return self.give(choices, alone, self.rule.dissent, why), spans
        return (), spans

    def why_never(self) -> Why:
        """Say that no decision compares all teams."""
        return self.no_points() or NOT_PUT_TO_ALL

    def sentence(self) -> str:
        """Say what agreement gives and what dissent costs."""
        return self.on() + self.cases(
            (
                "All choose alike, or what goes together, and do no harm by it",
                self.rule.joint,
                " to each",
            ),
            ("Exactly one of three or more differs", self.rule.dissent, " to that one"),
        )


def _does_no_harm(choices: Choices, goal: str) -> bool:
    """Whether no team chose an option that is bad for the objective: alike is not yet fitting together."""
    return all(
        (option := choices.option(team)) is None or option.points.get(goal, 0.0) >= 0
        for team in choices.asked
    )


def _group(decision: Decision, option: str | None, team: str) -> str:
    """Return what a choice counts as: its group of compatible options, itself, or nothing like any other."""
    if option is None:
        return f"none of {team}"
    return next(("+".join(group) for group in decision.compatible if option in group), option)
