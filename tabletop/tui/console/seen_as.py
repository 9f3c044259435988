"""A team's station as the facilitator looks at it: in a frame that says so, and with nothing to enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tabletop.exercise.events import Event
from tabletop.link.seen_as import SeenAs
from tabletop.plaintext import one_line
from tabletop.protocol.link import Link
from tabletop.tui.kit.pending import Feedback
from tabletop.tui.kit.words import Words
from tabletop.tui.station.commands import COMMANDS
from tabletop.tui.station.forms.team_form import TeamForm
from tabletop.tui.station.screen import StationScreen


class SeenAsScreen(StationScreen):
    """The station itself over a link that refuses everything."""

    covers = False  # the console below does it
    typing_hint = "this is read only; Esc leads back to the console"
    CSS_PATH = "../station/station.tcss"
    DEFAULT_CSS = """
    SeenAsScreen {
        border: heavy $warning;
        & .seen-as {
            height: 1;
            width: 100%;
            text-align: center;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            text-style: bold;
            background: $warning;
            color: auto 95%;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "leave", "Console", key_display="Esc", id="seen-as.back"),
    ]

    def __init__(self, link: Link, team: str, *, coming: Sequence[Event] = (), page: str = "") -> None:
        """`coming` is shown as if it had happened; `page` is what is opened first."""
        super().__init__(SeenAs(link, team, coming))
        self._page = page
        self._preview = bool(coming)

    def compose(self) -> ComposeResult:
        """Yield the station, below a line that says whose it is."""
        name = one_line(self.model.team_name).upper()
        what = f"PREVIEW: AS {name} WOULD SEE IT" if self._preview else f"SEEN AS {name}"
        yield Words([(f"{what} – read only – Esc: back to the console", "plain")], classes="seen-as")
        yield from super().compose()

    def on_mount(self) -> None:
        """Open the page that was asked for, once the station stands: Textual mounts it after this."""
        if self._page:
            self.call_after_refresh(self._open, self._page)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing that would enter anything."""
        command = COMMANDS.by_id.get(str(parameters[0])) if action == "give" else None
        return False if command is not None and command.acts else super().check_action(action, parameters)

    def why_not(self, key: str) -> str:
        """Return why a key does nothing at the moment."""
        command = COMMANDS.on_key(key, self)
        return self._read_only if command is not None and command.acts else super().why_not(key)

    @property
    def _read_only(self) -> str:
        return f"Read only: nothing can be entered here for {self.model.team_name}."

    def action_leave(self) -> None:
        """Back to the console."""
        self.dismiss()

    def action_back(self) -> None:
        """Back to the console, wherever one has come to."""
        self.dismiss()

    def fill_in(self, sheet: TeamForm) -> None:
        """Open no form: what a row of the list would open cannot be filled in here."""
        self.say(Feedback(self._read_only, "warn"))
