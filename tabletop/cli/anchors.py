"""Find the anchors that a new exercise carries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli.output import say
from tabletop.errors import InputError
from tabletop.plaintext import one_line

if TYPE_CHECKING:
    from tabletop.exercise.anchors import Anchors
    from tabletop.scenario.scenario import Scenario


def stored_anchors(file: Path, scenario: Scenario, *, tell: bool = True) -> Anchors | None:
    """Return the anchors beside the scenario's file. Those that do not fit are left out; `tell` says so."""
    from tabletop.rehearsal.anchors import anchors_file, read_anchors

    if scenario.cut is not None:
        return None  # those beside the file are of the whole
    try:
        return read_anchors(anchors_file(file), scenario)
    except InputError as error:
        if not tell:
            return None
        again = f"`tabletop rehearse {file.parent.name} --anchors` makes them anew"
        say(one_line(f"No stored anchors: {error.message}. {again}."), err=True)
        return None


def anchors_for(file: Path, scenario: Scenario) -> Anchors | None:
    """Return the stored anchors, or some made now in a few seconds."""
    from tabletop.host.first_record import first_record
    from tabletop.rehearsal.anchors import HASTY_PLAYS, hasty_anchors
    from tabletop.system.clock import VirtualTime

    found = stored_anchors(file, scenario, tell=False)  # a facilitator about to begin can do nothing about it
    if found is not None:
        return found
    say(f"Playing up to {HASTY_PLAYS} plays by itself, to have something to hold results against …", err=True)
    first = first_record(scenario, name=scenario.id, seed=0, wall=VirtualTime().source().wall())
    return hasty_anchors(first)
