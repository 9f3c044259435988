"""What commands of the console are given to work with, so that they need not know its screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from textual.screen import Screen

from tabletop.exercise.commands import Command
from tabletop.exercise.events import Event
from tabletop.host.drafts import SeatDrafts
from tabletop.protocol.console_link import ConsoleLink
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.pending import PendingCommands
from tabletop.tui.overview.msel import MselRow
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.station.forms.team_form import TeamSeat

T = TypeVar("T")


class Console(Protocol):
    """The facilitator's console: what lies on it, and the ways to act from it."""

    model: OverviewModel

    @property
    def now(self) -> float:
        """Game seconds, with fractions."""

    @property
    def row(self) -> MselRow | None:
        """The inject under the cursor: the next one, unless the facilitator chose another."""

    @property
    def trouble(self) -> str | None:
        """Why nothing can be recorded at the moment."""

    @property
    def acting_teams(self) -> tuple[str, ...]:
        """The teams for which moves can be entered here."""

    @property
    def front_desk(self) -> ConsoleLink | None:
        """Where stations from elsewhere are seen to; None if nobody can join."""

    @property
    def reading(self) -> bool:
        """Whether another console runs the exercise, so that this one only reads."""

    @property
    def pending(self) -> PendingCommands:
        """What gives the commands of forms."""

    def team_seat(self, team: str) -> TeamSeat:
        """Return what a team's own forms work with, for moves entered here."""

    def send(self, command: Command) -> None:
        """Ask for a command to be recorded without waiting; a refusal is shown."""

    def ask(
        self,
        window: Screen[T],
        then: Callable[[T], None] | None = None,
        *,
        settled: Callable[[], bool] | None = None,
    ) -> None:
        """Open a window; `then` gets its answer unless it was left with Esc.

        It closes by itself once what it asks is `settled`, by another console perhaps.
        """

    def keep_cursor(self) -> None:
        """Keep the cursor on the inject just held or skipped, for the key that takes it back."""

    def tell(self, text: str) -> None:
        """Say something in passing."""

    @property
    def drafts(self) -> SeatDrafts:
        """What was typed here and not sent."""

    def draft(self, name: str, *, lasting: bool = True) -> FormDraft:
        """Return the draft of a command's form; `name` is its id, and what the form is about if that varies.

        `lasting` is whether it stays when the form is left with Esc, and not only in a crash.
        """

    def see_as(self, team: str, *, coming: Sequence[Event] = (), page: str = "") -> None:
        """Look at a team's station, with `coming` as if it had happened and `page` open."""

    def screen_action(self, action: str) -> None:
        """Do something with the screen itself, such as show another panel."""


Reason = Callable[[Console], str]
