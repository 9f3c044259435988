"""Looking around: panels, the filter, the log, help."""

from __future__ import annotations

from functools import partial
from typing import Final

from tabletop.tui.console.desk import ConsoleCommand, Desk, Group

PANELS: Final = (
    ("inject", "Inject", "the inject under the cursor"),
    ("teams", "Teams", "what each team has not read and has to decide"),
    ("feed", "Events", "what happened, newest last"),
    ("scores", "Scores", "the score per objective"),
    ("contacts", "Contacts", "who has shared and consulted with whom"),
)
"""Panels beside the MSEL: id, title, what it shows."""


def _screen(action: str, desk: Desk) -> None:
    desk.screen_action(action)


def _panel(number: int, panel: str, title: str, shows: str) -> ConsoleCommand:
    return ConsoleCommand(
        f"panel-{panel}",
        str(number),
        str(number),
        title,
        f"Show {shows}",
        partial(_screen, f"panel('{panel}')"),
        rank=95,
        acts=False,
    )


LOOKING: Final = Group(
    "Looking",
    (
        ConsoleCommand(
            "next",
            "escape,full_stop",
            "Esc",
            "To next",
            "End the filter and put the cursor on the next inject",
            partial(_screen, "follow"),
            rank=48,
            acts=False,
        ),
        ConsoleCommand(
            "filter",
            "slash",
            "/",
            "Filter",
            "Show only injects that hold some words",
            partial(_screen, "filter"),
            rank=60,
            acts=False,
        ),
        *(_panel(number, *panel) for number, panel in enumerate(PANELS, 1)),
        ConsoleCommand(
            "log",
            "l",
            "L",
            "Log",
            "Read everything that happened",
            partial(_screen, "log"),
            rank=62,
            acts=False,
        ),
        ConsoleCommand(
            "explain",
            "i",
            "I",
            "Explain",
            "Say why each point was given, what would have changed it, who told whom, and the rules",
            partial(_screen, "explain"),
            rank=61,
            acts=False,
        ),
        ConsoleCommand(
            "help",
            "question_mark",
            "?",
            "Help",
            "List all keys and marks",
            partial(_screen, "help"),
            rank=88,
            acts=False,
        ),
        ConsoleCommand(
            "quit",
            "q",
            "Q",
            "Leave",
            "Leave the console; the exercise is saved",
            partial(_screen, "app.quit"),
            rank=70,
            acts=False,
        ),
    ),
)
