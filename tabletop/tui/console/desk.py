"""What commands of the console are given to work with, so that they need not know its screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from textual.binding import Binding
from textual.screen import Screen

from tabletop.exercise.commands import FACILITATOR, Command
from tabletop.exercise.events import Event
from tabletop.host.drafts import SeatDrafts
from tabletop.protocol.console_link import ConsoleLink
from tabletop.protocol.submission import Answer
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.overview.model import ConsoleModel
from tabletop.tui.overview.msel import Row

T = TypeVar("T")
Then = Callable[[Answer], None]


class Desk(Protocol):
    """The facilitator's desk: what lies on it, and the ways to act from it."""

    model: ConsoleModel

    @property
    def now(self) -> float:
        """Game seconds, with fractions."""

    @property
    def row(self) -> Row | None:
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

    async def submit(self, command: Command, seat: str = FACILITATOR) -> Answer:
        """Ask for a command to be recorded."""

    def send(self, command: Command, seat: str = FACILITATOR) -> None:
        """The same without waiting; a refusal is shown."""

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
        """The draft of a command's form; `name` is its id, and what the form is about if that varies.

        `lasting` is whether it stays when the form is left with Esc, and not only in a crash.
        """

    def see_as(self, team: str, *, coming: Sequence[Event] = (), page: str = "") -> None:
        """Look at a team's station, with `coming` as if it had happened and `page` open."""

    def screen_action(self, action: str) -> None:
        """Do something with the screen itself, such as show another panel."""


Reason = Callable[[Desk], str]


def _nothing(desk: Desk) -> str:  # noqa: ARG001 - one of many reasons
    return ""


@dataclass(frozen=True, slots=True)
class ConsoleCommand:
    """Something the facilitator can do. Keys, footer, palette and help are all made from this."""

    id: str
    keys: str
    """As Textual names them, separated by commas."""
    shown: str
    """The key as people know it."""
    label: str
    """One or two words for the footer."""
    help: str
    """A sentence for the palette and for help."""
    run: Callable[[Desk], None]
    why_not: Reason = _nothing
    """Why it makes no sense at the moment; empty where it does. Nothing else hides or refuses it."""
    rank: int = 50
    """Where it stands in the footer: low numbers first; above 90 not at all."""
    acts: bool = True
    """Whether it changes the exercise: then it is refused in words while another console runs it."""
    form: Callable[[Desk, str], Screen[bool] | None] | None = None
    """Make its form again for what it was about, such as an inject; None if it makes no sense any more."""

    def works(self, desk: Desk) -> bool:
        """Return whether it makes sense at the moment."""
        return not self.why_not(desk)

    def binding(self) -> Binding:
        """Its key on the console."""
        return Binding(
            self.keys,
            f"give('{self.id}')",
            self.label,
            key_display=self.shown,
            tooltip=self.help,
            id=f"console.{self.id}",
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that belong together, under a heading."""

    title: str
    commands: tuple[ConsoleCommand, ...]
