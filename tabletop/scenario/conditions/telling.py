"""Tell afterwards what was so of a condition, in the words of those who played: ``Seoul did not hold K7``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tabletop.plaintext import in_quotes
from tabletop.scenario.base import NONE
from tabletop.scenario.conditions.names import Names
from tabletop.scenario.prose import listed

if TYPE_CHECKING:
    from tabletop.scenario.scenario import Scenario


class Telling(Names):
    """Names of the parts of one scenario, for one team's decision, and what every team chose."""

    def __init__(
        self, scenario: Scenario, chosen: Mapping[tuple[str, str], str | None], team: str, deciding: str = ""
    ) -> None:
        super().__init__(scenario, deciding)
        self._chosen = chosen
        self._decider = team

    def who(self, team: str | None) -> str:
        """Return the name of a team; None is the one that decides."""
        return self.team(self._decider if team is None else team)

    def partners(self) -> list[str]:
        """Return the other teams that take the decision."""
        asked = self._scenario.decisions[self.deciding].team
        return [team for team in asked if team != self._decider]

    def asked(self, decision: str) -> tuple[str, ...]:
        """Return the teams that take a decision."""
        return self._scenario.decisions[decision].team

    def at_one_of(self, decision: str, options: Iterable[str], teams: Iterable[str]) -> list[str]:
        """Return the teams of these that are at one of the options; ``none``: at nothing."""
        wanted = set(options)
        return [team for team in teams if (self._chosen.get((decision, team)) or NONE) in wanted]

    def chose(self, decision: str, teams: Sequence[str]) -> str:
        """Return what each of the teams chose: ``Seoul chose c and Tokyo decided nothing in JC1``."""
        where = "" if decision == self.deciding else f" in {self.decision(decision)}"
        alike: dict[str, list[str]] = {}
        for team in teams:
            alike.setdefault(self._taken(decision, team), []).append(self.team(team))
        return listed([f"{listed(names)} {taken}" for taken, names in alike.items()]) + where

    def nobody_chose(self, decision: str, options: Iterable[str]) -> str:
        """Return that no team asked took one of the options."""
        names = [self.option(decision, option) for option in options if option != NONE]
        if not names:
            return f"every team asked had decided on {self.decision(decision)}"
        return f"nobody chose {self.either(names)} in {self.decision(decision)}"

    def option(self, decision: str, option: str) -> str:
        """Return what an option is called, in quotation marks."""
        return in_quotes(self._scenario.decisions[decision].options[option].called)

    def _taken(self, decision: str, team: str) -> str:
        option = self._chosen.get((decision, team))
        return "decided nothing" if option is None else f"chose {self.option(decision, option)}"

    @staticmethod
    def all_of(names: Sequence[str]) -> str:
        """Return several names of which each is meant: ``both Tokyo and Seoul``."""
        word = {1: "", 2: "both "}.get(len(names), "all of ")
        return f"{word}{listed(names)}"
