"""Run the console for a session in this process, with a link for the facilitator and for every team."""

from __future__ import annotations

from collections.abc import Callable

import click

from tabletop.cli.faults import keep_fault
from tabletop.exercise.commands import FACILITATOR
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.tui.app import LEAVING, TabletopApp
from tabletop.tui.kit.pictures import prepare


def make_app(
    session: Session, *, tick: Callable[[], None] | None = None, leaving: str = LEAVING
) -> TabletopApp:
    """Create the application for a session in this process; `tick` replaces the session's own."""
    teams = session.state.script.scenario.teams
    links = {seat: LocalLink(session, seat) for seat in (FACILITATOR, *teams)}
    return TabletopApp(links, tick=tick or session.tick, leaving=leaving)


def show(session: Session, *, tick: Callable[[], None] | None = None, leaving: str = LEAVING) -> None:
    """Run the application until the user leaves; always close the log.

    `leaving` is shown when the user is asked to confirm. Internal errors of the session are written to files,
    and reported once the screen has closed.
    """
    kept: list[str] = []
    session.on_fault = lambda error: kept.append(keep_fault(error))
    if session.state.script.scenario.files:
        prepare()
    try:
        make_app(session, tick=tick, leaving=leaving).run()
    finally:
        session.close()
        for message in kept:
            click.echo(message, err=True)
