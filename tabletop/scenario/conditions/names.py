"""Name the parts of a scenario in conditions, by the short codes that planners have on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tabletop.plaintext import in_quotes
from tabletop.scenario.base import NONE
from tabletop.scenario.conditions.base import BaseCondition
from tabletop.scenario.conditions.combining import All, AnyOf
from tabletop.scenario.prose import listed

if TYPE_CHECKING:
    from tabletop.scenario.scenario import Scenario


class Names:
    """Names of the parts of one scenario."""

    def __init__(self, scenario: Scenario, deciding: str = "") -> None:
        self._scenario = scenario
        self.deciding = deciding
        """The decision to which conditions belong; empty if to none."""

    def say(self, condition: BaseCondition) -> str:
        """Return the condition in words: ``T3 is a or b and not K1 shared``."""
        return condition.words(self)

    def within(self, condition: BaseCondition) -> str:
        """Return the words of a condition inside another, in brackets if they could be read otherwise."""
        words = condition.words(self)
        return f"({words})" if isinstance(condition, All | AnyOf) and " " in words else words

    def entry(self, word: str) -> str:
        """Return the code of an entry, or its id."""
        return self._scenario.entries[word].code or word

    def decision(self, word: str) -> str:
        """Return the code of a decision, or its id."""
        return self._scenario.decisions[word].code or word

    def decisions(self, words: Iterable[str]) -> str:
        """List decisions."""
        return listed([self.decision(word) for word in words])

    def subject(self, word: str) -> str:
        """Return the code of an entry or a decision, or its id."""
        return self.decision(word) if word in self._scenario.decisions else self.entry(word)

    def card(self, word: str) -> str:
        """Return the code of a card, or its id."""
        return self._scenario.cards[word].code or word

    def objective(self, word: str) -> str:
        """Return the code of an objective."""
        return self._scenario.objectives[word].code

    def team(self, word: str) -> str:
        """Return the name of a team."""
        return self._scenario.teams[word].name

    def teams(self, words: Iterable[str]) -> str:
        """List teams; ``all`` as every other team."""
        known = self._scenario.teams
        return listed([known[word].name if word in known else "every partner" for word in words])

    def own_option(self, word: str) -> str:
        """Return what an option of the decision at hand is called; its id where there is none."""
        if not self.deciding:
            return word
        return in_quotes(self._scenario.decisions[self.deciding].options[word].called)

    def choice(self, decision: str, options: Sequence[str], *, who: str) -> str:
        """Return that somebody is at one of the options: ``Tokyo's T3 is a or b``."""
        part = self._scenario.decisions[decision]
        names = ["nothing" if one == NONE else part.options[one].code or one for one in options]
        whose = who if len(part.team) > 1 else ""
        return f"{whose}{self.decision(decision)} is {self.either(names)}"

    @staticmethod
    def either(words: Sequence[str]) -> str:
        """Join words with 'or'."""
        return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]
