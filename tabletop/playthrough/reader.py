"""Resolve the words of moves: ids or short codes, in any letter case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import partial
from typing import Any, Final, NamedTuple

from tabletop.exercise import commands as c
from tabletop.exercise.commands import COMMAND, Command
from tabletop.exercise.events import CONTROL
from tabletop.exercise.state import Exercise
from tabletop.playthrough.moves import Move
from tabletop.scenario.base import ALL
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.resolving import Resolver, UnknownIdError
from tabletop.scenario.scenario import Scenario

_CALLED_CONTROL: Final = frozenset({c.FACILITATOR, c.EVALUATOR, "exercise control", "white cell"})
"""Words that a planner writes for exercise control where a message goes to it."""
_BY_OBJECTIVE: Final = ("good", "bad", "neither", "ratings")
"""Fields that say something of objectives, each under its name."""
_ADDED: Final = re.compile(r"x\d{1,4}|ad-hoc-\w+", re.IGNORECASE)
"""How an inject may be called that is only written during the play."""


class _Word(NamedTuple):
    """A word of a move: where it stands, and how it becomes an id."""

    path: tuple[str | int, ...]
    word: str
    find: Callable[[str], str]
    at_key: bool = False


class MoveReader:
    """Turn moves into the commands they stand for."""

    def __init__(self, scenario: Scenario) -> None:
        self._resolver = Resolver(scenario)
        self._every_team = tuple(scenario.teams)
        self._without_clean_form = {word for word, card in scenario.cards.items() if card.clean_form is None}

    def seat(self, word: str) -> str:
        """Resolve a team or a seat of exercise control. Raises UnknownIdError."""
        return word if word in (c.FACILITATOR, c.EVALUATOR) else self._resolver.team(word)

    def problems(self, moves: Iterable[Move]) -> list[Problem]:
        """Return a problem for each word of the moves that nothing in the scenario is called."""
        planned = list(moves)
        adds = any(move.fields.get("do") == c.AdHoc.verb() for move in planned)
        find = partial(self._planned_inject, adds=adds)
        return [
            problem
            for move in planned
            for word in (_Word(("seat",), move.seat, self.seat), *self._words(move.fields, find))
            if (problem := _unknown(move, word)) is not None
        ]

    def command(self, seat: str, fields: Mapping[str, Any], state: Exercise) -> Command:
        """Return the command of a seat with every word resolved. Raises UnknownIdError or ValidationError."""
        found: dict[str, Any] = deepcopy(dict(fields))
        for word in self._words(fields, partial(self._inject, state=state)):
            _put(found, word, word.find(word.word))
        for name in ("with", "to"):
            if found.get(name) in (ALL, [ALL]):
                found[name] = [team for team in self._every_team if team != seat]
        return COMMAND.validate_python(found)

    def _words(self, fields: Mapping[str, Any], inject: Callable[[str], str]) -> Iterator[_Word]:
        """Yield the words of a move that name something; `inject` finds the injects."""
        known = self._resolver
        finders: dict[str, Callable[[str], str]] = {
            "decision": known.decision,
            "card": self._clean_card if _in_clean_form(fields) else known.card,
            "objective": known.objective,
            "team": known.team,
            "inject": inject,
            "about": partial(self._subject, inject=inject),
        }
        if fields.get("do") == c.Answer.verb():
            finders["from"] = known.team
        for name, find in finders.items():
            if isinstance(fields.get(name), str):
                yield _Word((name,), fields[name], find)
        yield from self._options(fields)
        for name in _BY_OBJECTIVE:
            for goal in fields[name] if isinstance(fields.get(name), Mapping) else ():
                yield _Word((name, goal), goal, known.objective, at_key=True)
        for name in ("with", "to") if fields.get("do") != c.Jump.verb() else ():
            yield from self._teams(name, fields.get(name))

    def _options(self, fields: Mapping[str, Any]) -> Iterator[_Word]:
        """Yield the options that a move names, if there is such a decision."""
        for name in ("option", "as"):
            if isinstance(fields.get(name), str) and isinstance(fields.get("decision"), str):
                try:
                    decision = self._resolver.decision(fields["decision"])
                except UnknownIdError:
                    return
                yield _Word((name,), fields[name], partial(self._resolver.option, decision))

    def _teams(self, name: str, words: object) -> Iterator[_Word]:
        if isinstance(words, list):
            if words != [ALL]:
                for index, word in enumerate(words):
                    yield _Word((name, index), str(word), self._team)
        elif words is not None and words != ALL:
            yield _Word((name,), str(words), self._team)

    def _team(self, word: str) -> str:
        if word.casefold() in _CALLED_CONTROL:
            raise UnknownIdError("team", word, (), f"did you mean '{CONTROL}'? That is exercise control")
        return word if word == CONTROL else self._resolver.team(word)

    def _clean_card(self, word: str) -> str:
        """Resolve a card that is to be shared in its clean form."""
        card = self._resolver.card(word)
        if card in self._without_clean_form:
            hint = "leave out 'clean: true', or give the card a 'clean' text"
            raise UnknownIdError("clean form of card", word, (), hint)
        return card

    def _inject(self, word: str, state: Exercise) -> str:
        """Resolve an entry of the timeline, or an inject added during this run, by its code."""
        for entry, known in state.injects.items():
            if known.added is not None and word.lower() in (entry, known.code.lower()):
                return entry
        return self._resolver.entry(word)

    def _planned_inject(self, word: str, *, adds: bool) -> str:
        """Resolve an entry of the timeline; of moves that write injects, one of those may be meant."""
        return word if adds and _ADDED.fullmatch(word) else self._resolver.entry(word)

    def _subject(self, word: str, inject: Callable[[str], str]) -> str:
        """Resolve what an observation or a consultation is about: a decision, else an inject."""
        try:
            return self._resolver.decision(word)
        except UnknownIdError:
            return inject(word)


def _in_clean_form(fields: Mapping[str, Any]) -> bool:
    return fields.get("do") == c.Share.verb() and True in (fields.get("clean"), fields.get("sanitised"))


def _unknown(move: Move, word: _Word) -> Problem | None:
    try:
        word.find(word.word)
    except UnknownIdError as unknown:
        return move.problem(
            f"unknown-{unknown.kind}",
            f"there is no {unknown.kind} {quoted(unknown.word)}",
            *word.path,
            hint=unknown.hint,
            at_key=word.at_key,
        )
    return None


def _put(found: dict[str, Any], word: _Word, resolved: str) -> None:
    """Put the id in place of the word."""
    holder: Any = found
    for part in word.path[:-1]:
        holder = holder[part]
    last = word.path[-1]
    if not word.at_key:
        holder[last] = resolved
    elif last != resolved:
        holder[resolved] = holder.pop(last)
