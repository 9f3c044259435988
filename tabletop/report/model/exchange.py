"""What teams gave and said to one another and in public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tabletop.scenario.quantities import Moment, Stretch


@dataclass(frozen=True)
class Delivery:
    """A card given by one team to another; `after` counts from when the giver had it."""

    by: str
    to: str
    at: Moment
    after: Stretch
    within: bool
    sanitised: bool
    again: bool
    decision: str | None
    evidence: tuple[int, ...]
    standing: str | None = None
    """The standing rule by which it passed on by itself: its name, else 'standing rule'."""
    against_caveat: bool = False
    """It went in its raw form to a team from which the caveat keeps that."""


@dataclass(frozen=True)
class CardRun:
    """A card, who had it first and where it went."""

    id: str
    code: str
    title: str
    holder: str
    received: Moment
    window: Stretch
    dealt: bool
    """Somebody held it from the start of a cut: nobody could be late with it."""
    inject: str
    deliveries: tuple[Delivery, ...]
    without: tuple[str, ...]
    caveat: tuple[str, ...] = ()
    """Teams from which its raw form was to be kept."""
    clean: str | None = None
    """Its clean form, if the author wrote one."""

    @property
    def called(self) -> str:
        """Its code, else its title."""
        return self.code or self.title


@dataclass(frozen=True, slots=True)
class CardsJudged:
    """Which cards a rule judges by when they reached partners, which not, and which came late."""

    title: str
    """Of the rule."""
    tags: tuple[str, ...]
    objectives: tuple[str, ...]
    """Those on which it gives marks."""
    judged: str
    others: str
    late: str


@dataclass(frozen=True)
class Pair:
    """What one team gave another: each card once, however often it was sent."""

    by: str
    to: str
    cards: int
    within: int
    median: Stretch | None


@dataclass(frozen=True)
class ReplyRecord:
    """A partner's answer to a consultation."""

    by: str
    at: Moment
    after: Stretch
    text: str


@dataclass(frozen=True)
class ConsultationRecord:
    """Partners asked before acting; `implied` if an option stood for it."""

    by: str
    to: tuple[str, ...]
    at: Moment
    about: str | None
    text: str
    implied: bool
    replies: tuple[ReplyRecord, ...]
    unanswered: tuple[str, ...]
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class StatementRecord:
    """Something said in public."""

    by: str
    at: Moment
    label: str | None
    meaning: str | None
    text: str
    advice: str
    """What it advised the public to do, and where; may be empty."""
    decision: str | None
    evidence: tuple[int, ...]
    how: Literal["statement", "option", "inject"] = "statement"
    """By a statement, by an option that the team chose, or by an inject that spoke for it."""


@dataclass(frozen=True)
class Traffic:
    """How many messages one sender wrote to one receiver."""

    by: str
    to: str
    messages: int
