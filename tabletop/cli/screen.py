"""Wires a session to the screen: links for the facilitator and every team, one application."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.exercise.commands import FACILITATOR
from tabletop.host.session import Session
from tabletop.link.local import LocalLink
from tabletop.tui.app import LEAVING, TabletopApp


def make_app(
    session: Session, *, tick: Callable[[], None] | None = None, leaving: str = LEAVING
) -> TabletopApp:
    """The application for a session in this process. `leaving` is what is said before the user leaves."""
    teams = session.state.script.scenario.teams
    links = {seat: LocalLink(session, seat) for seat in (FACILITATOR, *teams)}
    return TabletopApp(links, tick=tick, leaving=leaving)


def show(session: Session, *, tick: Callable[[], None] | None = None) -> None:
    """Run the application until the user leaves; the log is closed whatever happens."""
    try:
        make_app(session, tick=tick or session.tick).run()
    finally:
        session.close()
