"""Sharing a card, and letting partners pass it on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType

from tabletop.exercise.commands import Command, Grant, Share
from tabletop.plaintext import in_quotes
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import Field, PicksField
from tabletop.tui.kit.form import MissingValueError
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.rows import Line, shortened
from tabletop.tui.station.forms.team_form import TeamForm, TeamSeat
from tabletop.tui.station.page import caveat_words, kept_by
from tabletop.tui.station.state.cards import Holding

AS_IS: Final = "as-is"
SANITISED: Final = "sanitised"
KEEP: Final = "keep"
FREELY: Final = "freely"
_FORMS: Final = (Pick(AS_IS, "As it is"), Pick(SANITISED, "Its clean form: sources taken out"))
_ONWARD: Final = (Pick(KEEP, "Not without our leave"), Pick(FREELY, "They may pass it on"))


class ShareForm(TeamForm):
    """Which card, with whom, in which form, and whether they may pass it on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Share", key_display="Ctrl+S", id="dialog.send", priority=True),
    ]

    title_text = "Share a card"

    def __init__(self, seat: TeamSeat, card: str | None = None) -> None:
        """`card` is chosen to begin with, whatever was drafted."""
        super().__init__(seat, seat.draft("share"))
        self._card = card
        self._form_chosen = self.draft.before.choices.get("form") == (SANITISED,)
        """Whether people chose the form themselves; in a draft, the clean form counts as chosen."""
        self._grants = False
        """Whether what was filled in last gives leave, and no card."""

    def fields(self) -> Sequence[Field]:
        """Return cards, partners, form, leave."""
        names, held = self.seat.model.names, self.seat.model.cards.held
        cards = [
            Pick(item.card, item.title if item.own else f"{item.title} (from {names.of(item.giver)})")
            for item in reversed(held.values())
        ]
        first = (self._card,) if self._card else tuple(held) if len(held) == 1 else ()
        return (
            PicksField(
                "card", "Card", cards, chosen=first, drafted=not self._card, needed="Choose a card first."
            ),
            self.partners(
                "With whom: press their numbers",
                "Choose at least one partner: press their number.",
                attribute="with_",
            ),
            PicksField(
                "form",
                "They will read",
                _FORMS,
                chosen=(AS_IS,),
                attribute="sanitised",
                convert=lambda key: key == SANITISED,
            ),
            PicksField("onward", "Passing it on", _ONWARD, chosen=(KEEP,), convert=lambda key: key == FREELY),
        )

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
        form.note(AS_IS, f"{self._warning(holding)}{shortened(holding.reads(sanitised=False), 220)}")
        clean = shortened(holding.reads(sanitised=True), 220)
        none = f"none is written: they read only {in_quotes(clean)}"
        form.note(SANITISED, clean if holding.has_clean_form else none)
        partners = self.query_one("#partners", Picks)
        for team in self.seat.model.partners:
            partners.note(team, "; ".join(filter(None, (self._bar(holding, team), _has(holding, team)))))
        self._default_form(holding, form)
        giver = self.seat.model.names.of(holding.giver)
        onward = self.query_one("#onward", Picks)
        onward.note(FREELY, "" if holding.own else f"this is not yours to allow: it is {giver}'s card")
        onward.note(
            KEEP,
            "" if holding.own or holding.may_pass_on else f"{giver} has not said that you may pass it on",
        )

    def _default_form(self, holding: Holding, form: Picks) -> None:
        """Begin with the clean form where the caveat names a partner that is chosen."""
        if not self._form_chosen:
            forbidden = any(team in holding.caveat for team in self.picked("partners"))
            form.preset(SANITISED if forbidden else AS_IS)

    @on(Picks.Chosen, "#form")
    def _chose_form(self) -> None:
        self._form_chosen = True

    def _warning(self, holding: Holding) -> str:
        """Return the caveat against sharing the card as it is with the partners chosen; else with any."""
        if not holding.caveat:
            return ""
        chosen = [team for team in self.picked("partners") if team in holding.caveat]
        names = self.seat.model.names
        if chosen:
            return f"THE CAVEAT FORBIDS THIS for {names.all(chosen)}: clean form only. "
        return f"{caveat_words(names, holding)} "

    def _bar(self, holding: Holding, team: str) -> str:
        """Return what stands against sharing the card with a partner."""
        decision = kept_by(self.seat.model, holding, team)
        if decision is not None:
            return f"your decision {decision} keeps it from them until this phase ends"
        return "caveat: clean form only" if team in holding.caveat else ""

    @on(Picks.Chosen, "#partners")
    def _chose_partners(self) -> None:
        self._explain()

    def build(self, given: dict[str, Any]) -> Command:
        """Return the sharing; or the leave, if all the partners chosen have the card already."""
        share, holding = Share(**given), self.holding
        bound = holding is not None and any(to in holding.caveat for to in share.with_)
        if share.sanitised and holding is not None and not holding.has_clean_form and not bound:
            raise MissingValueError("This card has no clean form: choose “As it is”, number 1.", "form")
        has = holding is not None and all(holding.has(to, sanitised=share.sanitised) for to in share.with_)
        self._grants = has and holding is not None and holding.own and share.onward
        return Grant(card=share.card, to=share.with_) if self._grants else share

    def doubt(self, command: Command) -> Confirm | None:
        """Ask once more whoever is about to share a card as it is with a partner that its caveat names."""
        holding = self.holding
        if holding is None or not isinstance(command, Share) or command.sanitised:
            return None
        bound = [team for team in command.with_ if team in holding.caveat]
        if not bound:
            return None
        lines: list[Line] = [
            (
                (in_quotes(shortened(holding.title, 60)), "strong"),
                (f" goes to {self.seat.model.names.all(bound)} as it is, sources and all.", "plain"),
            ),
            (("Its caveat says: clean form only. It cannot be taken back.", "warn"),),
        ]
        return Confirm("Share it against its caveat?", lines, yes="share it as it is", key="Y")

    def done(self) -> str:
        """Shared and in which form, or allowed."""
        holding = self.holding
        title = in_quotes(shortened(holding.title if holding else "The card", 40))
        partners = self.picked("partners")
        if self._grants:
            return f"Recorded: {self.seat.model.names.all(partners)} may pass on {title}."
        clean = self.picked("form") == (SANITISED,) or (holding is not None and holding.was_sanitised)
        form = "in clean form" if clean else "as it is"
        return f"Recorded: {title} for {self.seat.model.names.all(partners)}, {form}."


def _has(holding: Holding, team: str) -> str:
    given = [item for item in holding.given if item.to == team]
    if not given:
        return ""
    form = "has it as it is" if any(not item.sanitised for item in given) else "has it in clean form"
    return f"{form}, may pass it on" if team in holding.leave else form
