"""Who has shared cards with whom, who has consulted whom, and who still waits for an answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from tabletop.exercise import events as e


@dataclass(slots=True)
class Contact:
    """What one team gave to another, or asked of it."""

    cards: set[str] = field(default_factory=set)
    """Cards shared, as they are or sanitised."""
    asked: int = 0
    """Consultations asked for, those that a decision implies among them."""
    answered: int = 0
    waiting: int = 0
    """Consultations asked for that the partner has not answered."""
    messages: int = 0


class Contacts:
    """All pairs of teams, kept up to date event by event."""

    def __init__(self) -> None:
        self.pairs: dict[tuple[str, str], Contact] = {}
        self.statements: dict[str, int] = {}
        self._waiting: dict[str, tuple[str, set[str]]] = {}

    def between(self, giver: str, receiver: str) -> Contact:
        """Return what `giver` gave to or asked of `receiver`."""
        return self.pairs.get((giver, receiver)) or Contact()

    def unanswered(self, team: str) -> int:
        """How many consultations wait for this team's answer."""
        return sum(contact.waiting for (_, receiver), contact in self.pairs.items() if receiver == team)

    def waiting(self, team: str) -> list[tuple[str, str]]:
        """Consultations that wait for this team's answer, oldest first: their ids and who asked."""
        return [(consult, by) for consult, (by, partners) in self._waiting.items() if team in partners]

    def see(self, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.CardShared():
                for team in event.to:
                    self._pair(event.by, team).cards.add(event.card)
            case e.ConsultRequested():
                self._waiting[event.consult] = (event.by, set(event.to))
                for team in event.to:
                    pair = self._pair(event.by, team)
                    pair.asked += 1
                    pair.waiting += 1
            case e.ConsultAnswered():
                self._answer(event)
            case e.ConsultImplied():
                for team in event.to:
                    pair = self._pair(event.by, team)
                    pair.asked += 1
                    pair.answered += 1
            case e.MessageSent():
                for team in event.to:
                    self._pair(event.by, team).messages += 1
            case e.StatementMade():
                self.statements[event.by] = self.statements.get(event.by, 0) + 1

    def _answer(self, event: e.ConsultAnswered) -> None:
        asker, partners = self._waiting.get(event.consult, (event.to, set[str]()))
        if event.by not in partners:
            return
        partners.discard(event.by)
        if not partners:
            del self._waiting[event.consult]
        pair = self._pair(asker, event.by)
        pair.answered += 1
        pair.waiting -= 1

    def _pair(self, giver: str, receiver: str) -> Contact:
        return self.pairs.setdefault((giver, receiver), Contact())
