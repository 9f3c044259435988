"""What a section says, as plain text that a test can be read along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from textwrap import dedent
from typing import Any, Concatenate, ParamSpec

from tabletop.exercise.commands import COMMAND
from tabletop.pages.page import Page
from tabletop.pages.text import TextPage
from tabletop.report.build import build_report
from tabletop.report.model import AfterActionReport
from tabletop.rules.tally import FEWEST_RATED
from tabletop.scenario.scenario import Scenario
from tests.game import Game

P = ParamSpec("P")
Move = tuple[int, str, dict[str, Any]]
"""When, from which seat, and a command as a file of moves has it."""


def said(write: Callable[Concatenate[Page, P], None], *args: P.args, **kwargs: P.kwargs) -> str:
    """Return what a section writes, on a page of 100 cells, without blank lines at its end."""
    page = TextPage(100)
    write(page, *args, **kwargs)
    return page.text().rstrip("\n")


def block(text: str) -> str:
    """Return the lines of a text that is set in with the code around it."""
    return dedent(text).strip("\n")


def game(*moves: Move, scenario: Scenario | None = None, until: int | None = 1200) -> Game:
    """Play the moves from STARTEX on, and call ENDEX `until` which second; None goes on playing."""
    played = Game(scenario).start()
    for at, seat, fields in moves:
        played.grant(seat, COMMAND.validate_python(fields), at=at)
    if until is not None:
        played.grant("facilitator", COMMAND.validate_python({"do": "endex"}), at=until)
    return played


def report(*moves: Move, scenario: Scenario | None = None, until: int | None = 1200) -> AfterActionReport:
    """Return the report of a game of these moves."""
    return build_report(game(*moves, scenario=scenario, until=until).records)


def with_situations_enough(found: AfterActionReport) -> AfterActionReport:
    """Return the report with so many situations for each team that it is rated."""
    results = tuple(
        replace(
            goal,
            teams=tuple(
                replace(one, situations=FEWEST_RATED) if one.situations else one for one in goal.teams
            ),
        )
        for goal in found.objectives
    )
    return replace(found, objectives=results)


def decide(at: int, team: str, decision: str, option: str, **more: str) -> Move:
    """Return the move with which a team decides."""
    return at, team, {"do": "decide", "decision": decision, "option": option, **more}
