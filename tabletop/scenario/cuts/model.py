"""The shorter form of a scenario as an author writes it: what it drops, deals and takes for decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from tabletop.scenario.base import AnyNumber, Id, Line, Part, TeamOrAll, Text
from tabletop.scenario.clock import WrittenClock
from tabletop.scenario.gametime import GameTime, Length


def number_as_word(value: object) -> object:
    """Take a whole number for a word: minutes name a cut, and codes may be numbers."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _choice_alone(value: object) -> object:
    """Take a whole number for the code of an option, also where each team has its own."""
    if isinstance(value, dict):
        return {team: number_as_word(option) for team, option in value.items()}
    return number_as_word(value)


Word = Annotated[str, Field(min_length=1, max_length=64), BeforeValidator(number_as_word)]
"""The id or the code of something in the whole scenario; codes may be whole numbers."""

Choice = Annotated[Word | dict[Id, Word], BeforeValidator(_choice_alone)]
"""An option for every team asked, or options by team."""


class Cut(Part):
    """A shorter form of the scenario. Decisions, injects and cards are named by id or code."""

    title: Line | None = Field(
        default=None, description="Its name beside the scenario's: 'Starter'; else its id."
    )
    summary: Text | None = Field(default=None, description="Two lines for whoever picks it.")
    situation: Text | None = Field(default=None, description="The starting situation, if it is another.")
    length: Length = Field(description="Length of play of this cut.")
    hot_wash: Length | None = Field(
        default=None, alias="hot-wash", description="Length of the talk straight after play of this cut."
    )
    capital: Annotated[int, Field(ge=1, le=100)] | None = Field(
        default=None, description="What each team begins with in this cut."
    )
    drops: AnyNumber[Word] = Field(
        default=(), description="Decisions, timeline entries, phases and probes that it leaves out."
    )
    deals: dict[TeamOrAll, AnyNumber[Word]] = Field(
        default_factory=dict, description="Cards that teams, or 'all', hold from the start."
    )
    presets: dict[Word, Choice] = Field(
        default_factory=dict,
        description="Decisions taken before play: an option, or an option by team. They give no marks.",
    )
    times: dict[Word, GameTime] = Field(
        default_factory=dict, description="When entries go out in this cut: {entry: T+12}."
    )
    windows: dict[Word, Length] = Field(
        default_factory=dict, description="Windows of decisions in this cut: {decision: 5 min}."
    )
    phases: dict[Id, GameTime] = Field(
        default_factory=dict, description="When phases begin in this cut: {phase: T+20}."
    )
    clock: WrittenClock | None = Field(
        default=None, description="The local time in this cut; else that of the whole."
    )


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a cut leaves out, by id and kind: a decision and an entry may have the same id."""

    decisions: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    probes: frozenset[str] = frozenset()


CutId = Annotated[Id, BeforeValidator(number_as_word)]
"""The word that names a cut, often its minutes: 45."""
