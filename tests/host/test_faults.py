"""F18: an unexpected error in the program. One command is refused or one connection ends."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NoReturn

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.apply import fold
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Stage
from tabletop.host import session as at_work
from tabletop.host.session import Session
from tabletop.protocol.submission import FAULT, Receipt
from tabletop.rules.scoring import Scorer, score_log
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.builders import tiny_scenario

FACILITATOR = "facilitator"


class StumbleError(Exception):
    """What nobody foresaw."""


class Table:
    """A session in play that tells of its faults."""

    def __init__(self) -> None:
        self.time = VirtualTime()
        self.log = MemoryLog()
        self.session = Session.begin(
            self.log, tiny_scenario(), name="Spring", seed=3, time=self.time.source(), mark_every=None
        )
        self.faults: list[Exception] = []
        self.session.on_fault = self.faults.append
        self.session.submit(FACILITATOR, c.Startex())
        self.session.submit(FACILITATOR, c.Auto(on=True))

    def consistent(self) -> None:
        """Log, memory and live state say the same."""
        records = list(self.log.read())
        assert records == self.session.records
        assert fold(records) == self.session.state


@pytest.fixture
def table() -> Table:
    return Table()


def raise_fault(*_: object, **__: object) -> NoReturn:
    raise StumbleError


def faulty(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """From now on that part of the exercise raises."""
    monkeypatch.setattr(at_work, name, raise_fault)


@pytest.mark.parametrize("part", ["decide", "apply"])
def test_f18_a_command_that_the_program_stumbles_over_is_refused_and_nothing_is_recorded(
    monkeypatch: pytest.MonkeyPatch, table: Table, part: str
) -> None:
    with monkeypatch.context() as patch:
        faulty(patch, part)
        refused = table.session.submit("tokyo", c.State(text="hello"), "key")
        assert isinstance(refused, Refusal)
        assert refused.code == FAULT
        assert len(table.faults) == 1
    table.consistent()
    assert isinstance(table.session.submit("tokyo", c.State(text="hello"), "key"), Receipt)
    table.consistent()


@pytest.mark.parametrize("part", ["advance", "apply"])
def test_f18_play_pauses_where_the_program_stumbles_over_what_is_due(
    monkeypatch: pytest.MonkeyPatch, table: Table, part: str
) -> None:
    called = 0
    real = getattr(at_work, part)

    def once(*args: object) -> object:
        nonlocal called
        called += 1
        if called == 1:
            raise StumbleError
        return real(*args)

    table.time.seconds += 1
    monkeypatch.setattr(at_work, part, once)
    for _ in range(20):
        table.session.tick()
    assert len(table.faults) == 1
    assert table.session.state.stage is Stage.PAUSED
    table.consistent()
    assert isinstance(table.session.submit(FACILITATOR, c.Resume()), Receipt)
    table.session.tick()
    assert "inject-released" in {record.event.type for record in table.session.records}


def test_f18_a_listener_that_raises_keeps_nobody_else_from_hearing(table: Table) -> None:
    heard: list[int] = []
    table.session.subscribe(raise_fault)
    table.session.subscribe(lambda record: heard.append(record.seq))
    assert isinstance(table.session.submit("tokyo", c.State(text="hello")), Receipt)
    assert heard == [table.session.state.seq]
    assert len(table.faults) == 1


def test_f18_a_rule_that_raises_stops_neither_play_nor_the_next_start(
    monkeypatch: pytest.MonkeyPatch, table: Table
) -> None:
    monkeypatch.setattr(Scorer, "see", raise_fault)
    monkeypatch.setattr(Scorer, "scorecard", raise_fault)
    assert isinstance(table.session.submit("tokyo", c.State(text="hello")), Receipt)
    assert isinstance(table.session.submit("tokyo", c.State(text="hello")), Receipt)
    assert len(table.faults) == 1
    again = Session.resume(table.log, table.time.source())
    again.on_fault = table.faults.append
    again.tick()
    assert len(table.faults) == 2
    assert again.state.stage is Stage.PAUSED
    assert isinstance(again.submit(FACILITATOR, c.Gate()), Receipt)
    assert isinstance(again.submit(FACILITATOR, c.BeginPhase()), Receipt)


def test_f18_whatever_raises_at_random_the_log_the_state_and_the_score_agree(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for seed in range(30):
        with monkeypatch.context() as patch:
            _play_with_stumbles(patch, Random(seed))  # noqa: S311 - a simulation


def _play_with_stumbles(patch: pytest.MonkeyPatch, random: Random) -> None:
    table = Table()

    def sometimes(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: object) -> object:
            if random.random() < 0.2:
                raise StumbleError
            return real(*args)

        return call

    for part in ("decide", "advance", "apply"):
        patch.setattr(at_work, part, sometimes(getattr(at_work, part)))
    heard: list[Record] = []
    table.session.subscribe(sometimes(id))
    table.session.subscribe(heard.append)
    known = len(table.session.records)
    for number in range(60):
        table.time.seconds += random.randrange(20)
        table.session.tick()
        table.session.submit(FACILITATOR, c.Resume())
        answer = table.session.submit("tokyo", c.State(text=str(number)), f"key-{number}")
        if isinstance(answer, Receipt):
            assert table.session.submit("tokyo", c.State(text=str(number)), f"key-{number}") == answer
    assert len(table.faults) > 10
    assert heard == table.session.records[known:]
    table.consistent()
    assert score_log(list(table.log.read())) == table.session.scorer.scorecard()
