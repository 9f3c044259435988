"""REAL-WORLD EMERGENCY: the whole screen, over whatever is open there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Middle
from textual.screen import Screen
from textual.widgets import Static

from tabletop.exercise.marking import REAL_WORLD_MARKING, STOP_PLAYING
from tabletop.exercise.state import Stage
from tabletop.plaintext import visible
from tabletop.tui.kit.key_line import BindingKeys
from tabletop.tui.kit.modal import LOOK
from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.styling import styled

KEPT: Final = "What was typed is kept."
BEHIND: Final = "Esc shows the screen behind; play stays stopped."


class EmergencyScreen(Screen[None]):
    """Say that play is stopped, until it is not; what was open stays as it is behind it."""

    DEFAULT_CSS = """
    EmergencyScreen {
        background: #b00020;
        color: white;
        overflow: hidden;
        & > Middle { width: 100%; height: 1fr; }
        & .real { width: 100%; height: 1; text-align: center; text-style: bold; }
        & #emergency-words { width: 100%; text-align: center; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "The screen behind", key_display="Esc", id="emergency.back"),
    ]

    def __init__(self, said: str, stopped: Callable[[], bool]) -> None:
        """`said` is what exercise control said; the screen closes once play is no longer `stopped` so."""
        super().__init__()
        self._said = visible(said).strip()
        self._stopped = stopped

    def compose(self) -> ComposeResult:
        """Yield the marking, the words between, the marking again, the keys."""
        yield Static(REAL_WORLD_MARKING, classes="real", markup=False)
        with Middle():
            yield Static(styled(self._words()), id="emergency-words", markup=False)
        yield Static(REAL_WORLD_MARKING, classes="real", markup=False)
        yield BindingKeys()

    def on_mount(self) -> None:
        """Look for the end of it."""
        self.set_interval(LOOK, self.close_if_over)

    def on_screen_resume(self) -> None:
        """Look again, once a question above has closed."""
        self.close_if_over()

    def _words(self) -> Iterable[Part]:
        yield ("REAL-WORLD EMERGENCY\n\n", "strong")
        if self._said:
            yield (f"{self._said}\n\n", "strong")
        yield (f"{STOP_PLAYING}\n\n\n", "strong")
        yield ("\n".join(self.below()), "plain")

    def below(self) -> Iterable[str]:
        """Return what is said below it, line by line."""
        return KEPT, BEHIND

    def why_not(self, key: str) -> str:
        """Return why a key does nothing."""
        return f"Play is stopped. {BEHIND}"

    def close_if_over(self) -> None:
        """Close once the emergency is over, unless a question stands above."""
        if self.is_active and not self._stopped():
            self.dismiss()

    def action_leave(self) -> None:
        """Show the screen behind."""
        self.dismiss()


class PlayStage(Protocol):
    """The part of a screen's model that tells whether play is stopped, and what was said."""

    @property
    def stage(self) -> Stage:
        """The stage of the exercise."""

    @property
    def emergency(self) -> str:
        """What was said when play was last stopped for a real-world emergency."""


@dataclass(slots=True)
class EmergencyCover:
    """Cover a seat's screen once for each emergency, as soon as that seat has the keyboard."""

    screen: Screen[Any]
    course: PlayStage
    make: Callable[[str, Callable[[], bool]], EmergencyScreen] = EmergencyScreen
    """Makes the screen from what was said and what tells whether play is stopped."""
    covered: bool = False
    """Whether that was done for the emergency that lasts."""

    @property
    def stopped(self) -> bool:
        """Whether there is an emergency."""
        return self.course.stage is Stage.EMERGENCY

    def look(self) -> None:
        """Cover the screen as an emergency begins; uncover it as it ends."""
        stack = self.screen.app.screen_stack
        if not self.stopped:
            self.covered = False
            if stack and isinstance(stack[-1], EmergencyScreen):
                stack[-1].close_if_over()
        elif not self.covered and self.screen in stack:
            self.covered = True
            self.show()

    def show(self) -> None:
        """Cover the screen, unless it is covered."""
        if not any(isinstance(screen, EmergencyScreen) for screen in self.screen.app.screen_stack):
            self.screen.app.push_screen(self.make(self.course.emergency, lambda: self.stopped))
