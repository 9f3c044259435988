"""Why a command makes no sense at the moment, in a sentence with the key that helps; empty where it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tabletop.exercise.commands import BaseCommand
from tabletop.exercise.decide import may
from tabletop.exercise.state import Stage
from tabletop.tui.console.console import Console, Reason
from tabletop.tui.overview.msel import MselRow

_NOT_IN: Final[Mapping[Stage, str]] = {
    Stage.READY: "The exercise has not begun. S is STARTEX.",
    Stage.RUNNING: "Play is running.",
    Stage.PAUSED: "Play is paused. P lets it go on.",
    Stage.GATE: "The phase has ended. G begins the next one.",
    Stage.EMERGENCY: "Play has stopped for a real-world emergency. Ctrl+E, then Ctrl+D, once it is over.",
    Stage.ENDED: "The exercise has ended.",
    Stage.HOT_WASH: "The exercise has ended.",
    Stage.CLOSED: "The record is closed.",
}


def allowed(*commands: type[BaseCommand], **instead: str) -> Reason:
    """Return why the stage allows none of the commands; `instead` has other words for a stage, by name."""
    words = {**_NOT_IN, **{Stage[name.upper()]: sentence for name, sentence in instead.items()}}

    def reason(console: Console) -> str:
        stage = console.model.stage
        if any(may(stage, command) for command in commands):
            return ""
        last = stage is Stage.GATE and console.model.next_phase is None
        return "The last phase has ended. Ctrl+X is ENDEX." if last else words[stage]

    return reason


def unless(holds: Callable[[Console], bool], sentence: str) -> Reason:
    """Return the reason of a command that makes sense where something holds."""
    return lambda console: "" if holds(console) else sentence


def first_of(*reasons: Reason) -> Reason:
    """Return the first reason there is."""
    return lambda console: next(filter(None, (reason(console) for reason in reasons)), "")


def pending(console: Console) -> MselRow | None:
    """Return the inject under the cursor, if it has not gone out."""
    row = console.row
    return row if row is not None and row.sent is None else None


def not_pending(console: Console) -> str:
    """Return why the inject under the cursor can be neither released nor changed."""
    if console.row is None:
        return "There is no inject under the cursor."
    if pending(console) is None:
        return (
            f"{console.row.code or console.row.title} has gone out and cannot be changed. X writes another."
        )
    return ""
