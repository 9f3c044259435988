"""A form that asks where the clock is to jump."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tabletop.exercise import commands as c
from tabletop.exercise.commands import Command
from tabletop.scenario.gametime import parse_time
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.fields import LineField, Values
from tabletop.tui.kit.form import Form, Submit


class JumpForm(Form):
    """Begins with a proposed time, which typing replaces."""

    def __init__(
        self, proposed: str, submit: Submit, question: Callable[[int], Confirm | None], **options: Any
    ) -> None:
        """`question` returns what to ask before a jump to a game second; `options` are those of any form."""
        fields = [LineField("to", "Game time", value=proposed, hint="T+36", replaced=True)]
        super().__init__("Jump to", fields, jump_command, submit, verb="jump", **options)
        self._question = question

    def doubt(self, command: Command) -> Confirm | None:
        """Ask about a jump that is easily a slip of the finger."""
        return self._question(command.to) if isinstance(command, c.Jump) else None


def jump_command(values: Values) -> c.Jump:
    """Return a jump to the time that was typed. Raises `ValueError` in words."""
    text = values.line("to").strip().upper()
    if text[:1].isdigit():
        text = f"T+{text}"
    parse_time(text)
    return c.Jump.model_validate({"to": text})
