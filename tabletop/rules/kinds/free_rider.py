"""Free rider (X8): one team deferred while all others made the full commitment."""

from __future__ import annotations

from tabletop.rules.decision_kind import ASK_ALL, Choices, DecisionKind, Judgement
from tabletop.rules.kind import Why, register, tag_hint
from tabletop.rules.ledger import Spans, spans_of
from tabletop.scenario.decisions import Decision
from tabletop.scenario.problems import quoted
from tabletop.scenario.rules import FreeRider

_FEWEST = 3
"""Teams from which on one can ride on the others."""


@register(FreeRider)
class FreeRiderKind(DecisionKind[FreeRider]):
    """Looks for the one team that let the others carry it, by the tags of options."""

    def span(self, decision: Decision) -> Spans:
        """Return what riding costs, if one option commits and another defers."""
        tagged = [option.tags for option in decision.options.values()]
        full = any(self.rule.full in tags for tags in tagged)
        rides = any(self.rule.defers in tags and self.rule.full not in tags for tags in tagged)
        possible = full and rides and len(decision.team) >= _FEWEST
        return spans_of(decision.team, self.rule.rode) if possible else ()

    def judge(self, choices: Choices) -> Judgement:
        """Judge the last team where all others committed in full."""
        full = choices.tagged(self.rule.full)
        rest = [team for team in choices.asked if team not in full]
        if len(rest) != 1 or len(choices.asked) < _FEWEST:
            return (), ()
        spans = spans_of(rest, self.rule.rode)
        if rest[0] not in choices.tagged(self.rule.defers):
            return (), spans
        why = f"the others committed in full while {self.team(rest[0])} deferred"
        return self.give(choices, rest, self.rule.rode, why), spans

    def why_never(self) -> Why:
        """Say that too few teams are asked, or that no options have the tags."""
        why = self.no_points() or self.none_put_to_all()
        if why is not None:
            return why
        asked = [len(self.scenario.decisions[name].team) for name in self.decisions()]
        if asked and max(asked) < _FEWEST:
            return Why(f"no {self.where} asks three teams or more", ASK_ALL)
        return Why(
            f"no {self.where} has an option tagged {quoted(self.rule.full)} and another tagged "
            f"{quoted(self.rule.defers)}",
            tag_hint((self.rule.full, self.rule.defers), self.option_tags(), "option"),
        )

    def sentence(self) -> str:
        """Say which tags make a rider, and what that costs."""
        when = (
            f"All teams but one choose an option tagged {self.rule.full}, and that one an option tagged "
            f"{self.rule.defers}"
        )
        return self.on() + self.cases((when, self.rule.rode, " to that one"))
