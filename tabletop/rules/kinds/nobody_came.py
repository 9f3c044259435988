"""Nobody came (X9): an option that needs others, chosen by one team alone, does half its good."""

from __future__ import annotations

from tabletop.rules.decision_kind import Choices, DecisionKind, Judgement
from tabletop.rules.kind import Why, register, tag_hint
from tabletop.rules.ledger import Spans, spans_of
from tabletop.rules.worth import credited
from tabletop.scenario.base import Effects
from tabletop.scenario.decisions import Decision
from tabletop.scenario.problems import quoted
from tabletop.scenario.rules import NobodyCame


@register(NobodyCame)
class NobodyCameKind(DecisionKind[NobodyCame]):
    """Takes back half of what a joint option gave the only team that chose it."""

    def span(self, decision: Decision) -> Spans:
        """Return the most that can be taken back on each objective."""
        if len(decision.team) < 2:
            return ()
        joint = (option for option in decision.options.values() if self.rule.tag in option.tags)
        return spans_of(decision.team, *(_half_taken_back(option.points) for option in joint))

    def judge(self, choices: Choices) -> Judgement:
        """Take half of what the option gave, as late as it was chosen."""
        joined = choices.tagged(self.rule.tag)
        if len(joined) != 1:
            return (), ()
        asked, option = choices.asked[joined[0]], choices.option(joined[0])
        lost: Effects = {}
        if option is not None and asked.decided_at is not None:
            in_time = asked.decided_at - asked.presented_at <= asked.window
            lost = _half_taken_back(credited(option.points, self.scenario, in_time=in_time))
        why = f"{self.team(joined[0])} stood alone with it, so it did half its good"
        return self.give(choices, joined, lost, why), spans_of(joined, lost)

    def why_never(self) -> Why:
        """Say that no option has the tag, or that none with it does any good."""
        tag, known = self.rule.tag, self.option_tags()
        if (why := self.none_put_to_all()) is not None:
            return why
        if tag in known and self.decisions():
            return Why(
                f"no option tagged {quoted(tag)} of a {self.where} gives points to halve",
                "tag an option with good effects, or remove the rule",
            )
        return Why(f"no {self.where} has an option tagged {quoted(tag)}", tag_hint((tag,), known, "option"))

    def sentence(self) -> str:
        """Say which options need others."""
        return (
            f"{self.on()}An option tagged {self.rule.tag} chosen by one team alone: half of each positive "
            "point that it gave is taken off."
        )


def _half_taken_back(effects: Effects) -> Effects:
    """Return what takes half of each good effect back, in whole half points."""
    return {goal: -points for goal, points in effects.items() if points >= 1}
