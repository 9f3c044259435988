"""Consent: show the rules and objectives to everybody before play, and see which teams have initialled."""

from __future__ import annotations

from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.decide.consent import rules_to_show
from tabletop.tui.console.console import Console
from tabletop.tui.console.reasons import allowed
from tabletop.tui.kit.command_registry import ScreenCommand
from tabletop.tui.kit.confirm import Confirm
from tabletop.tui.kit.consent import TITLE, initials_line, rules_paragraphs
from tabletop.tui.kit.reader import ReadingWindow
from tabletop.tui.kit.rows import Line


def initialled(console: Console) -> Line:
    """Say who has initialled and who has not."""
    model, consent = console.model, console.model.state.consent
    given = {} if consent is None else {team: one.name for team, one in consent.initials.items()}
    played = model.state.players
    teams = {team: known.name for team, known in model.scenario.teams.items() if team not in played}
    return initials_line(given, teams)


def _show(console: Console) -> None:
    state = console.model.state
    shown = rules_to_show(state.script.scenario, state.script.content_hash)
    lines: list[Line] = []
    for paragraph in rules_paragraphs(shown):
        lines += [paragraph, ()]
    if state.consent is not None:
        console.ask(ReadingWindow(TITLE, [initialled(console), (), *lines], closing=("ctrl+r",)))
        return
    intro: Line = (("The wall and every station show this, and each team can initial it.", "dim"),)
    question = Confirm("Show the rules and objectives?", [intro, (), *lines], yes="show them")
    console.ask(question, lambda _: console.send(c.ShowRules()))


def _why_not(console: Console) -> str:
    if console.model.state.consent is not None:
        return ""
    before = "The rules and objectives are shown before STARTEX, for teams to initial."
    return allowed(c.ShowRules, running=before, paused=before, gate=before, ended=before, hot_wash=before)(
        console
    )


SHOW_RULES: Final[ScreenCommand[Console]] = ScreenCommand(
    "show-rules",
    "ctrl+r",
    "Show rules",
    "Show the rules and objectives on the wall and at every station; see which teams have initialled them",
    _show,
    _why_not,
    rank=30,
    shown_as="Ctrl+R",
)
