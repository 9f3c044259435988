"""When the host's clocks leap: game time stays, play pauses and exercise control is told (F16)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.describe.course import clock_jump_words
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Stage
from tabletop.exercise.view import view
from tabletop.host.session import Session
from tabletop.protocol.submission import Receipt
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import Readings, TimeSource
from tests.builders import tiny_scenario

FACILITATOR = "facilitator"
TICK = 0.25


class SlowLog(MemoryLog):
    """On a disk that may take its time."""

    def __init__(self) -> None:
        super().__init__()
        self.wait: Callable[[], None] = lambda: None

    def append(self, records: Sequence[Record]) -> None:
        self.wait()
        super().append(records)


class Machine:
    """A computer that can sleep, be stopped and have its clock set, with a session that ticks on it."""

    def __init__(self) -> None:
        self.monotonic, self.elapsed, self.utc = 100.0, 5_000.0, 1.7e9
        self.log = SlowLog()
        self.session = Session.begin(
            self.log,
            tiny_scenario(),
            name="Spring",
            seed=3,
            time=TimeSource(
                monotonic=lambda: self.monotonic,
                wall=lambda: "2026-11-23T07:03:00.000Z",
                readings=lambda: Readings(self.monotonic, self.elapsed, self.utc),
            ),
        )
        self.session.tick()

    def pass_time(self, seconds: float) -> None:
        """All clocks go on, unseen."""
        self.monotonic += seconds
        self.elapsed += seconds
        self.utc += seconds

    def run(self, seconds: float) -> None:
        """The program runs as it should."""
        for _ in range(round(seconds / TICK)):
            self.pass_time(TICK)
            self.session.tick()

    def stop(self, seconds: float) -> None:
        """The program is stopped; the computer is not."""
        self.pass_time(seconds)

    def sleep(self, seconds: float) -> None:
        """The computer sleeps: its monotonic clock stands."""
        self.elapsed += seconds
        self.utc += seconds

    def set(self, seconds: float) -> None:
        """Somebody sets the time of day."""
        self.utc += seconds

    def grant(self, command: c.Command) -> None:
        answer = self.session.submit(FACILITATOR, command)
        assert isinstance(answer, Receipt), answer

    def events(self, kind: type[e.Event]) -> list[e.Event]:
        return [record.event for record in self.session.records if isinstance(record.event, kind)]


@pytest.fixture
def machine() -> Machine:
    machine = Machine()
    machine.grant(c.Startex())
    machine.grant(c.Auto(on=True))
    machine.run(30)
    return machine


JUMPS = [
    ("stop", 3_720, e.ClockJumped(missed=3_720, unplayed=3_720), "the host stood still for 1 h 2 min"),
    ("sleep", 3_720, e.ClockJumped(missed=3_720, unplayed=3_720), "the host stood still for 1 h 2 min"),
    ("set", 3_600, e.ClockJumped(stepped=3_600, unplayed=3_600), "the host's clock jumped forward 1 h"),
    ("set", -3_600, e.ClockJumped(stepped=-3_600), "the host's clock jumped back 1 h"),
    ("stop", 6, e.ClockJumped(missed=6, unplayed=6), "the host stood still for 6 s"),
]


@pytest.mark.parametrize(("what", "seconds", "told", "words"), JUMPS)
def test_f16_a_leap_pauses_play_says_why_and_moves_no_game_time(
    machine: Machine, what: str, seconds: int, told: e.ClockJumped, words: str
) -> None:
    before = machine.session.exact_now
    released = len(machine.events(e.InjectReleased))
    getattr(machine, what)(seconds)
    machine.run(TICK)
    assert machine.session.state.stage is Stage.PAUSED
    assert machine.session.exact_now == pytest.approx(before, abs=2 * TICK)
    assert machine.events(e.ClockJumped) == [told]
    (paused,) = machine.events(e.PlayPaused)
    when = "at" if what == "set" else "until"
    assert paused == e.PlayPaused(reason=f"{words} {when} 07:03 UTC; game time was not moved")
    assert len(machine.events(e.InjectReleased)) == released
    machine.run(60)
    assert len(machine.events(e.ClockJumped)) == 1
    machine.grant(c.Resume())
    machine.run(10)
    assert machine.session.exact_now == pytest.approx(before + 10, abs=2 * TICK)


@pytest.mark.parametrize(("what", "seconds"), [("stop", 4), ("sleep", 4), ("set", 4), ("set", -4)])
def test_f16_a_hiccup_stops_nobody(machine: Machine, what: str, seconds: int) -> None:
    getattr(machine, what)(seconds)
    machine.run(5)
    assert machine.session.state.stage is Stage.RUNNING
    assert machine.events(e.ClockJumped) == []


def test_f16_nothing_shows_or_stamps_the_leapt_time_before_the_next_tick(machine: Machine) -> None:
    before = machine.session.exact_now
    machine.stop(3_600)
    assert machine.session.exact_now == before  # a screen may draw before the host's tick
    answer = machine.session.submit(FACILITATOR, c.Note(text="first word after it"))
    assert isinstance(answer, Receipt)
    assert machine.session.records[-1].at == int(before)
    assert [record.event.type for record in machine.session.records[-3:]] == [
        "clock-jumped",
        "play-paused",
        "note-taken",
    ]


def test_f16_what_a_team_sends_meanwhile_meets_paused_play(machine: Machine) -> None:
    machine.stop(600)
    answer = machine.session.submit("tokyo", c.State(text="from the time that was lost"))
    assert isinstance(answer, Refusal)
    assert "pause" in answer.message.lower()


def test_f16_a_disk_that_took_eight_seconds_is_a_leap_like_any_other(machine: Machine) -> None:
    before = machine.session.exact_now
    machine.log.wait = lambda: machine.pass_time(8)
    machine.grant(c.Note(text="slow"))
    machine.log.wait = lambda: None
    machine.run(TICK)
    assert machine.events(e.ClockJumped) == [e.ClockJumped(missed=8, unplayed=8)]
    assert machine.session.exact_now == pytest.approx(before, abs=2 * TICK)


def test_f16_a_leap_while_the_clock_stands_is_noted_and_asks_nothing(machine: Machine) -> None:
    machine.grant(c.Pausex())
    machine.set(-3_600)
    machine.run(1)
    assert machine.events(e.ClockJumped) == [e.ClockJumped(stepped=-3_600)]
    assert machine.events(e.PlayPaused) == [e.PlayPaused()]


def test_f16_the_missed_time_counts_at_the_rate_of_play(machine: Machine) -> None:
    machine.grant(c.Rate(rate=10))
    machine.stop(60)
    machine.run(1)
    assert machine.events(e.ClockJumped) == [e.ClockJumped(missed=60, unplayed=600)]


def test_f16_after_the_record_is_closed_nothing_is_noted(machine: Machine) -> None:
    machine.grant(c.Endex())
    machine.grant(c.Close())
    machine.set(3_600)
    machine.run(1)
    assert machine.events(e.ClockJumped) == []


def test_f16_players_learn_that_play_is_paused_and_not_why(machine: Machine) -> None:
    machine.stop(600)
    machine.run(1)
    seen = [view(record.event, "tokyo") for record in machine.session.records[-2:]]
    assert seen == [None, e.PlayPaused()]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["run", "stop", "sleep", "set", "resume"]),
        st.floats(min_value=-4_000, max_value=4_000, allow_nan=False),
    ),
    max_size=25,
)


@given(STEPS)
def test_f16_game_time_is_monotonic_and_no_inject_is_skipped_or_doubled(
    steps: list[tuple[str, float]],
) -> None:
    machine = Machine()
    machine.grant(c.Startex())
    machine.grant(c.Auto(on=True))
    machine.run(1)
    shown, ran = machine.session.exact_now, 1.0
    for what, seconds in [*steps, ("resume", 0.0), ("run", 4_000.0)]:
        if what == "set":
            machine.set(seconds)
        elif what == "resume":
            if machine.session.state.stage is Stage.PAUSED:
                machine.grant(c.Resume())
        elif what == "run":
            length = abs(seconds) / 40
            running = machine.session.state.running
            machine.run(length)
            ran += length if running else 0.0
        else:
            getattr(machine, what)(abs(seconds))
        assert machine.session.exact_now >= shown
        shown = machine.session.exact_now
        # At most what was really played: hiccups of less than five seconds count as play.
        assert shown <= ran + 5 * len(steps) + TICK
    codes = [event.code for event in machine.events(e.InjectReleased) if isinstance(event, e.InjectReleased)]
    assert len(codes) == len(set(codes))
    for record in machine.session.records:
        if isinstance(record.event, e.InjectReleased) and record.event.due is not None:
            assert 0 <= record.at - record.event.due <= 6  # not in a burst, not late, not early
    stamps = [record.at for record in machine.session.records]
    assert stamps == sorted(stamps)


def test_clock_jumps_in_words() -> None:
    assert clock_jump_words(60, -3_600) == "the host stood still for 1 min and its clock jumped back 1 h"
