"""Injects and cards: where they stand, and who holds what."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from immutables import Map

from tabletop.exercise.events import InjectContent


class InjectStatus(StrEnum):
    """Status of an inject."""

    SCHEDULED = "scheduled"
    HELD = "held"
    SKIPPED = "skipped"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class InjectState:
    """One inject of the timeline, or one added since."""

    status: InjectStatus = InjectStatus.SCHEDULED
    branch: bool = False
    """Skipped because its branch was not taken."""
    title: str | None = None
    text: str | None = None
    to: tuple[str, ...] | None = None
    """Edited title, text and audience; None if unchanged."""
    added: InjectContent | None = None
    """Its content, if it is not in the scenario."""
    code: str = ""
    due: int | None = None
    """When it is due, if it follows a condition that has become true."""
    released_at: int | None = None
    timing: str = ""
    seq: int = 0
    """Sequence number of the event that released it."""
    reads: Map[str, int] = field(default_factory=Map)
    """When each team opened it."""


UNTOUCHED: Final = InjectState()
"""An inject to which nothing has happened."""


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A card that a team holds, in the fullest form in which it got it."""

    at: int
    """When the team got it first, in whatever form."""
    seq: int
    """The event by which it got it in this form."""
    via: str
    """The inject it came with, or the team that gave it."""
    title: str
    code: str
    text: str
    sanitised: str | None
    window: int
    tags: tuple[str, ...]
    own: bool
    clean: bool = False
    """It was received sanitised, so that passing it on breaks no caveat."""
    caveat: tuple[str, ...] = ()
    """Teams from which its raw form is to be kept."""


@dataclass(frozen=True, slots=True)
class CardShare:
    """A card given to one partner."""

    by: str
    to: str
    card: str
    at: int
    seq: int
    phase: str
    sanitised: bool
    repeated: bool
    """Whether the partner had already received it from that team."""
