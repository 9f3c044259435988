"""Put a condition in words, with the short codes that planners have on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tabletop.scenario import conditions as c
from tabletop.scenario.base import Part
from tabletop.scenario.content import NONE
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed
from tabletop.scenario.scenario import Scenario


class ConditionWords:
    """Words for the conditions of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario

    def entry(self, word: str) -> str:
        """Return the code of an entry, or its id."""
        return self._scenario.entries[word].code or word

    def decision(self, word: str) -> str:
        """Return the code of a decision, or its id."""
        return self._scenario.decisions[word].code or word

    def say(self, condition: Part) -> str:
        """Return the condition in words: ``T3 is a or b and not K1 shared``."""
        match condition:
            case c.All(all=several):
                return " and ".join(map(self._within, several))
            case c.AnyOf(any=several):
                return " or ".join(map(self._within, several))
            case c.Not(not_=inner):
                return f"not {self._within(inner)}"
            case c.By(by=deadline):
                return f"{self._within(deadline.that)} by {format_time(deadline.at)}"
            case c.Released(released=words):
                return f"{listed([self.entry(word) for word in words])} out"
            case c.Stated(stated=stated):
                return f"{self._team(stated.by)} spoke" + (f" of {stated.label}" if stated.label else "")
        return self._of_decisions(condition)

    def _of_decisions(self, condition: Part) -> str:
        match condition:
            case c.Chose(chose=c.TeamChoice() as choice):
                who = f"{self._team(choice.by)}'s " if choice.by is not None else "somebody's "
                return self._choice(choice.decision, choice.options, who=who)
            case c.Chose(chose=dict() as chosen):
                return " and ".join(self._choice(*one, who="somebody's ") for one in chosen.items())
            case c.EveryoneChose(everyone_chose=chosen):
                return " and ".join(self._choice(*one, who="everybody's ") for one in chosen.items())
            case c.Decided(decided=words):
                return f"{self._decisions(words)} decided"
            case c.OnTime(on_time=words):
                return f"{self._decisions(words)} in time"
            case c.Labels(labels=labels):
                return f"labels of {self.decision(labels.decision)} {labels.are}"
        return self._between_teams(condition)

    def _between_teams(self, condition: Part) -> str:
        match condition:
            case c.Shared(shared=shared):
                code = self._scenario.cards[shared.card].code or shared.card
                by = f" by {self._team(shared.by)}" if shared.by else ""
                return f"{code} shared{by}" + (f" with {self._teams(shared.with_)}" if shared.with_ else "")
            case c.Consulted(consulted=consulted):
                return f"{self._team(consulted.by)} consulted {self._teams(consulted.with_)}"
        return ""

    def _within(self, condition: Part) -> str:
        words = self.say(condition)
        many = isinstance(condition, c.All | c.AnyOf) and " " in words
        return f"({words})" if many else words

    def _choice(self, decision: str, options: Sequence[str], *, who: str) -> str:
        part = self._scenario.decisions[decision]
        names = ["nothing" if one == NONE else part.options[one].code or one for one in options]
        whose = who if len(part.team) > 1 else ""
        return f"{whose}{self.decision(decision)} is {_either(names)}"

    def _decisions(self, words: Iterable[str]) -> str:
        return listed([self.decision(word) for word in words])

    def _team(self, word: str) -> str:
        return self._scenario.teams[word].name

    def _teams(self, words: Iterable[str]) -> str:
        return listed([self._team(word) for word in words])


def _either(items: Sequence[str]) -> str:
    return f"{', '.join(items[:-1])} or {items[-1]}" if len(items) > 1 else items[0]
