"""A form that asks where the clock is to jump."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.exercise import commands as c
from tabletop.exercise.commands import Command
from tabletop.scenario.gametime import parse_time
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import LineField
from tabletop.tui.kit.form import Form
from tabletop.tui.kit.form_draft import FormDraft
from tabletop.tui.kit.pending import PendingCommands
from tabletop.tui.kit.window import Lines


class JumpForm(Form):
    """Begins with a proposed time, which typing replaces."""

    def __init__(
        self,
        proposed: str,
        pending: PendingCommands,
        draft: FormDraft,
        question: Callable[[int], Confirm | None],
        intro: Lines,
    ) -> None:
        """`question` returns what to ask before a jump to a game second."""
        super().__init__(
            "Jump to",
            pending,
            draft,
            fields=[LineField("to", "Game time", value=proposed, hint="T+36", replaced=True)],
            build=lambda given: jump_command(given["to"]),
            intro=intro,
            verb="jump",
        )
        self._question = question

    def doubt(self, command: Command) -> Confirm | None:
        """Ask about a jump that is easily a slip of the finger."""
        return self._question(command.to) if isinstance(command, c.Jump) else None


def jump_command(typed: str) -> c.Jump:
    """Return a jump to the time that was typed. Raises `ValueError` in words."""
    text = typed.strip().upper()
    if text[:1].isdigit():
        text = f"T+{text}"
    parse_time(text)
    return c.Jump.model_validate({"to": text})
