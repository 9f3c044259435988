"""Wires a session to the screen: links for the facilitator and every team, one application."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.exercise.commands import FACILITATOR
from tabletop.host.session import Session
from tabletop.link.local import LocalLink
from tabletop.tui.app import TabletopApp


def make_app(session: Session, *, tick: Callable[[], None] | None = None) -> TabletopApp:
    """The application for a session in this process; `tick` stands in for the session's own."""
    teams = session.state.script.scenario.teams
    links = {seat: LocalLink(session, seat) for seat in (FACILITATOR, *teams)}
    return TabletopApp(links, tick=tick or session.tick)


def show(session: Session, *, tick: Callable[[], None] | None = None) -> None:
    """Run the application until the user leaves; the log is closed whatever happens."""
    try:
        make_app(session, tick=tick).run()
    finally:
        session.close()
