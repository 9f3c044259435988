"""Other rooms: who joins from there, and which console runs the exercise."""

from __future__ import annotations

from typing import Final

from tabletop.tui.console.console import Console
from tabletop.tui.console.dialogs.seats import SeatsWindow
from tabletop.tui.console.reasons import unless
from tabletop.tui.kit.command_registry import CommandGroup, ScreenCommand
from tabletop.tui.kit.confirm import Confirm


def _seats(console: Console) -> None:
    if console.front_desk is not None:
        names = {team: known.name for team, known in console.model.scenario.teams.items()}
        console.ask(SeatsWindow(console.front_desk, names))


def _take_over(console: Console) -> None:
    front_desk = console.front_desk
    if front_desk is None:
        return
    question = Confirm(
        "Take over?",
        [(("This console runs the exercise then, and the other one can only read.", "plain"),)],
        yes="take over",
    )
    console.ask(question, lambda _: front_desk.take_over(), settled=lambda: not console.reading)


TAKE_OVER: Final[ScreenCommand[Console]] = ScreenCommand(
    "take-over",
    "z",
    "Take over",
    "Run the exercise from this console while another one does",
    _take_over,
    unless(lambda console: console.reading, "This console runs the exercise already."),
    rank=1,
    acts=False,
)

ROOMS: Final[CommandGroup[Console]] = CommandGroup(
    "Other rooms (with run --lan, or at a host)",
    (
        ScreenCommand(
            "seats",
            "b",
            "Seats",
            "How to join, a code for each team, who is connected; revoke a seat, give or take a pen",
            _seats,
            unless(
                lambda console: console.front_desk is not None,
                "Nobody can join this exercise from another terminal.",
            ),
            rank=25,
            acts=False,
        ),
        TAKE_OVER,
    ),
)
