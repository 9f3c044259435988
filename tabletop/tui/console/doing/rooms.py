"""Other rooms: who joins from there, and which console runs the exercise."""

from __future__ import annotations

from typing import Final

from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.dialogs.seats import SeatsWindow
from tabletop.tui.console.reasons import unless
from tabletop.tui.kit.confirm import Confirm


def _seats(desk: Desk) -> None:
    if desk.front_desk is not None:
        names = {team: known.name for team, known in desk.model.scenario.teams.items()}
        desk.ask(SeatsWindow(desk.front_desk, names))


def _take_over(desk: Desk) -> None:
    front_desk = desk.front_desk
    if front_desk is None:
        return
    question = Confirm(
        "Take over?",
        [(("This console runs the exercise then, and the other one can only read.", "plain"),)],
        yes="take over",
    )
    desk.ask(question, lambda _: front_desk.take_over(), settled=lambda: not desk.reading)


TAKE_OVER: Final = ConsoleCommand(
    "take-over",
    "z",
    "Z",
    "Take over",
    "Run the exercise from this console while another one does",
    _take_over,
    unless(lambda desk: desk.reading, "This console runs the exercise already."),
    rank=1,
    acts=False,
)

ROOMS: Final = Group(
    "Other rooms (with run --lan, or at a host)",
    (
        ConsoleCommand(
            "seats",
            "b",
            "B",
            "Seats",
            "How to join, a code for each team, who is connected; revoke a seat, give or take a pen",
            _seats,
            unless(
                lambda desk: desk.front_desk is not None,
                "Nobody can join this exercise from another terminal.",
            ),
            rank=25,
            acts=False,
        ),
        TAKE_OVER,
    ),
)
