"""Wires a session to the screen: links for the facilitator and every team, one application."""

from __future__ import annotations

from collections.abc import Callable

import click

from tabletop.cli.faults import keep_fault
from tabletop.exercise.commands import FACILITATOR
from tabletop.host.local_link import LocalLink
from tabletop.host.session import Session
from tabletop.tui.app import LEAVING, TabletopApp


def make_app(
    session: Session, *, tick: Callable[[], None] | None = None, leaving: str = LEAVING
) -> TabletopApp:
    """The application for a session in this process; `tick` stands in for the session's own."""
    teams = session.state.script.scenario.teams
    links = {seat: LocalLink(session, seat) for seat in (FACILITATOR, *teams)}
    return TabletopApp(links, tick=tick or session.tick, leaving=leaving)


def show(session: Session, *, tick: Callable[[], None] | None = None, leaving: str = LEAVING) -> None:
    """Run the application until the user leaves; the log is closed whatever happens.

    `leaving` is what is said before.

    What the session stumbled over meanwhile is kept, and told once the screen is gone.
    """
    kept: list[str] = []
    session.on_fault = lambda error: kept.append(keep_fault(error))
    try:
        make_app(session, tick=tick, leaving=leaving).run()
    finally:
        session.close()
        for message in kept:
            click.echo(message, err=True)
