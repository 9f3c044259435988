"""Resolve what people type to ids: an id or a short code, in any letter case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tabletop.errors import ExitCode, TabletopError
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Scenario

_LISTED: Final = 8
_SHOWN: Final = 300
"""How many characters of known words are listed for a word in a file."""


class UnknownIdError(TabletopError):
    """A typed word matches no id or code of its kind."""

    def __init__(self, kind: str, word: str, known: Iterable[str], hint: str | None = None) -> None:
        """Build the message. `known` holds every id and code of that kind, in the order of the scenario.

        A `hint` takes the place of the nearest word.
        """
        words = list(known)
        self.kind = kind
        self.word = word
        self.nearest = nearest(word, words)
        self.hint = hint or self._advice(words)
        """The nearest word, or those that are known."""
        advice = f"; {self.hint}" if hint or self.nearest is not None or len(words) <= _LISTED else ""
        super().__init__(f"no {kind} {quoted(word)}{advice}", exit_code=ExitCode.USAGE)

    def _advice(self, words: list[str]) -> str:
        if self.nearest is not None:
            return f"did you mean {self.nearest}?"
        if not words:
            return f"this scenario has no {self.kind}"
        listed = f"known: {', '.join(words)}"
        return listed if len(listed) <= _SHOWN else f"none of its {self.kind}s is called like that"


class Resolver:
    """Resolve ids in one scenario. Each method raises UnknownIdError with the nearest word.

    An id takes precedence over a code. Loading a scenario ensures that both are unique within a kind.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._decisions = _Ids("decision", {word: one.code for word, one in scenario.decisions.items()})
        self._cards = _Ids("card", {word: one.code for word, one in scenario.cards.items()})
        self._entries = _Ids("inject", {entry.id: entry.code for entry in scenario.timeline})
        self._objectives = _Ids("objective", {word: one.code for word, one in scenario.objectives.items()})
        self._teams = _Ids("team", dict.fromkeys(scenario.teams))
        self._team_names = {team.name.casefold(): word for word, team in scenario.teams.items()}
        self._options = {
            decision: _Ids("option", {word: one.code for word, one in part.options.items()})
            for decision, part in scenario.decisions.items()
        }

    def decision(self, word: str) -> str:
        """Return the id of a decision."""
        return self._decisions.find(word)

    def option(self, decision: str, word: str) -> str:
        """Return the id of an option of the decision with that id."""
        return self._options[decision].find(word)

    def card(self, word: str) -> str:
        """Return the id of a card."""
        return self._cards.find(word)

    def entry(self, word: str) -> str:
        """Return the id of a timeline entry."""
        return self._entries.find(word)

    def objective(self, word: str) -> str:
        """Return the id of an objective."""
        return self._objectives.find(word)

    def team(self, word: str) -> str:
        """Return the id of a team, by its id or its name."""
        return self._team_names.get(word.strip().casefold()) or self._teams.find(word)


class _Ids:
    """The ids and codes of one kind of item."""

    def __init__(self, kind: str, codes: Mapping[str, str | None]) -> None:
        self._kind = kind
        self._ids = {code.casefold(): word for word, code in codes.items() if code is not None}
        self._ids |= {word.casefold(): word for word in codes}
        self._known = [name for word, code in codes.items() for name in (code, word) if name is not None]

    def find(self, word: str) -> str:
        found = self._ids.get(word.strip().casefold())
        if found is None:
            raise UnknownIdError(self._kind, word.strip(), self._known)
        return found
