"""`tabletop demo`: replay a recorded game on the console."""

from __future__ import annotations

from pathlib import Path

import click

from tabletop.cli.terminal import need_terminal

FLAGSHIP = "sakishima-dawn"
GAMES = ("cooperative", "go-it-alone", "silent")
SPEED = 60

LEAVING = "A demonstration is not saved. `tabletop demo` plays it again from the beginning."


@click.command("demo", short_help="Watch an exercise play itself.")
@click.argument("game", type=click.Choice(GAMES), default=GAMES[0])
@click.option(
    "--speed", type=click.FloatRange(1, 600), default=SPEED, show_default=True, help="Game seconds a second."
)
def command(game: str, speed: float) -> int:
    """Play a recorded game of the flagship on the console, at high speed.

    Nothing is kept. Every key works as in a live exercise: pause with P, open a team's station with
    F2 to F4, leave with Ctrl+Q.
    """
    need_terminal("demo", "'tabletop play' plays a game without one")
    from tabletop.cli.faults import Recovery, fault_page
    from tabletop.cli.screen import show
    from tabletop.host.session import Session
    from tabletop.playthrough.demonstration import Demonstration
    from tabletop.playthrough.moves import read_moves
    from tabletop.scenario.library import find_scenario
    from tabletop.scenario.linking import load_scenario
    from tabletop.store.memory import MemoryLog
    from tabletop.system.clock import SYSTEM_TIME, VirtualTime

    path: Path = find_scenario(FLAGSHIP)
    scenario = load_scenario(path).scenario
    moves = read_moves(path.parent / "games" / f"{game}.yaml")
    time = VirtualTime()
    session = Session.begin(
        MemoryLog(), scenario, name=f"Demonstration: {game}", seed=0, time=time.source(), mark_every=None
    )
    demonstration = Demonstration(session, time, moves, speed=speed, monotonic=SYSTEM_TIME.monotonic)
    with fault_page(
        lambda: Recovery(
            "A demonstration is not saved, so nothing is lost.",
            "To play it again from the beginning, type",
            _replay_command(game, speed),
        )
    ):
        show(session, tick=demonstration.tick, leaving=LEAVING)
    return 0


def _replay_command(game: str, speed: float) -> str:
    """Return the command line that plays the same game at the same speed."""
    words = ["tabletop", "demo", *([game] if game != GAMES[0] else [])]
    return " ".join([*words, *(["--speed", f"{speed:g}"] if speed != SPEED else [])])
