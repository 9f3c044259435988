"""The facilitator's console as the console's screen has it: what lies on it, and the ways to act from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from textual.screen import Screen

from tabletop.exercise.commands import FACILITATOR, Command
from tabletop.exercise.events import Event
from tabletop.exercise.refusal import Refusal
from tabletop.host.drafts import SeatDrafts
from tabletop.plaintext import visible
from tabletop.protocol.console_link import ConsoleLink
from tabletop.protocol.link import Link
from tabletop.tui.console.pages.last_submission import called
from tabletop.tui.console.presenter import ConsoleView
from tabletop.tui.console.seen_as import SeenAsScreen
from tabletop.tui.kit.command_screen import CommandScreen
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.keyboard import tell_once
from tabletop.tui.kit.pending import Feedback, PendingCommands
from tabletop.tui.kit.rows import Tone
from tabletop.tui.kit.window import Window
from tabletop.tui.overview.msel import MselRow
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.station.forms.team_form import TeamSeat
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.station_model import StationModel
from tabletop.tui.station.submissions import called as team_calls

T = TypeVar("T")


class ConsoleBaseScreen(CommandScreen):
    """Everything that commands work at; draws nothing itself."""

    def __init__(self, links: Mapping[str, Link], front_desk: ConsoleLink | None, drafts: SeatDrafts) -> None:
        """`front_desk` is where stations from elsewhere are seen to, if they can join."""
        super().__init__()
        self.drafts = drafts
        self.front_desk = front_desk
        self.model = OverviewModel(links[FACILITATOR].seat)
        self._links = links
        self._link = links[FACILITATOR]
        self._view = ConsoleView()
        self._team_seats: dict[str, TeamSeat] = {}
        self._ends: list[Callable[[], None]] = []
        """What ends watching the links."""
        self.pending = PendingCommands(
            self._link, drafts, self._answered, lambda command: called(command, self.model)
        )

    @property
    def now(self) -> float:
        """Game seconds, with fractions."""
        return self._link.now()

    @property
    def row(self) -> MselRow | None:
        """The inject under the cursor."""
        return self._view.row

    @property
    def trouble(self) -> str | None:
        """Why nothing can be recorded at the moment."""
        return self._link.trouble()

    @property
    def reading(self) -> bool:
        """Whether another console runs the exercise."""
        chair = self.front_desk.chair if self.front_desk is not None else None
        return chair is not None and not chair.yours

    @property
    def acting_teams(self) -> tuple[str, ...]:
        """The teams for which moves can be entered here."""
        return tuple(team for team in self.model.scenario.teams if team in self._links)

    def team_seat(self, team: str) -> TeamSeat:
        """Return what a team's own forms work with, for moves entered here."""
        if team not in self._team_seats:
            link = self._links[team]
            model = StationModel(link.briefing(), team)
            self._ends.append(link.watch(model.see))
            pending = PendingCommands(
                link, self.drafts, self._answered, lambda given: team_calls(given, model)
            )
            self._team_seats[team] = TeamSeat(
                link, model, StationMemory(self.drafts), pending, at_console=True, control=self.send
            )
        return self._team_seats[team]

    def _answered(self, text: str, tone: Tone) -> None:
        """Say what became of a command whose form has closed."""
        if self.is_attached:
            self.notify(visible(text), severity="error" if tone == "bad" else "information", markup=False)

    def send(self, command: Command) -> None:
        """Ask for a command to be recorded without waiting; a refusal is shown."""
        self.run_worker(self._send(command), group="send")

    async def _send(self, command: Command) -> None:
        answer = await self._link.submit(command)
        if isinstance(answer, Refusal):
            self.tell(answer.message[:1].upper() + answer.message[1:])

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
        if isinstance(window, Window):
            window.settled = settled

        def answered(result: T | None) -> None:
            if isinstance(result, Feedback) and result.tone == "warn":
                self.tell(result.text)
            if then is not None and result is not None:
                then(result)

        self.app.push_screen(window, answered)

    def see_as(self, team: str, *, coming: Sequence[Event] = (), page: str = "") -> None:
        """Look at a team's station, with `coming` as if it had happened and `page` open."""
        self.app.push_screen(SeenAsScreen(self._link, team, coming=coming, page=page))

    def keep_cursor(self) -> None:
        """Keep the cursor on its inject for the key that takes it back."""
        if self._view.row is not None:
            self._view.kept = self._view.row.entry

    def tell(self, text: str) -> None:
        """Say something in passing."""
        tell_once(self, text)

    def draft(self, name: str, *, lasting: bool = True) -> FormDraft:
        """Return the draft of the form of that name."""
        return FormDraft(self.drafts, name, lasting=lasting)

    def screen_action(self, action: str) -> None:
        """Do something with the screen itself."""
        self.call_later(self.run_action, action)
