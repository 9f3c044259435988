"""The description of an event, and the names that its readers use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from tabletop.scenario.prose import capitalised, listed

PassageKind = Literal[
    "inject",
    "discussion",
    "question",
    "option",
    "rationale",
    "outcome",
    "card",
    "clean form",
    "consultation",
    "answer",
    "statement",
    "message",
    "observation",
    "probe",
    "reason",
]

Names = Mapping[str, Mapping[str, str]]
"""Display names of ids, by the event field that holds the id."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that was read or typed in the exercise."""

    kind: PassageKind
    title: str
    """The heading of the text, such as an inject's code and title; may be empty."""
    text: str


@dataclass(frozen=True, slots=True)
class Description:
    """What happened. `who` is empty if nobody is named, or if the reader's own team acted."""

    what: str
    """A clause that starts with a verb, without a full stop."""
    who: str = ""
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()
    """Details for readers of the whole log."""

    @property
    def sentence(self) -> str:
        """The whole sentence, capitalised, without a full stop."""
        return capitalised(f"{self.who} {self.what}".strip())


class Reader:
    """The names that one kind of reader uses for people and things; by default `names`, else the ids."""

    team = ""
    """The team whose own log it is, which is addressed as “us”; empty for control's log."""

    def __init__(self, names: Names | None = None) -> None:
        self._names = names or {}

    def name(self, field: str, word: str) -> str:
        """Return the display name of an id in that field of an event."""
        return self._names.get(field, {}).get(word, word)

    def seat(self, seat: str) -> str:
        """Return the name of a team or of exercise control."""
        return self.name("team", seat)

    def decision(self, word: str, code: str = "") -> str:
        """Return the name of a decision; `code` is its code, if the event has it."""
        return code or self.name("decision", word)

    def option(self, decision: str, option: str) -> str:
        """Return the heading of an option's text; may be empty."""
        return option

    def lapsed(self, decision: str) -> str:
        """Return the scenario's outcome of a lapsed decision; may be empty."""
        return ""

    def asked(self, consult: str) -> str:
        """Return the text of the consultation that is answered; may be empty."""
        return ""

    def actor(self, seat: str) -> str:
        """Return the name of the actor, empty for the reader's own team."""
        return "" if seat == self.team else self.seat(seat)

    def to(self, seats: Iterable[str]) -> str:
        """Return the names of the addressees, or “us” alone if the reader's own team is among them."""
        addressed = tuple(seats)
        if self.team and self.team in addressed:
            return "us"
        return listed([self.seat(one) for one in addressed]) or "nobody"

    def its(self, team: str) -> str:
        """Return the possessive for that team."""
        return "our" if team == self.team else "its"


_LACKING: Final = re.compile(r"it (costs|takes) (.* of domestic capital), and you have (\S+ left)")


def lacking(takes: str, left: int) -> str:
    """Return why a team with so much domestic capital left cannot choose an option that ``takes 3``."""
    return f"it {takes} of domestic capital, and you have {left} left"


def told_to_others(reason: str, team: str) -> str:
    """Return why an option was locked, as others than that team are told it; an author's words as written."""
    found = _LACKING.fullmatch(reason)
    if found is None:
        return reason
    verb, amount, left = found.groups()
    return f"it {'costs ' + team if verb == 'costs' else verb} {amount}, and {team} had {left}"
