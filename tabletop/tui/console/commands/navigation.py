"""Looking around: panels, the filter, the log, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.decide import decide
from tabletop.exercise.refusal import Refusal
from tabletop.tui.console.console import Console
from tabletop.tui.console.reasons import allowed, first_of, not_pending, unless
from tabletop.tui.kit.command_registry import CommandGroup, ScreenCommand
from tabletop.tui.kit.list_window import ListItem, ListWindow
from tabletop.tui.kit.unsent import KEY, NOTHING, unsent
from tabletop.tui.station.state.arrivals import inject_key

PANELS: Final = (
    ("inject", "Inject", "the inject under the cursor"),
    ("teams", "Teams", "what each team has not opened and has to decide"),
    ("feed", "Events", "what happened, newest last"),
    ("scores", "Scores", "the score per objective"),
    ("contacts", "Contacts", "who has shared and consulted with whom"),
)
"""Panels beside the MSEL: id, title, what it shows."""


def _screen(action: str, console: Console) -> None:
    console.screen_action(action)


def _see_as(console: Console) -> None:
    teams = tuple(console.model.scenario.teams)
    _choose_team(console, "See the station of", teams, console.see_as)


def _preview(console: Console) -> None:
    """Return the same with the events that a release would bring about now."""
    row = console.row
    if row is None:
        return
    command, page = c.Release(inject=row.entry), inject_key(row.entry)
    events = decide(console.model.state, c.FACILITATOR, command, int(console.now))
    if isinstance(events, Refusal):
        console.tell(events.message[:1].upper() + events.message[1:])
    else:
        title = f"See {row.code or row.title} with the eyes of"
        _choose_team(console, title, row.to, lambda team: console.see_as(team, coming=events, page=page))


def _choose_team(console: Console, title: str, teams: Sequence[str], then: Callable[[str], None]) -> None:
    if len(teams) == 1:
        then(teams[0])
    else:
        items = [ListItem(team, ((console.model.team(team), "strong"),)) for team in teams]
        console.ask(ListWindow[str](title, items, verb="look"), then)


def _has_attachments(console: Console) -> bool:
    row = console.row
    planned = console.model.scenario.entries.get(row.entry) if row is not None else None
    return planned is not None and bool(planned.inject.attachments)


def _has_storylines(console: Console) -> bool:
    return bool(console.model.msel.storylines)


def _unsent(console: Console) -> None:
    console.ask(unsent(console.drafts.readable()))


def _panel(number: int, panel: str, title: str, shows: str) -> ScreenCommand[Console]:
    return ScreenCommand(
        f"panel-{panel}",
        str(number),
        title,
        f"Show {shows}",
        partial(_screen, f"panel('{panel}')"),
        rank=95,
        acts=False,
    )


LOOKING: Final[CommandGroup[Console]] = CommandGroup(
    "Looking",
    (
        ScreenCommand(
            "next",
            "escape,full_stop",
            "To next",
            "End the filter and put the cursor on the next inject",
            partial(_screen, "follow"),
            rank=48,
            acts=False,
            shown_as="Esc",
        ),
        ScreenCommand(
            "filter",
            "slash",
            "Filter",
            "Show only injects that hold some words",
            partial(_screen, "filter"),
            rank=60,
            acts=False,
            shown_as="/",
        ),
        ScreenCommand(
            "storyline",
            "semicolon",
            "Storyline",
            "Show only the injects of one storyline; again for the next, Esc for all",
            partial(_screen, "storyline"),
            unless(_has_storylines, "No inject of this scenario has a storyline."),
            rank=61,
            acts=False,
            shown_as=";",
        ),
        *(_panel(number, *panel) for number, panel in enumerate(PANELS, 1)),
        ScreenCommand(
            "log", "l", "Log", "Read everything that happened", partial(_screen, "log"), rank=62, acts=False
        ),
        ScreenCommand(
            "explain",
            "i",
            "Explain",
            "Say why each point was given, what would have changed it, who told whom, and the rules",
            partial(_screen, "explain"),
            rank=61,
            acts=False,
        ),
        ScreenCommand(
            "see-as",
            "f",
            "See as",
            "Look at a team's station as the team sees it now; nothing can be entered there",
            _see_as,
            rank=58,
            acts=False,
        ),
        ScreenCommand(
            "preview",
            "space",
            "Preview",
            "Look at a team's station as if the inject under the cursor had gone out",
            _preview,
            first_of(not_pending, allowed(c.Release)),
            rank=59,
            acts=False,
            shown_as="Space",
        ),
        ScreenCommand(
            "attached",
            "comma",
            "Attached",
            "Look at the pictures and pages that go out with the inject under the cursor",
            partial(_screen, "attachments"),
            unless(_has_attachments, "Nothing is attached to the inject under the cursor."),
            rank=62,
            hidden=lambda console: not _has_attachments(console),
            acts=False,
            shown_as=",",
        ),
        ScreenCommand(
            "unsent",
            KEY,
            "Unsent",
            "Read what was typed here and not sent, also where its form cannot be opened any more",
            _unsent,
            unless(lambda console: bool(console.drafts.readable()), NOTHING),
            rank=63,
            acts=False,
        ),
        ScreenCommand(
            "help",
            "question_mark",
            "Help",
            "List all keys and marks",
            partial(_screen, "help"),
            rank=88,
            acts=False,
            shown_as="?",
        ),
        ScreenCommand(
            "quit",
            "q",
            "Leave",
            "Leave the console; the exercise is saved",
            partial(_screen, "app.quit"),
            rank=70,
            acts=False,
        ),
    ),
)
