"""Make the anchors of a scenario from a rehearsal, and keep them beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from tabletop import __version__
from tabletop.errors import InputError
from tabletop.exercise.anchors import AnchorResult, Anchors
from tabletop.exercise.events import Record
from tabletop.rehearsal.climb import replay
from tabletop.rehearsal.game import Start
from tabletop.rehearsal.players import PLAYERS, Player, Random
from tabletop.rehearsal.pool import rehearse
from tabletop.rehearsal.rehearsal import Rehearsal
from tabletop.rehearsal.tally import OVERALL
from tabletop.rehearsal.tasks import Plan, play
from tabletop.rules.anchors import result_of
from tabletop.scenario.scenario import Scenario
from tabletop.system.clock import SYSTEM_TIME, TimeSource

ANCHORS: Final = "anchors.json"
"""The file beside ``scenario.yaml``. It is no part of the scenario's content hash."""

HASTY_PLAYS: Final = 200
"""Plays before an exercise of a scenario that has no anchors."""

HASTY_SECONDS: Final = 2.0
"""Their time; after that, what is done is enough."""


def anchors_of(found: Rehearsal, first: Record) -> Anchors | None:
    """Return the anchors that a rehearsal shows; None if no random play was finished."""
    spread = found.spread(OVERALL)
    if spread is None:
        return None
    start, seed = Start(first), found.plan.seed
    median = found.random.first_play[round(spread.median * 10)]
    return Anchors(
        scenario=found.scenario.id,
        scenario_hash=found.scenario.content_hash,
        engine=__version__,
        plays=found.random.plays,
        seed=seed,
        median_play=median,
        climbed=found.plan.climbs * found.plan.steps if found.best is not None else 0,
        silence=_played(start, Player.name, seed, 0),
        random=_played(start, Random.name, seed, median),
        best=_best(found, start),
    )


def _played(start: Start, player: str, seed: int, number: int) -> AnchorResult:
    return result_of(play(start, player, seed, number).scorer.scores())


def _best(found: Rehearsal, start: Start) -> AnchorResult:
    """Return the best of the search, of every player without chance, and of the random plays."""
    seed = found.plan.seed
    tried = [_played(start, name, seed, 0) for name, player in PLAYERS.items() if not player.chance]
    tried.append(_played(start, Random.name, seed, found.random.first_play[max(found.random.first_play)]))
    if found.best is not None:
        tried.append(result_of(replay(start, seed, found.best).scorer.scores()))
    return max(tried, key=lambda one: -1.0 if one.overall is None else one.overall)


def hasty_anchors(first: Record, time: TimeSource = SYSTEM_TIME) -> Anchors | None:
    """Return anchors from a few plays, made within a bounded time."""
    until = time.monotonic() + HASTY_SECONDS

    def watch(done: int, of: int) -> None:
        if done < of and time.monotonic() > until:
            raise KeyboardInterrupt

    return anchors_of(rehearse(first, Plan(HASTY_PLAYS, seed=1), processes=1, progress=watch), first)


def anchors_file(scenario_file: Path) -> Path:
    """Return where the anchors of a scenario are kept."""
    return scenario_file.parent / ANCHORS


def write_anchors(file: Path, anchors: Anchors) -> None:
    """Write the anchors. Raises InputError."""
    try:
        file.write_text(
            anchors.model_dump_json(indent=1, exclude_defaults=True) + "\n", encoding="utf-8", newline="\n"
        )
    except OSError as error:
        raise InputError(
            f"the anchors cannot be written to {file}: {(error.strerror or str(error)).lower()}"
        ) from error


def read_anchors(file: Path, scenario: Scenario) -> Anchors | None:
    """Return the anchors kept beside a scenario, or None if there are none.

    Raises InputError for those of another scenario or of another version of it, and for a file that is none.
    """
    try:
        found = Anchors.model_validate_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{file} cannot be read: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # ValidationError, and text that is not UTF-8
        where = f" at {error.errors()[0]['loc']}" if isinstance(error, ValidationError) else ""
        raise InputError(f"{file} holds no anchors{where}") from error
    if found.scenario != scenario.id:
        raise InputError(f"{file} holds the anchors of another scenario, {found.scenario[:60]}")
    if found.scenario_hash != scenario.content_hash:
        raise InputError(f"{file} holds the anchors of an earlier version of {scenario.id}")
    return found
