"""`tabletop play`: play a whole exercise from a file of moves, in virtual time, without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tabletop.cli.chosen_scenario import cut_option, load_chosen
from tabletop.errors import ExitCode

if TYPE_CHECKING:
    from tabletop.exercise.commands import BaseCommand
    from tabletop.exercise.events import Record
    from tabletop.playthrough.moves import Move
    from tabletop.playthrough.play import RefusedMove
    from tabletop.scenario.scenario import Scenario
    from tabletop.system.clock import VirtualTime


class _PlayCommand(click.Command):
    """Adds the commands of moves files to the help, generated from the models."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Describe moves files below the options."""
        from tabletop.exercise.commands import COMMAND_MODELS

        with formatter.section("Moves"):
            formatter.write_text(
                "A moves file is one YAML list (or JSON Lines). Every move has 'at' (T+36, T+36:30), "
                "'seat' (a team, facilitator or evaluator) and 'do', with these fields:"
            )
            formatter.write_paragraph()
            formatter.write_text(
                "'with: all' is every other team; a message 'to: control' goes to exercise control. "
                "A gate with probes, as moves:"
            )
            formatter.write_paragraph()
            formatter.write_text(_GATE_EXAMPLE)
        with formatter.section("do"):
            formatter.write_dl([(model.verb(), _fields(model)) for model in COMMAND_MODELS])
        formatter.write_paragraph()
        formatter.write_text(
            "Decisions, cards, injects, objectives and options may be given by id or by short code. At one "
            "moment injects go out first, then moves are made, then the gate is passed."
        )


_GATE_EXAMPLE = """\b
- {at: T+15, seat: facilitator, do: gate}
- {at: T+15, seat: facilitator, do: open-probes}
- {at: T+15, seat: norland, do: answer-probes, answers: {who-knew: a}}
- {at: T+15, seat: sudland, do: answer-probes, answers: {who-knew: unknown}}
- {at: T+15, seat: facilitator, do: close-probes}
- {at: T+15, seat: facilitator, do: phase}"""


def _fields(model: type[BaseCommand]) -> str:
    from tabletop.exercise.commands import HOST_FILLED_FIELDS

    names = []
    for name, field in model.model_fields.items():
        if name != "do" and name not in HOST_FILLED_FIELDS:
            shown = field.alias or name
            names.append(shown if field.is_required() else f"[{shown}]")
    return f"{model.summary()} {'Fields: ' + ', '.join(names) + '.' if names else ''}"


_NO_MOVES = (
    "Name a file of moves: --moves moves.yaml. Write into it what the teams do, one move a line: "
    "- {at: T+3, seat: TEAM, do: decide, decision: D1, option: a}. With an empty file, nobody does anything."
)


def _read(path: Path, scenario: Scenario | None) -> Sequence[Move]:
    """Read the moves; with a scenario, none of their words may be unknown to it."""
    from tabletop.playthrough.moves import read_moves_file
    from tabletop.playthrough.reader import MoveReader
    from tabletop.scenario.problems import ProblemsFound, render

    file = read_moves_file(path)
    unknown = MoveReader(scenario).problems(file.moves) if scenario is not None else []
    if file.problems or unknown:
        raise ProblemsFound([*file.problems, *unknown, *file.doubts])
    for doubt in file.doubts:
        click.echo(render(doubt), err=True)
    return file.moves


def _played(
    first: Record, moves: Sequence[Move], time: VirtualTime, log_file: Path, *, keep_going: bool
) -> tuple[int, list[RefusedMove]]:
    """Play the moves and write the log; return how many events it holds, and which moves were refused."""
    from tabletop.exercise.commands import FACILITATOR, Note
    from tabletop.host.session import Session
    from tabletop.playthrough.play import Playthrough
    from tabletop.store.sqlite import SqliteLog

    refusals: list[RefusedMove] = []

    def refused(move: RefusedMove) -> None:
        refusals.append(move)
        if keep_going:
            session.submit(FACILITATOR, Note(text=f"Refused: {move}"))

    log = SqliteLog.create(log_file)
    try:
        session = Session.start(log, first, time.source(), mark_every=None)
        Playthrough(session, time, moves, refused=refused).run()
    finally:
        log.close()
    return len(session.records), refusals


@click.command("play", cls=_PlayCommand, short_help="Play a whole exercise from a file of moves.")
@click.argument("scenario")
@cut_option
@click.option(
    "--moves", "moves_file", type=click.Path(path_type=Path), help="The moves to play; a file may be empty."
)
@click.option(
    "--log", "log_file", type=click.Path(path_type=Path), required=True, help="Where to write the log."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Order of options."
)
@click.option("--name", default=None, help="Name of the exercise; else the scenario's id.")
@click.option("--keep-going", is_flag=True, help="Keep the log, with a note of each move that was refused.")
def command(
    scenario: str,
    cut: str | None,
    moves_file: Path | None,
    log_file: Path,
    seed: int,
    name: str | None,
    keep_going: bool,
) -> int:
    """Play SCENARIO from a file of moves in virtual time, with no screen, and write its log.

    Injects go out when due, moves are made at their times, gates are passed when the next phase
    begins, and the exercise ends at its length.
    """
    from tabletop.cli.anchors import stored_anchors
    from tabletop.errors import InputError
    from tabletop.host.first_record import first_record
    from tabletop.plaintext import visible
    from tabletop.playthrough.play import MovesRefusedError
    from tabletop.scenario.library import find_scenario
    from tabletop.system.clock import VirtualTime

    if moves_file is None:
        raise InputError(_NO_MOVES)
    file = find_scenario(scenario)
    loaded = load_chosen(scenario, cut).scenario
    moves = _read(moves_file, None if keep_going else loaded)
    time = VirtualTime()
    first = first_record(
        loaded,
        name=name or loaded.id,
        seed=seed,
        wall=time.source().wall(),
        anchors=stored_anchors(file, loaded),
    )
    events, refusals = _played(first, moves, time, log_file, keep_going=keep_going)
    if refusals and not keep_going:
        log_file.unlink()  # a game without some of its moves is not the one that was written
        raise MovesRefusedError.of(refusals)
    for refusal in refusals:
        click.echo(visible(str(refusal)), err=True)
    click.echo(
        f"{events} events, {len(moves) - len(refusals)} moves made, {len(refusals)} refused. "
        f"Next: tabletop report {log_file}",
        err=True,
    )
    click.echo(str(log_file))
    return ExitCode.PROBLEMS if refusals else ExitCode.DONE
