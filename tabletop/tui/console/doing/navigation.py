"""Looking around: panels, the filter, the log, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.decide import decide
from tabletop.exercise.refusal import Refusal
from tabletop.tui.console.desk import ConsoleCommand, Desk, Group
from tabletop.tui.console.reasons import allowed, first_of, not_pending, unless
from tabletop.tui.kit.pick import Pick, PickItem
from tabletop.tui.kit.unsent import KEY, NOTHING, Unsent
from tabletop.tui.station.state.arrivals import inject_key

PANELS: Final = (
    ("inject", "Inject", "the inject under the cursor"),
    ("teams", "Teams", "what each team has not opened and has to decide"),
    ("feed", "Events", "what happened, newest last"),
    ("scores", "Scores", "the score per objective"),
    ("contacts", "Contacts", "who has shared and consulted with whom"),
)
"""Panels beside the MSEL: id, title, what it shows."""


def _screen(action: str, desk: Desk) -> None:
    desk.screen_action(action)


def _see_as(desk: Desk) -> None:
    teams = tuple(desk.model.scenario.teams)
    _choose_team(desk, "See the station of", teams, desk.see_as)


def _preview(desk: Desk) -> None:
    """The same with the events that a release would bring about now."""
    row = desk.row
    if row is None:
        return
    command, page = c.Release(inject=row.entry), inject_key(row.entry)
    events = decide(desk.model.state, c.FACILITATOR, command, int(desk.now))
    if isinstance(events, Refusal):
        desk.tell(events.message[:1].upper() + events.message[1:])
    else:
        title = f"See {row.code or row.title} with the eyes of"
        _choose_team(desk, title, row.to, lambda team: desk.see_as(team, coming=events, page=page))


def _choose_team(desk: Desk, title: str, teams: Sequence[str], then: Callable[[str], None]) -> None:
    if len(teams) == 1:
        then(teams[0])
    else:
        items = [PickItem(team, ((desk.model.team(team), "strong"),)) for team in teams]
        desk.ask(Pick[str](title, items, verb="look"), then)


def _unsent(desk: Desk) -> None:
    desk.ask(Unsent(desk.drafts.readable()))


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
            "see-as",
            "f",
            "F",
            "See as",
            "Look at a team's station as the team sees it now; nothing can be entered there",
            _see_as,
            rank=58,
            acts=False,
        ),
        ConsoleCommand(
            "preview",
            "space",
            "Space",
            "Preview",
            "Look at a team's station as if the inject under the cursor had gone out",
            _preview,
            first_of(not_pending, allowed(c.Release)),
            rank=59,
            acts=False,
        ),
        ConsoleCommand(
            "unsent",
            KEY,
            KEY,
            "Unsent",
            "Read what was typed here and not sent, also where its form cannot be opened any more",
            _unsent,
            unless(lambda desk: bool(desk.drafts.readable()), NOTHING),
            rank=63,
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
