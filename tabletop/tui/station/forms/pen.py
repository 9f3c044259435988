"""Who sits with the team and holds its pen; and handing it over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from tabletop.host.drafts import DraftStore
from tabletop.protocol.team import Member
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import Field, PicksField
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.pending import Feedback
from tabletop.tui.kit.picks import Pick, Picks
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.station.forms.team_form import TeamForm, TeamSeat
from tabletop.tui.station.pen import holder, named


class PenForm(TeamForm):
    """Lists the seats of the team. Who holds the pen chooses who gets it, and is asked once more."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Hand over", key_display="Ctrl+S", id="dialog.send", priority=True),
        Binding("escape", "leave", "Back", key_display="Esc", id="dialog.back"),
    ]

    title_text = "The pen"

    def __init__(self, seat: TeamSeat) -> None:
        super().__init__(seat, FormDraft(DraftStore().of(""), "pen"))  # what is chosen here is not kept

    def left(self) -> Feedback | None:
        """Say nothing: there is no draft."""
        return None

    def heading(self, now: float) -> list[Part]:
        """Who is there, who holds the pen and what that means."""
        team = self.seat.model.team
        words = holder(team)
        whose = "your seat" if team.mine else "that seat"
        only = f"Only {whose} decides and speaks in public for {self.seat.model.team_name}."
        parts: list[Part] = [
            (f"{words[:1].upper()}{words[1:]}. ", "strong"),
            (only if team.pen is not None else "", "plain"),
        ]
        if not team.mine:
            parts.append(("\nOnly who holds the pen can hand it over, or the facilitator.\n", "dim"))
            for member in team.members:
                mark = "✎" if member.id == team.pen else " "
                parts.append((f"\n{mark} {_words(member, team.me)}", "plain"))
        elif not team.others:
            parts.append(("\nNobody else sits with your team.", "dim"))
        return parts

    def fields(self) -> Sequence[Field]:
        """Return the other seats, for whoever holds the pen."""
        team = self.seat.model.team
        items = [Pick(member.id, named(member), _there(member)) for member in team.others]
        return [PicksField("to", "Hand it to: press a number", items)] if team.mine and items else []

    def see(self) -> None:
        """Also say who is there by now. A seat that lost the pen meanwhile chooses nobody."""
        super().see()
        team = self.seat.model.team
        for picks in self.query("#to").results(Picks):
            picks.display = team.mine
            for member in team.others:
                picks.note(member.id, _there(member))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the holder hands over."""
        team = self.seat.model.team
        return bool(team.mine and team.others) if action == "send" else True

    @on(Picks.Chosen)
    def _chosen(self) -> None:
        self.action_send()

    async def carry_out(self) -> None:
        """Hand the pen over."""
        chosen = self.picked("to")
        to = next((member for member in self.seat.model.team.others if member.id in chosen), None)
        if to is None:
            self.say([("Choose a seat first: press its number.", "warn")])
            return
        lines = self._asks(to)
        question = Confirm(f"Hand the pen to {named(to)}?", lines, yes="hand over", key="Enter")
        if not await self.sure(question):
            return
        self.say([("Handing over …", "dim")])
        refused = await self.seat.link.hand_pen(to.id)
        if refused is not None:
            self.say([("Not handed over: ", "bad"), (f"{refused.message}.", "plain")])
            return
        self.dismiss(Feedback(f"You handed the pen to {named(to)}: that seat decides and speaks now."))

    def _asks(self, to: Member) -> list[Line]:
        team = self.seat.model.team_name
        lines: list[Line] = [
            ((f"From then on {to.called} decides and speaks for {team}, and you propose.", "plain"),),
            (("Your whole team sees it. You get it back from there, or from the facilitator.", "plain"),),
        ]
        if not to.connected:
            lines += [(), (("That terminal is not connected: nobody could decide for now.", "bad"),)]
        return lines


def _there(member: Member) -> str:
    return "connected" if member.connected else "not connected"


def _words(member: Member, me: str) -> str:
    return f"{named(member)}{', you' if member.id == me else ''} · {_there(member)}"
