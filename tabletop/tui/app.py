"""The program on the screen: the console, a station for each team, and the keys that lead between them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tabletop.exercise.commands import FACILITATOR
from tabletop.exercise.state import Stage
from tabletop.host.drafts import DraftStore
from tabletop.protocol.console_link import ConsoleLink
from tabletop.protocol.link import Link
from tabletop.tui.console.commands.course import EMERGENCY
from tabletop.tui.console.commands.rooms import TAKE_OVER
from tabletop.tui.console.dialogs.emergency import EmergencyAlert
from tabletop.tui.console.screen import ConsoleScreen
from tabletop.tui.exercise_app import ExerciseApp
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.emergency_screen import EmergencyScreen
from tabletop.tui.kit.list_window import ListItem, ListWindow
from tabletop.tui.station.attention import BandText, emergency_band
from tabletop.tui.station.cover import CoverScreen, FacilitatorCover
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.screen import StationScreen

TICK: Final = 0.25
"""Seconds between calls of `tick`."""

SCREEN_KEYS: Final = ("f1", "f2", "f3", "f4", "f6", "f7", "f8", "f9", "f10")
"""The console first, then a key for each team; F5 tries again after trouble.

Where there are more teams than keys, the last key opens a list of all that have none.
"""

_LIST: Final = len(SCREEN_KEYS) - 1

COLLECT_AFTER: Final = (50_000, 20, 100)
"""New objects before a collection, collections before a longer one, and those before a full one: opening a
window makes fewer objects than the first. Python's own figures would interrupt it dozens of times."""

CLOSED: Final = "The record is closed: nothing more can be entered. All that was recorded is saved."
"""What is said before leaving once nothing can be recorded any more."""

LEAVING: Final = "All that happened is saved. `tabletop run --resume` goes on from here."

LEFT_AT_CONSOLE: Final = "The program is left at the console: hand the keyboard back, then Ctrl+Q."

_CURTAIN: Final = "curtain"
"""A mode with nothing to see. Covers stand on it: no screen shows while the keyboard changes hands."""


