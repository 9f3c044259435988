"""Three hundred exercises, each from a seed, with every kind of fault.

Replay a failing seed with `python -m tests.simulation SEED --verbose`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tabletop.host.connections import Connections
from tabletop.host.consoles import ControlLease
from tabletop.host.idempotency import IdempotencyCache
from tabletop.host.projection import Projection
from tabletop.system.disk_queue import DiskQueue, DiskTask
from tests.simulation.simulation import simulate
from tests.simulation.witness import Violation

AT_ONCE = 25


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 300, AT_ONCE))
def test_g3_f01_to_f16_whatever_goes_wrong_nothing_is_lost_doubled_shown_to_others_or_forgotten(
    first: int,
) -> None:
    counts: Counter[str] = Counter()
    for seed in range(first, first + AT_ONCE):
        counts.update(simulate(seed).counts)
    assert counts["recorded"] > 300
    assert counts["frames"] > 5_000
    assert {"kill host", "fail disk", "cut", "part", "kill station", "stop station"} <= set(counts)


def test_a_seed_is_the_same_exercise_every_time() -> None:
    told: list[list[str]] = [[], []]
    for lines in told:
        simulate(158, lines.append)
    assert told[0] == told[1]
    assert len(told[0]) > 50


def _anybody(*_: object) -> None:
    """Every console may act, whatever its epoch."""


def _anew(self: IdempotencyCache, *_: object) -> None:
    """Refusals are forgotten as soon as they are given."""


def _log_numbers(_: Projection, __: str, first: int, last: int) -> tuple[int, int]:
    """Receipts count as the log counts."""
    return first, last


def _still(*_: object) -> bool:
    """Whoever has gone is served all the same when their turn comes."""
    return True


def _at_once(self: DiskQueue, work: DiskTask[object], *_: object, **__: object) -> None:
    """Nobody waits for their turn: what was decided a moment ago may not be so any more."""
    asked = DiskQueue()
    asked.runner = self.runner
    _put(asked, work)


_put = DiskQueue.put


@pytest.mark.slow
@pytest.mark.parametrize(
    ("owner", "name", "planted"),
    [
        (ControlLease, "check", _anybody),
        (IdempotencyCache, "refuse", _anew),
        (Projection, "own_numbers", _log_numbers),
        (Connections, "is_open", _still),
        (DiskQueue, "put", _at_once),
    ],
)
def test_what_is_planted_is_found(
    monkeypatch: pytest.MonkeyPatch, owner: type, name: str, planted: Callable[..., object]
) -> None:
    monkeypatch.setattr(owner, name, planted)
    with pytest.raises(Violation):
        _play_on()


def _play_on() -> None:
    for seed in range(100):
        simulate(seed)
