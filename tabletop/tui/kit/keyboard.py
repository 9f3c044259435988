"""What people press and paste, as the program takes it: whatever Caps Lock, input method and terminal do."""

from __future__ import annotations

from typing import Any, Final, Protocol, TypeVar, runtime_checkable

from textual import events
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input, TextArea

from tabletop.plaintext import visible
from tabletop.tui.kit.caret import CaretApp
from tabletop.tui.kit.letter_keys import by_input_method, key_of
from tabletop.tui.kit.type_through import text_behind
from tabletop.tui.nonblocking_driver import patient
from tabletop.tui.paste_driver import tells_pastes

T = TypeVar("T")

TOLD_FOR: Final = 4.0
"""Seconds for which a sentence stands on the screen, and is not said again."""

INPUT_METHOD_ON: Final = (
    "Your input method is on, so this key does nothing here. Switch it to English letters for commands."
)
NO_COMMAND: Final = "No command is on that key. ? lists the keys."
NOT_PASTED: Final = "Pasted text was not used"


def tell_once(screen: Screen[Any], sentence: str) -> None:
    """Say something in passing, unless it stands on the screen already."""
    if isinstance(screen.app, Keyboard):
        screen.app.tell_once(sentence)
    else:
        screen.notify(visible(sentence), timeout=TOLD_FOR, markup=False)


@runtime_checkable
class TypingHint(Protocol):
    """A screen that says where text can be typed."""

    @property
    def typing_hint(self) -> str:
        """Return what to do to get to a text field, as the end of a sentence."""


@runtime_checkable
class KeyReasons(Protocol):
    """A screen that knows why a key does nothing."""

    def why_not(self, key: str) -> str:
        """Return why, in a sentence; nothing where there is nothing to say."""


class Keyboard(CaretApp[T]):
    """A program that takes keys and pasted text as people mean them."""

    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()

    def get_driver_class(self) -> type[Driver]:
        """Return a driver that knows pasted text, and waits for no terminal."""
        return patient(tells_pastes(super().get_driver_class()))

    async def on_event(self, event: events.Event) -> None:
        """Name keys as they act; give pasted text to the text of a form, and to nothing else."""
        match event:
            case events.Paste(is_forwarded=False) if not self._fits(event):
                return
            case events.Key(is_forwarded=False, character=str(character)):
                self._name_key(event, character)
        await super().on_event(event)

    def _name_key(self, key: events.Key, character: str) -> None:
        """Give a letter that no text field takes the name of its key, which commands go by.

        Its character stays: a widget may still put it into a text.
        """
        field = self.focused
        if len(key.key) > 1 and character.isascii():  # its name says more than its character
            return
        if field is None or not field.check_consume_key(key.key, character):
            key.key = key_of(character) or key.key

    def on_key(self, event: events.Key) -> None:
        """Say why a key that nothing has taken, and nothing will act on, does nothing."""
        reason = self._why_not(event)
        active = self.screen.active_bindings.get(event.key) if reason else None
        if active is None or not active.enabled:
            self.tell_once(reason)

    def _why_not(self, key: events.Key) -> str:
        here = self.screen
        if key.is_printable and by_input_method(key.character or ""):
            return INPUT_METHOD_ON
        if not isinstance(here, KeyReasons):
            return ""
        return here.why_not(key.key) or (NO_COMMAND if key.is_printable and not here.is_modal else "")

    def _fits(self, paste: events.Paste) -> bool:
        """Make pasted text fit the text field that it is meant for; say so where there is none."""
        if isinstance(self.focused, TextArea):
            return True
        if not isinstance(self.focused, Input) and (text := text_behind(self.screen)) is not None:
            self.screen.set_focus(text)
            return True
        if isinstance(self.focused, Input):
            lines = paste.text.splitlines()
            if len(lines) > 1:
                lines = [line.strip() for line in lines if line.strip()]
            paste.text = " ".join(lines)
            return bool(paste.text)
        self.tell_once(f"{NOT_PASTED}: {self._typing_hint()}.")
        return False

    def _typing_hint(self) -> str:
        if any(isinstance(field, Input | TextArea) for field in self.screen.focus_chain):
            return "go to a text field first, with Tab"
        here = self.screen
        return here.typing_hint if isinstance(here, TypingHint) else "nothing can be typed here"

    def forget_told(self) -> None:
        """Take off the screen what was said in passing: it was meant for whoever had the keyboard."""
        self._told.clear()
        self.clear_notifications()

    def tell_once(self, sentence: str) -> None:
        """Say something in passing, unless it stands on the screen already or there is nothing to say."""
        if not sentence or sentence in self._told:
            return
        self._told.add(sentence)
        self.set_timer(TOLD_FOR, lambda: self._told.discard(sentence))
        self.notify(visible(sentence), timeout=TOLD_FOR, markup=False)