class TabletopApp(ExerciseApp):
    """The console and each team's station, every one kept as it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(EMERGENCY.keys, "emergency", EMERGENCY.label, show=False, priority=True, id="app.emergency"),
        Binding(SCREEN_KEYS[0], "open(0)", "Leave", key_display="F1", priority=True, id="app.screen-0"),
        *(
            Binding(key, f"open({n})", show=False, priority=True, id=f"app.screen-{n}")
            for n, key in enumerate(SCREEN_KEYS[1:], 1)
        ),
        Binding(TAKE_OVER.keys, "take_over", show=False, priority=True, id="app.take-over"),
    ]

    def __init__(
        self,
        links: Mapping[str, Link],
        *,
        tick: Callable[[], None] | None = None,
        close: Callable[[], None] | None = None,
        leaving: str = LEAVING,
        front_desk: ConsoleLink | None = None,
        drafts: DraftStore | None = None,
    ) -> None:
        """`leaving` is what is said before the user leaves: what goes on, and what does not.

        `front_desk` is where stations from elsewhere are seen to, if they can join. `drafts` is where all
        seats keep what is typed; without it that ends with the program.
        """
        super().__init__()
        self._leaving = leaving
        self._links = links
        self._host_tick = tick
        self._host_close = close
        self._briefing = links[FACILITATOR].briefing()
        self._seats = (FACILITATOR, *(team for team in self._briefing.teams if team in links))
        self._handed_from = self._handed_to = FACILITATOR
        """Between two seats: who had the keyboard, and who is to have it."""
        kept = drafts or DraftStore()
        self.console_screen = ConsoleScreen(links, self._named_keys(), front_desk, kept.of(FACILITATOR))
        self.add_mode(_CURTAIN, Screen)
        self.add_mode(FACILITATOR, lambda: self.console_screen)
        for team in self._seats[1:]:
            self.add_mode(team, partial(StationScreen, links[team], StationMemory(kept.of(team))))

    def _named_keys(self) -> Sequence[tuple[str, str]]:
        names = ("Console", *(self._briefing.teams[team].name for team in self._seats[1:]))
        if self._listed:
            names = (*names[:_LIST], "More teams")
        return [(key.upper(), name) for key, name in zip(SCREEN_KEYS, names, strict=False)]

    @property
    def _listed(self) -> Sequence[str]:
        """Teams that are opened from a list, since there are more than keys."""
        return self._seats[_LIST:] if len(self._seats) > len(SCREEN_KEYS) else ()

    async def run_async(self, **options: Any) -> None:
        """Run until the user leaves, with few full collections of garbage: each stops the screen.

        Scenario, log and modules are there by now and stay, so collections need not look at them.
        """
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECT_AFTER)
        return await super().run_async(**options)

    def on_mount(self) -> None:
        """Open the console; let time pass."""
        self.switch_mode(FACILITATOR)
        if self._host_tick is not None:
            self.set_interval(TICK, self._host_tick)

    # From screen to screen ----------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Lead away from a station whatever is open there, which stays as it is; not from a question here."""
        if action == "take_over":
            return self._takes_over_from_here
        if action != "open":
            return True
        index, mode = parameters[0], self.current_mode
        if not isinstance(index, int) or index >= len(self._seats):
            return False
        here = self.screen
        if isinstance(here, CoverScreen):
            return self._seats[index] != self._handed_to
        if mode == _CURTAIN or (mode == self._seats[index] and not (index == _LIST and self._listed)):
            return False
        if index == _LIST and self._listed and isinstance(here, ListWindow):
            return False
        return not here.is_modal or (mode != FACILITATOR and not isinstance(here, EmergencyAlert))

    @property
    def _takes_over_from_here(self) -> bool:
        """Whether a window over the console lets its key through: not one in which it is typed."""
        here, field = self.screen, self.focused
        typed = field is not None and field.check_consume_key(TAKE_OVER.keys, TAKE_OVER.keys)
        return (
            self.current_mode == FACILITATOR
            and here is not self.console_screen
            and not isinstance(here, EmergencyAlert | EmergencyScreen | Confirm)
            and not typed
            and TAKE_OVER.works(self.console_screen)
        )

    def action_take_over(self) -> None:
        """Ask whether to run the exercise from this console, over any window."""
        TAKE_OVER.run(self.console_screen)

    def action_open(self, index: int) -> None:
        """Show the console or a team's station; from a list, a team that has no key of its own."""
        if index < _LIST or not self._listed:
            self._uncover(self._seats[index])
            return
        names = self._briefing.teams
        items = [ListItem(team, ((names[team].name, "strong"),)) for team in self._listed]

        def chosen(team: str | None) -> None:
            if team is not None and team != self.current_mode:
                self._uncover(team)

        self.push_screen(ListWindow[str]("Open the station of", items, verb="open it"), chosen)

    def _uncover(self, seat: str) -> None:
        """Show a seat's screen, behind a cover that names who may look; in place of the cover that stands."""
        if isinstance(self.screen, CoverScreen):
            self.pop_screen()
        else:
            self._handed_from = self.current_mode
            self.switch_mode(_CURTAIN)
        self._handed_to, title = seat, self._briefing.title
        cover = (
            FacilitatorCover(title, self._alarm)
            if seat == FACILITATOR
            else CoverScreen(self._briefing.teams[seat].name, title, self._alarm)
        )

        def uncovered(opened: bool | None) -> None:
            self.switch_mode(seat if opened else self._handed_from)

        self.forget_told()
        self.push_screen(cover, uncovered)

    @on(StationScreen.Leave)
    def _left(self, event: StationScreen.Leave) -> None:
        event.stop()
        if self.check_action("open", (0,)):
            self.action_open(0)

    def _alarm(self) -> BandText | None:
        """Return the band that covers show while play is stopped for something real."""
        model = self.console_screen.model
        return emergency_band(model.emergency) if model.stage is Stage.EMERGENCY else None

    def action_emergency(self) -> None:
        """Ask at the first press, stop play at the second, over any screen or window. More do nothing."""
        console, here = self.console_screen, self.screen
        if isinstance(here, EmergencyAlert):
            here.confirm()
            return
        if console.model.stage is Stage.EMERGENCY:
            self._say_stopped()
            return
        if not EMERGENCY.works(self.console_screen):
            self.tell_once(EMERGENCY.why_not(self.console_screen))
            return

        def sure(yes: bool | None) -> None:
            if yes:
                console.declare_emergency()

        alert = EmergencyAlert(takes_over=console.reading)
        alert.settled = lambda: console.model.stage is Stage.EMERGENCY
        self.push_screen(alert, sure)

    def _say_stopped(self) -> None:
        """Show again that play is stopped; only the console can say that it is over."""
        if isinstance(self.screen, EmergencyScreen):
            self.tell_once(self.screen.why_not(""))
        elif self.current_mode == FACILITATOR:
            if not isinstance(self.screen, Confirm):
                self.console_screen.show_emergency()
        else:
            self.tell_once("Play is stopped already. The facilitator says at the console when it is over.")

    async def action_quit(self) -> None:
        """Ask before leaving, at the console only: a team's slip must not end the exercise."""
        if isinstance(self.screen, EmergencyAlert):
            return
        if self.current_mode == FACILITATOR:
            if not isinstance(self.screen, Confirm):
                closed = self.console_screen.model.stage is Stage.CLOSED
                self.ask_to_leave(CLOSED if closed else self._leaving)
            return
        if self.check_action("open", (0,)):
            self.action_open(0)
        self.tell_once(LEFT_AT_CONSOLE)

    def on_unmount(self) -> None:
        """Let go of the exercise."""
        if self._host_close is not None:
            self._host_close()
