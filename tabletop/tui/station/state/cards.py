"""The cards a team holds, whom it has them from, whom it gave them to and who may pass them on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tabletop.exercise import events as e


@dataclass(frozen=True, slots=True)
class Given:
    """A card was given to a partner."""

    to: str
    sanitised: bool
    at: int


@dataclass(frozen=True, slots=True)
class Holding:
    """A card in the team's hand."""

    card: str
    title: str
    text: str
    sanitised: str | None
    at: int
    share_by: int
    giver: str = ""
    """The partner that gave it; empty if it is the team's own."""
    was_sanitised: bool = False
    """The partner that gave it had taken the sources out."""
    may_pass_on: bool = False
    """The partner that gave it lets the team pass it on."""
    entry: str = ""
    """The inject it came with, if it is the team's own."""
    given: tuple[Given, ...] = ()
    leave: frozenset[str] = frozenset()
    """Partners that may pass it on, if it is the team's own."""

    @property
    def own(self) -> bool:
        """It came from the team's own services, not from a partner."""
        return not self.giver

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners it was given to, each once."""
        return tuple(dict.fromkeys(item.to for item in self.given))

    def reads(self, *, sanitised: bool) -> str:
        """What a partner will read. What came without its sources goes on without them."""
        return (self.sanitised or self.title) if sanitised and not self.was_sanitised else self.text

    def has(self, partner: str, *, sanitised: bool) -> bool:
        """Whether the partner was given it in that form or a fuller one."""
        sanitised = sanitised or self.was_sanitised
        return any(
            item.to == partner and (item.sanitised == sanitised or not item.sanitised) for item in self.given
        )


@dataclass(slots=True)
class Cards:
    """Cards by id, in the order in which they came."""

    team: str
    held: dict[str, Holding] = field(default_factory=dict)

    def see(self, at: int, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.CardReceived():
                self._received(at, event)
            case e.CardDealt():
                self._dealt(at, event)
            case e.CardShared() if event.by == self.team:
                self._gave(at, event)
            case e.CardShared():
                self._got(at, event)
            case e.LeaveGranted():
                self._leave(event.card, event.by, event.to)
            case _:
                pass

    def _received(self, at: int, event: e.CardReceived) -> None:
        before = self.held.get(event.card)
        self.held[event.card] = Holding(
            card=event.card,
            title=event.title,
            text=event.text,
            sanitised=event.sanitised,
            at=at,
            share_by=at + event.window,
            entry=event.entry,
            given=before.given if before else (),
        )

    def _dealt(self, at: int, event: e.CardDealt) -> None:
        self.held[event.card] = Holding(
            card=event.card,
            title=event.title,
            text=event.text,
            sanitised=event.sanitised,
            at=at,
            share_by=at + event.window,
            giver="" if event.owner == self.team else event.owner,
            was_sanitised=event.clean,
        )

    def _gave(self, at: int, event: e.CardShared) -> None:
        known = self.held.get(event.card)
        if known is None:
            return
        given = tuple(Given(to, event.sanitised, at) for to in event.to)
        self.held[event.card] = replace(known, given=known.given + given)
        if event.onward and known.own:
            self._leave(event.card, self.team, event.to)

    def _got(self, at: int, event: e.CardShared) -> None:
        """A partner's card. What the team has of its own, or in full, is not replaced by less."""
        known = self.held.get(event.card)
        if known is None or not (known.own or event.sanitised):
            self.held[event.card] = Holding(
                card=event.card,
                title=event.title,
                text=event.text,
                sanitised=None,
                at=at,
                share_by=at + event.window,
                giver=event.by,
                was_sanitised=event.sanitised,
                may_pass_on=known.may_pass_on if known else False,
                given=known.given if known else (),
            )
        if event.onward:
            self._leave(event.card, event.by, (self.team,))

    def _leave(self, card: str, by: str, to: Iterable[str]) -> None:
        known = self.held.get(card)
        if known is None:
            return
        if by == self.team:
            self.held[card] = replace(known, leave=known.leave | set(to))
        elif not known.own:
            self.held[card] = replace(known, may_pass_on=True)

    def of_inject(self, entry: str) -> list[Holding]:
        """Those that came with an inject."""
        return [holding for holding in self.held.values() if entry and holding.entry == entry]
