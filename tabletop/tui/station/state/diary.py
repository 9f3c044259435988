"""The team's own log: one plain sentence for everything that happened to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.describe import describe
from tabletop.exercise.description import Passage, Reader
from tabletop.plaintext import in_quotes
from tabletop.scenario.prose import ended
from tabletop.tui.kit.rows import shortened
from tabletop.tui.station.state.decisions import Decisions
from tabletop.tui.station.state.names import Names

_QUOTED: Final = 160
"""How much of what was said stands in a sentence; all of it can be opened elsewhere."""

_UNTOLD: Final = (e.InjectRead, e.RateChanged)
"""That the team opened an inject, or how fast the clock runs, says nothing new to it."""


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One sentence and when it happened."""

    at: int
    text: str


@dataclass(slots=True)
class Diary:
    """Collect the sentences, newest last. Sees an event after the decisions have."""

    team: str
    names: Names
    decisions: Decisions
    lines: list[DiaryLine] = field(default_factory=list)

    def see(self, at: int, event: e.Event) -> None:
        """Add the sentence of an event, if it has one."""
        if not isinstance(event, _UNTOLD):
            described = describe(event, _Team(self))
            words = " ".join(filter(None, map(_passage, described.passages)))
            told = described.sentence
            self.lines.append(DiaryLine(at, f"{told}: {words}" if words else ended(told)))


class _Team(Reader):
    """Call people and things as the team does."""

    def __init__(self, diary: Diary) -> None:
        super().__init__()
        self.team = diary.team
        self._diary = diary

    def name(self, field: str, word: str) -> str:
        """Return the full name of a decision; a team knows no other ids."""
        return self.decision(word) if field in ("about", "decision") else word

    def seat(self, seat: str) -> str:
        """Return the name of a team or of exercise control."""
        return self._diary.names.of(seat)

    def decision(self, word: str, code: str = "") -> str:
        """Return code and title, as the question had them."""
        return self._diary.decisions.full_name(word) or code or word

    def option(self, decision: str, option: str) -> str:
        """Return nothing: an option's id is the scenario's own."""
        return ""


def _passage(passage: Passage) -> str:
    match passage.kind:
        case "question" | "inject" | "card" | "clean form":
            return ""  # the sentence names it
        case "rationale":
            return f"Reason: {_quote(passage.text)}"
        case _:
            return _quote(passage.text)


def _quote(text: str) -> str:
    return in_quotes(shortened(text, _QUOTED))
