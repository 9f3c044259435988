"""The commands of a screen, each declared once: keys, footer, palette and help are made from that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

C = TypeVar("C")
"""What the commands of a screen are given to work with."""

UNLISTED: Final = 90
"""Commands above this rank are left to help: no footer lists them."""


def always(context: object) -> str:  # noqa: ARG001 - one of many reasons
    """Find no reason against a command."""
    return ""


def _never(context: object) -> bool:  # noqa: ARG001 - asked like any other
    return False


@dataclass(frozen=True, slots=True)
class ScreenCommand(Generic[C]):
    """Something that people can do at a screen."""

    id: str
    """Also names its key in a user's keymap."""
    keys: str
    """As Textual names them, separated by commas."""
    label: str
    """One or two words for the footer."""
    help: str
    """A sentence for the palette and for help."""
    run: Callable[[C], None]
    why_not: Callable[[C], str] = always
    """Why it makes no sense at the moment; empty where it does. Nothing else refuses it."""
    rank: int = 50
    """Where it stands in the console's footer: low numbers first; above `UNLISTED` in no footer at all."""
    acts: bool = True
    """Whether it enters something: then a screen that only reads refuses it."""
    form: Callable[[C, str], Screen[Any] | None] | None = None
    """Make its form again for what it was about, such as an inject; None if it makes no sense any more."""
    shown_as: str = ""
    """The key as people know it, where that is not its name in capitals."""
    hidden: Callable[[C], bool] = _never
    """Whether it is nothing for this seat, so that its key is not even dimmed."""

    @property
    def shown(self) -> str:
        """The key as people know it."""
        return self.shown_as or self.keys.upper()

    def works(self, context: C) -> bool:
        """Return whether it makes sense at the moment."""
        return not self.why_not(context)


@dataclass(frozen=True, slots=True)
class CommandGroup(Generic[C]):
    """Commands that belong together, under a heading."""

    title: str
    commands: tuple[ScreenCommand[C], ...]


class CommandRegistry(Generic[C]):
    """All commands of a screen."""

    def __init__(self, screen: str, groups: Sequence[CommandGroup[C]]) -> None:
        """`screen` begins the names of its keys in a user's keymap."""
        self.screen = screen
        self.groups = tuple(groups)
        self.by_id = {command.id: command for group in groups for command in group.commands}

    def bindings(self, *, without: frozenset[str] = frozenset()) -> list[BindingType]:
        """Return the keys of the screen; each gives its command."""
        return [
            Binding(
                command.keys,
                f"give('{command.id}')",
                command.label,
                show=command.rank <= UNLISTED,
                key_display=command.shown,
                tooltip=command.help,
                id=f"{self.screen}.{command.id}",
            )
            for command in self.by_id.values()
            if command.id not in without
        ]

    def on_key(self, key: str, context: C) -> ScreenCommand[C] | None:
        """Return the command of a key; of several the one that is not hidden."""
        found = [command for command in self.by_id.values() if key in command.keys.split(",")]
        return next(
            (command for command in found if not command.hidden(context)), found[0] if found else None
        )

    def form_named(self, name: str, context: C, separator: str) -> Screen[Any] | None:
        """Make the form whose draft has that name, which begins with the id of its command."""
        command_id, _, about = name.partition(separator)
        command = self.by_id.get(command_id)
        if command is None or command.form is None or not (about or command.works(context)):
            return None
        return command.form(context, about)
