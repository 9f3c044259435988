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
    standing: bool = False
    """It passed on by itself, by a standing rule."""


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
    caveat: tuple[str, ...] = ()
    """Partners from which its raw form is to be kept."""
    standing: e.StandingRule | None = None
    """The rule by which it came, if the partner that gave it did not share it by hand or by a decision."""

    @property
    def own(self) -> bool:
        """It came from the team's own services, not from a partner."""
        return not self.giver

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners it was given to, each once."""
        return tuple(dict.fromkeys(item.to for item in self.given))

    @property
    def has_clean_form(self) -> bool:
        """Whether there are words that a partner reads in clean form."""
        return self.was_sanitised or self.sanitised is not None

    def reads(self, *, sanitised: bool) -> str:
        """Return what a partner will read. What came without its sources goes on without them."""
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
    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    """(card, partner) to the decision of this phase that keeps the card from the partner."""

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
            case e.DecisionRecorded():
                self.kept = {key: name for key, name in self.kept.items() if name != event.decision}
                self._keep(event.keeps)
            case e.PhaseBegan():
                self.kept = {}
            case _:
                pass

    def _keep(self, keeps: Iterable[e.KeptCard]) -> None:
        self.kept |= {(kept.card, partner): kept.decision for kept in keeps for partner in kept.to}

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
            caveat=event.caveat,
        )
        self._keep(event.keeps)

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
            caveat=event.caveat,
        )

    def _gave(self, at: int, event: e.CardShared) -> None:
        known = self.held.get(event.card)
        if known is None:
            return
        given = tuple(Given(to, event.sanitised, at, event.standing is not None) for to in event.to)
        self.held[event.card] = replace(known, given=known.given + given)
        if event.onward and known.own:
            self._leave(event.card, self.team, event.to)

    def _got(self, at: int, event: e.CardShared) -> None:
        """Take in a partner's card. What the team has of its own, or in full, is not replaced by less."""
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
                caveat=event.caveat,
                standing=event.standing,
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
