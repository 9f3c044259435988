"""Sharing a card, and letting partners pass it on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tabletop.exercise.commands import Command, Grant, Share
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.rows import shortened
from tabletop.tui.station.dialogs.base import Dialog
from tabletop.tui.station.dialogs.sheet import SheetContext
from tabletop.tui.station.state.cards import Holding

AS_IS: Final = "as-is"
SANITISED: Final = "sanitised"
KEEP: Final = "keep"
FREELY: Final = "freely"
_FORMS: Final = (Pick(AS_IS, "As it is"), Pick(SANITISED, "Sanitised: sources taken out"))
_ONWARD: Final = (Pick(KEEP, "Not without our leave"), Pick(FREELY, "They may pass it on"))


class ShareDialog(Dialog):
    """Which card, with whom, in which form, and whether they may pass it on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Share", key_display="Ctrl+S", id="dialog.send", priority=True),
    ]

    title_text = "Share a card"

    def __init__(self, seat: SheetContext, card: str | None) -> None:
        super().__init__(seat, "share")
        cards = list(seat.model.cards.held)
        drafted = self.drafted("card")
        self._first = (card,) if card else drafted or (tuple(cards) if len(cards) == 1 else ())

    def fields(self) -> Iterable[Widget]:
        """Cards, partners, form, leave."""
        held = reversed(self.seat.model.cards.held.values())
        names = self.seat.model.names
        cards = [
            Pick(item.card, item.title if item.own else f"{item.title} (from {names.of(item.giver)})")
            for item in held
        ]
        yield Picks(cards, chosen=self._first, title="Card", id="card")
        yield self.partner_picks(title="With whom: press their numbers")
        form, onward = self.drafted("form", (AS_IS,)), self.drafted("onward", (KEEP,))
        yield Picks(_FORMS, chosen=form, title="They will read", id="form")
        yield Picks(_ONWARD, chosen=onward, title="Passing it on", id="onward")

    def on_mount(self) -> None:
        """Begin where something is still to be chosen."""
        self.query_one("#partners" if self.holding else "#card").focus()

    @property
    def holding(self) -> Holding | None:
        """The card chosen."""
        return next((self.seat.model.cards.held.get(card) for card in self.picked("card")), None)

    @on(Picks.Chosen, "#card")
    def _chose_card(self) -> None:
        self._explain()
        self.query_one("#partners").focus()

    def see(self) -> None:
        """Also say who has the card by now."""
        super().see()
        self._explain()

    def _explain(self) -> None:
        """Show what partners will read, who has it already, and whose leave it takes."""
        holding = self.holding
        if holding is None:
            return
        form = self.query_one("#form", Picks)
        form.note(AS_IS, shortened(holding.reads(sanitised=False), 220))
        form.note(SANITISED, shortened(holding.reads(sanitised=True), 220))
        partners = self.query_one("#partners", Picks)
        for team in self.seat.model.partners:
            partners.note(team, _has(holding, team))
        giver = self.seat.model.names.of(holding.giver)
        onward = self.query_one("#onward", Picks)
        onward.note(FREELY, "" if holding.own else f"this is not yours to allow: it is {giver}'s card")
        onward.note(
            KEEP,
            "" if holding.own or holding.may_pass_on else f"{giver} has not said that you may pass it on",
        )

    @property
    def _grants(self) -> bool:
        """Only leave is given: all the partners chosen have the card already."""
        holding, partners = self.holding, self.picked("partners")
        sanitised = self.picked("form") == (SANITISED,)
        return (
            holding is not None
            and holding.own
            and self.picked("onward") == (FREELY,)
            and all(holding.has(team, sanitised=sanitised) for team in partners)
        )

    def command(self) -> Command | str:
        """The sharing; or the leave, if that is all that is new."""
        card, partners = self.picked("card"), self.picked("partners")
        if not card:
            return "Choose a card first."
        if not partners:
            return "Choose at least one partner: press their number."
        if self._grants:
            return Grant(card=card[0], to=partners)
        sanitised, onward = self.picked("form") == (SANITISED,), self.picked("onward") == (FREELY,)
        return Share(card=card[0], with_=partners, sanitised=sanitised, onward=onward)

    def done(self) -> str:
        """Shared, or allowed."""
        title = shortened(self.holding.title if self.holding else "The card", 40)
        return f"Recorded: “{title}” for {self.seat.model.names.all(self.picked('partners'))}."


def _has(holding: Holding, team: str) -> str:
    given = [item for item in holding.given if item.to == team]
    if not given:
        return ""
    form = "has it as it is" if any(not item.sanitised for item in given) else "has it sanitised"
    return f"{form}, may pass it on" if team in holding.leave else form
