"""Base of the screens that people act at: keys from a registry, help, drafts that are opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual.screen import Screen

from tabletop.host.drafts import SeatDrafts
from tabletop.tui.kit.binding_commands import BindingCommands
from tabletop.tui.kit.command_registry import CommandRegistry, ScreenCommand
from tabletop.tui.kit.help import help_page
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.kit.rows import Line
from tabletop.tui.kit.unsent import cannot_open


class CommandScreen(Screen[None]):
    """Gives the commands of its registry, the only gate: nothing else refuses what makes no sense now."""

    COMMANDS: ClassVar = {BindingCommands}
    registry: ClassVar[CommandRegistry[Any]]
    dims_keys: ClassVar = True
    """Whether the key of a command that makes no sense now is dimmed and not left out."""

    drafts: SeatDrafts

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense now, in the footer and in the palette."""
        command = self.registry.by_id.get(str(parameters[0])) if action == "give" else None
        if command is None:
            return action != "give"
        if command.hidden(self):
            return False
        return command.works(self) or (None if self.dims_keys else False)

    def why_not(self, key: str) -> str:
        """Return why a key does nothing at the moment."""
        command = self.registry.on_key(key, self)
        return command.why_not(self) if command is not None else ""

    def action_give(self, command: str) -> None:
        """Give a command by its id."""
        self.registry.by_id[command].run(self)

    def show_help(
        self,
        title: str,
        introduction: Line,
        *,
        listed: Callable[[ScreenCommand[Any]], bool] = lambda _: True,
        below: Iterable[Line] = (),
    ) -> None:
        """List the keys of this seat."""
        lines = [*help_page(introduction, self.registry.groups, listed), *below]
        self.app.push_screen(ReadingWindow(title, lines, closing=("question_mark", "f1")))

    # Drafts -------------------------------------------------------------------------------------

    def say_problem(self, text: str) -> None:
        """Say something that is read later too."""
        raise NotImplementedError

    def reopen(self, name: str) -> bool:
        """Open the form whose draft has that name; return whether it makes sense still."""
        raise NotImplementedError

    def go_on_typing(self) -> None:
        """Open the form that was open when the program ended."""
        name = self.drafts.take_interrupted() if self.is_active else None
        if name is not None and not self.reopen(name):
            self.say_problem(cannot_open(self.drafts.title(name)))
