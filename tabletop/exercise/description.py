"""What a description of an event holds, and how its readers call people and things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from tabletop.scenario.prose import capitalised, listed

PassageKind = Literal[
    "inject",
    "question",
    "option",
    "rationale",
    "outcome",
    "card",
    "consultation",
    "answer",
    "statement",
    "message",
    "observation",
    "reason",
]

Names = Mapping[str, Mapping[str, str]]
"""By field of an event, what people call the ids that stand in it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words as they were read or typed in the exercise."""

    kind: PassageKind
    title: str
    """What stands above the words, if anything does: an inject's code and title."""
    text: str


@dataclass(frozen=True, slots=True)
class Description:
    """What happened. `who` is empty where nobody is named, or where the reader's own team acted."""

    what: str
    """Without a capital or a full stop."""
    who: str = ""
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()
    """Details for whoever reads the whole log."""

    @property
    def sentence(self) -> str:
        """Who did what, with a capital and without a full stop."""
        return capitalised(f"{self.who} {self.what}".strip())


class Reader:
    """Call people and things as one reader knows them; by default by the names given, else by their ids."""

    team = ""
    """The team whose own log it is: it reads “us”, and of what it did itself."""

    def __init__(self, names: Names | None = None) -> None:
        self._names = names or {}

    def name(self, field: str, word: str) -> str:
        """Return the name of an id that stands in that field of an event."""
        return self._names.get(field, {}).get(word, word)

    def seat(self, seat: str) -> str:
        """Return the name of a team or of exercise control."""
        return self.name("team", seat)

    def decision(self, word: str, code: str = "") -> str:
        """Return what a decision is called; `code` is its code, where the event holds it."""
        return code or self.name("decision", word)

    def option(self, decision: str, option: str) -> str:
        """Return what stands above an option's words; may be empty."""
        return option

    def lapsed(self, decision: str) -> str:
        """Return what the scenario says happens when a decision is not taken; may be empty."""
        return ""

    def asked(self, consult: str) -> str:
        """Return the words of a consultation that is answered; may be empty."""
        return ""

    def actor(self, seat: str) -> str:
        """Return who acted: nobody is named where it was the reader's own team."""
        return "" if seat == self.team else self.seat(seat)

    def to(self, seats: Iterable[str]) -> str:
        """Return the names of those addressed: the reader's own team is “us”, and stands alone."""
        addressed = tuple(seats)
        if self.team and self.team in addressed:
            return "us"
        return listed([self.seat(one) for one in addressed]) or "nobody"

    def its(self, team: str) -> str:
        """Return the possessive for that team."""
        return "our" if team == self.team else "its"
