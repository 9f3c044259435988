"""`tabletop log`: print the events of a log, as text or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import click

from tabletop.cli.named_log import named_log
from tabletop.cli.records import say_loss
from tabletop.cli.storyline import Storyline
from tabletop.errors import InputError
from tabletop.exercise.commands import EVALUATOR, FACILITATOR, OBSERVER, WALL
from tabletop.exercise.description import Names
from tabletop.exercise.events import ExerciseCreated, LossAccepted, Record
from tabletop.exercise.losses import loss_sentence
from tabletop.exercise.narration import names_in, narrate, team_names_in
from tabletop.exercise.view import view
from tabletop.plaintext import display_width, find_controls, visible
from tabletop.scenario.gametime import format_time
from tabletop.scenario.nearest import nearest
from tabletop.store.reading import read_only


@click.command("log")
@click.argument("log", metavar="LOG")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--as", "seat", metavar="SEAT", help="Show only what this seat may see, numbered for it alone.")
@click.option("--storyline", metavar="NAME", help="Show only what belongs to this storyline of the MSEL.")
def command(log: str, as_json: bool, seat: str | None, storyline: str | None) -> int:
    """Show what LOG recorded: one line an event, the oldest first.

    LOG is a log file or the name of an exercise.
    """
    with read_only(named_log(log)) as opened:
        losses: list[Record] = []
        records, only = _noting_losses(opened.read(), losses), Storyline(storyline)
        if seat is not None:
            lines = _seat_lines(records, seat, only, as_json=as_json)
        else:
            lines = _lines(records, only, as_json=as_json)
        for line in lines:
            print(line)
        accepted = loss_sentence(losses) if seat is None else ""
        if accepted:
            click.echo(accepted, err=True)
        return say_loss(opened)


def _noting_losses(records: Iterable[Record], losses: list[Record]) -> Iterator[Record]:
    """Yield the records, and collect those that tell of a loss: a damaged log is read as far as it goes."""
    for record in records:
        if isinstance(record.event, LossAccepted):
            losses.append(record)
        yield record


def _lines(records: Iterable[Record], only: Storyline, *, as_json: bool) -> Iterator[str]:
    names: Names = {}
    for record in records:
        if isinstance(record.event, ExerciseCreated):
            names = names_in(record.event.scenario)
        if not only.holds(record):
            continue
        if as_json:
            yield _json_line(record)
            continue
        words = narrate(record.event, names)
        yield visible(_columns(record.seq, record.at, f"{_padded(record.seat, 12)} {words}"))


def _json_line(record: Record) -> str:
    return _as_json(
        {
            "seq": record.seq,
            "at": record.at,
            "wall": record.wall,
            "seat": record.seat,
            "event": record.event.model_dump(mode="json"),
        }
    )


def _seat_lines(records: Iterable[Record], seat: str, only: Storyline, *, as_json: bool) -> Iterator[str]:
    """Yield a line per event that the seat may see, with its own numbers. Raises `InputError`."""
    number = 0
    names: Names = {}
    teams: Collection[str] = ()
    for record in records:
        if isinstance(record.event, ExerciseCreated):
            _check_seat(seat, record.event)
            teams = record.event.scenario.teams
            names = team_names_in(record.event.scenario)
        seen, told = view(record.event, seat, teams), only.holds(record)
        if seen is not None:
            number += 1
            if not told:
                continue
            if as_json:
                yield _as_json({"number": number, "at": record.at, "event": seen.model_dump(mode="json")})
            else:
                yield visible(_columns(number, record.at, narrate(seen, names)))


def _check_seat(seat: str, created: ExerciseCreated) -> None:
    seats = (*created.scenario.teams, FACILITATOR, EVALUATOR, OBSERVER, WALL)
    if seat not in seats:
        meant = nearest(seat, seats)
        hint = f"Did you mean '{meant}'?" if meant else f"The seats are: {', '.join(seats)}."
        raise InputError(f"there is no seat '{seat[:40]}' in this exercise. {hint}")


def _columns(number: int, at: int, rest: str) -> str:
    return f"{f'#{number}':<6} {format_time(at):<9} {rest}"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _as_json(data: dict[str, Any]) -> str:
    """Return the data as JSON with control characters escaped."""
    readable = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    text = json.dumps(data, ensure_ascii=not readable)
    pieces, last = [], 0
    for index in find_controls(text):
        pieces += [text[last:index], f"\\u{ord(text[index]):04x}"]
        last = index + 1
    return "".join((*pieces, text[last:]))
