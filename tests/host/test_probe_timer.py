"""The time for the probes of a gate: the host's clock closes them, and says so in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import view
from tabletop.host.session import Session
from tabletop.protocol.submission import Receipt
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.exercise.test_probes import TEAMS, scenario
from tests.host.hosted import House
from tests.host.slow_disk import SlowDisk
from tests.store.failing import FailingLog

CONTROL = "facilitator"
PROBE_SECONDS = 60


class Gate:
    """A session in virtual time that stands at its first gate, with the probes open."""

    def __init__(self) -> None:
        self.time, self.log = VirtualTime(), FailingLog()
        self.session = Session.begin(
            self.log, scenario(), name="Spring", seed=3, time=self.time.source(), mark_every=None
        )
        for command in (c.Startex(), c.Gate(), c.OpenProbes(seconds=PROBE_SECONDS)):
            self.grant(CONTROL, command)
        self.wait(0)

    def wait(self, seconds: float) -> None:
        self.time.seconds += seconds
        self.session.tick()

    def grant(self, seat: str, command: c.Command) -> None:
        answer = self.session.submit(seat, command)
        assert isinstance(answer, Receipt), answer

    def last(self) -> e.Event:
        return self.session.records[-1].event


def fail(error: Exception) -> None:
    raise error


@pytest.fixture
def gate() -> Gate:
    return Gate()


def test_the_probes_close_by_themselves_and_everybody_learns_of_it(gate: Gate) -> None:
    gate.wait(PROBE_SECONDS - 1)
    assert gate.session.probes_left == 1
    gate.grant("tokyo", c.AnswerProbes(answers={"who-knew": "a"}))
    gate.wait(1)
    closed, seat = gate.last(), gate.session.records[-1].seat
    assert (closed, seat) == (e.ProbesClosed(gate="launch", timed_out=True), c.CLOCK)
    assert all(view(closed, team) == closed for team in TEAMS)
    assert gate.session.probes_left is None
    late = gate.session.submit("seoul", c.AnswerProbes(answers={"who-knew": "a"}))
    assert isinstance(late, Refusal)
    assert "too late" in late.message
    gate.wait(100)
    assert gate.last() == closed, "once"


def test_closed_by_hand_they_are_not_closed_again(gate: Gate) -> None:
    gate.grant(CONTROL, c.CloseProbes())
    gate.wait(2 * PROBE_SECONDS)
    assert gate.last() == e.ProbesClosed(gate="launch")


def test_an_emergency_takes_no_time_from_anybody(gate: Gate) -> None:
    gate.wait(PROBE_SECONDS / 2)
    gate.grant(CONTROL, c.Emergency())
    gate.wait(10 * PROBE_SECONDS)
    assert isinstance(gate.last(), e.EmergencyDeclared)
    assert gate.session.probes_left is None
    gate.grant(CONTROL, c.StandDown())
    assert gate.session.probes_left == PROBE_SECONDS
    gate.wait(PROBE_SECONDS)
    assert gate.last() == e.ProbesClosed(gate="launch", timed_out=True)


def test_after_a_restart_of_the_host_teams_have_their_time_anew(gate: Gate) -> None:
    gate.wait(PROBE_SECONDS - 1)
    gate.session = Session.resume(gate.log, gate.time.source())
    gate.wait(0)
    assert gate.session.probes_left == PROBE_SECONDS
    gate.wait(PROBE_SECONDS)
    assert gate.last() == e.ProbesClosed(gate="launch", timed_out=True)


def test_without_a_limit_the_probes_stay_open() -> None:
    gate = Gate()
    opened = next(record for record in gate.session.records if isinstance(record.event, e.ProbesOpened))
    older = opened.model_copy(update={"event": opened.event.model_copy(update={"seconds": 0})})
    log = MemoryLog()
    log.append([older if record is opened else record for record in gate.session.records])
    gate.session = Session.resume(log, gate.time.source())
    gate.wait(10 * PROBE_SECONDS)
    assert gate.session.state.open_probes


def test_no_team_loses_time_while_the_log_cannot_record(gate: Gate) -> None:
    gate.wait(10)
    gate.log.full = True
    assert isinstance(gate.session.submit("tokyo", c.AnswerProbes(answers={"who-knew": "a"})), Refusal)
    gate.wait(10 * PROBE_SECONDS)
    assert gate.session.probes_left == PROBE_SECONDS - 10
    gate.log.full = False
    assert gate.session.recover()
    gate.grant("tokyo", c.AnswerProbes(answers={"who-knew": "a"}))
    gate.wait(PROBE_SECONDS - 11)
    assert gate.session.probes_left == 1
    gate.wait(1)
    assert gate.last() == e.ProbesClosed(gate="launch", timed_out=True)


def test_no_team_loses_time_while_the_log_is_gone(gate: Gate) -> None:
    gate.log.gone = True
    gate.wait(1)
    gate.wait(10 * PROBE_SECONDS)
    assert gate.session.probes_left == PROBE_SECONDS - 1


def test_no_team_loses_time_while_the_disk_does_not_answer(gate: Gate) -> None:
    disk = SlowDisk(gate.session.disk_queue)
    gate.wait(0)
    gate.session.disk_queue.put(gate.session.submit_task(CONTROL, c.Note(text="slow")), failed=fail)
    gate.wait(2)
    gate.wait(10 * PROBE_SECONDS)
    assert gate.session.probes_left == PROBE_SECONDS - 2
    disk.answer_all()
    gate.wait(1)
    assert gate.session.probes_left == PROBE_SECONDS - 3


def test_a_station_that_joins_meanwhile_learns_the_time_that_is_left(tmp_path: Path) -> None:
    house = House(tmp_path, scenario=scenario())
    for command in (c.Startex(), c.Gate(), c.OpenProbes(seconds=PROBE_SECONDS)):
        house.do(command)
    house.pass_time(PROBE_SECONDS / 2)
    assert house.join("tokyo", understands=("probes-left",)).welcome.probes_left == PROBE_SECONDS / 2
    assert house.join("seoul").welcome.probes_left is None, "an older program knows no such key"
