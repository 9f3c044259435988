"""What follows from a finished rehearsal: looked for once, since it takes a while."""

from __future__ import annotations

from functools import cached_property

from tabletop.exercise.state import InjectStatus
from tabletop.rehearsal.figures import correlation
from tabletop.rehearsal.players import Random
from tabletop.rehearsal.rehearsal import Rehearsal
from tabletop.rehearsal.tally import Choice


class Findings:
    """What never came up, what is always best, and which objectives move together."""

    def __init__(self, found: Rehearsal) -> None:
        """`found` must not change any more."""
        self.rehearsal = found

    @cached_property
    def never_released(self) -> tuple[str, ...]:
        """Every entry of the timeline that no random play released; contingency injects never are."""
        released = self.rehearsal.random.injects
        return tuple(
            entry.id
            for entry in self.rehearsal.scenario.timeline
            if not entry.contingency and not released[entry.id, InjectStatus.RELEASED.value]
        )

    @cached_property
    def never_chosen(self) -> tuple[Choice, ...]:
        """Every option that no random play chose, of the decisions that the exercise asks."""
        scenario, chosen = self.rehearsal.scenario, self.rehearsal.random.choices
        asked = {word for entry in scenario.timeline for word in entry.decisions} - set(scenario.presets)
        return tuple(
            (name, team, option)
            for name, decision in scenario.decisions.items()
            if name in asked
            for team in decision.team
            for option in decision.options
            if not chosen[name, team, option]
        )

    @cached_property
    def unrated(self) -> tuple[str, ...]:
        """The objectives, by code, that are rated in too few random plays to compare options on them."""
        found = self.rehearsal
        goals = found.scenario.objectives.items()
        return tuple(goal.code for word, goal in goals if not found.rated(Random.name, word))

    @cached_property
    def always_best(self) -> tuple[Choice, ...]:
        """Every option that is at least as good as all others on every objective; none if one is unrated."""
        if self.unrated:
            return ()
        return tuple(
            (name, team, option)
            for name, decision in self.rehearsal.scenario.decisions.items()
            for team in decision.team
            for option in decision.options
            if len(decision.options) > 1
            and all(
                self._at_least((name, team, option), (name, team, other))
                for other in decision.options
                if other != option
            )
        )

    def _at_least(self, one: Choice, other: Choice) -> bool:
        mean = self.rehearsal.mean
        pairs = [(mean(one, goal), mean(other, goal)) for goal in self.rehearsal.scenario.objectives]
        return all(mine is not None and theirs is not None and mine >= theirs for mine, theirs in pairs)

    @cached_property
    def correlations(self) -> tuple[tuple[str, str, float], ...]:
        """How closely each two objectives move together under random play, the closest first."""
        products = self.rehearsal.random.products
        pairs = sorted({(one, other) for one, other, _ in products})
        found = [(one, other, correlation(products, one, other)) for one, other in pairs]
        rated = [(one, other, value) for one, other, value in found if value is not None]
        return tuple(sorted(rated, key=lambda item: -abs(item[2])))
