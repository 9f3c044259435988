"""Everything that came to a team, in one list: what an official calls the inbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tabletop.exercise import events as e

Kind = Literal["inject", "card", "leave", "question", "answer", "statement", "message"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that came: `key` opens it, `seat` or `sender` says from whom, `words` begins to say what."""

    key: str
    kind: Kind
    at: int
    words: str
    seat: str = ""
    sender: str = ""
    entry: str = ""


@dataclass(slots=True)
class Arrivals:
    """What came from others, in the order in which it came."""

    team: str
    items: list[Arrival] = field(default_factory=list)

    def see(self, number: int, at: int, event: e.Event) -> None:
        """Take in an event, the `number`-th that this seat sees. What the team did itself is no arrival."""
        arrival = self._arrival(number, at, event)
        if arrival is not None and arrival.seat != self.team:
            self.items.append(arrival)

    def _arrival(self, number: int, at: int, event: e.Event) -> Arrival | None:
        match event:
            case e.InjectReleased():
                key = inject_key(event.entry)
                return Arrival(key, "inject", at, event.title, sender=event.sender, entry=event.entry)
            case e.CardShared():
                return Arrival(card_key(event.card, number), "card", at, event.title, seat=event.by)
            case e.LeaveGranted():
                return Arrival(card_key(event.card, number), "leave", at, event.title, seat=event.by)
            case e.ConsultRequested():
                return Arrival(consult_key(event.consult), "question", at, event.text, seat=event.by)
            case e.ConsultAnswered():
                return Arrival(consult_key(event.consult, number), "answer", at, event.text, seat=event.by)
            case e.StatementMade():
                text = f"{event.text} ({event.advice})" if event.advice else event.text
                return Arrival(statement_key(number), "statement", at, text, seat=event.by)
            case e.MessageSent():
                return Arrival(message_key(number), "message", at, event.text, seat=event.by)
            case _:
                return None


BRIEFING_KEY = "briefing"
"""Opens what every player may know before play."""

RULES_KEY = "rules"
"""Opens the rules and objectives, once they have been shown."""


def inject_key(entry: str) -> str:
    """Return the key that opens an inject."""
    return f"inject/{entry}"


def card_key(card: str, number: int | str = "") -> str:
    """Return the key that opens a card; with a number, the moment when a partner gave it."""
    return f"card/{card}/{number}"


def decision_key(decision: str) -> str:
    """Return the key that opens a decision."""
    return f"decision/{decision}"


def consult_key(consult: str, number: int | str = "") -> str:
    """Return the key that opens a consultation; with a number, the moment of one answer."""
    return f"consult/{consult}/{number}"


def statement_key(number: int) -> str:
    """Return the key that opens a statement."""
    return f"statement/{number}"


def message_key(number: int) -> str:
    """Return the key that opens a message."""
    return f"message/{number}"
