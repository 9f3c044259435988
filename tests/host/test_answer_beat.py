"""N13: when an answer leaves tells a player nothing of what others have the disk do; refusals cost rate."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.host.answer_beat import BEAT, LEAST
from tabletop.protocol import messages
from tabletop.protocol.framing import encode
from tests.host.hosted import House, Joined


class Beating(House):
    """A host whose answers leave on the beat, in time that the test winds."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.due: list[tuple[float, object]] = []
        self.hosting.hub.beat.later = self._later

    def _later(self, seconds: float, action: object) -> None:
        self.due.append((self.time.seconds + seconds, action))

    def wind(self, until: float) -> None:
        """Let time pass, and what is due happen."""
        for when, action in sorted(self.due, key=lambda one: one[0]):
            if when <= until:
                self.time.seconds = max(self.time.seconds, when)
                self.due.remove((when, action))
                assert callable(action)
                action()
        self.time.seconds = until


@pytest.fixture
def house(tmp_path: Path) -> Beating:
    return Beating(tmp_path)


def submit(station: Joined, key: str, command: c.Command) -> None:
    station.say(messages.Submit(key=key, command=command))


def answered(station: Joined, key: str) -> bool:
    station.listen()
    return any(
        isinstance(one, messages.Receipt | messages.Refused) and one.key == key for one in station.told
    )


def leaves(house: Beating, station: Joined, key: str, *, until: float) -> float:
    """Return when the answer to that key comes, to the millisecond."""
    at = house.time.seconds
    while not answered(station, key):
        assert at < until, "no answer"
        at = round(at + 0.001, 3)
        house.wind(at)
    return at


@pytest.mark.parametrize("asked", [0.0, 0.001, 0.029, 0.031, 0.049])
@pytest.mark.parametrize("disk", [0.0, 0.004, 0.009, 0.019])
def test_n13_the_moment_of_an_answer_does_not_depend_on_the_disk(
    house: Beating, asked: float, disk: float
) -> None:
    tokyo = house.join("tokyo", "Tanaka")
    house.do(c.Startex())
    start = 100.0 + asked
    house.wind(start)
    beat = house.hosting.hub.beat
    tokyo.connection.send(messages.Notice(), "x")  # something else is not held up
    house.time.seconds = start + disk
    refused = messages.Refused(key="k", message="no", code="x")
    beat.send(tokyo.connection, [(refused, "answer/k")], start)
    came = leaves(house, tokyo, "k", until=101)
    beats = [number * BEAT for number in range(1999, 2010)]
    first = next(beat for beat in beats if beat >= start + LEAST - 1e-9)
    assert came == pytest.approx(first, abs=0.0015), "to the millisecond at which it is looked for"
    assert came - start <= BEAT + LEAST + 0.002


def test_n13_refusals_and_receipts_of_players_leave_on_the_beat_and_the_consoles_at_once(
    house: Beating,
) -> None:
    console, tokyo = house.join(c.FACILITATOR), house.join("tokyo", "Tanaka")
    epoch = console.welcome.chair.epoch if console.welcome.chair else 0
    house.wind(10.0)
    console.say(messages.Submit(key="start", command=c.Startex(), epoch=epoch))
    assert answered(console, "start")
    tokyo.show()
    submit(tokyo, "no", c.Read(inject="nothing-such"))
    submit(tokyo, "yes", c.Message(to=("seoul",), text="x"))
    tokyo.say(messages.Ping(seen=0))
    assert tokyo.last(messages.Pong) is not None, "heartbeats are answered at once"
    assert not answered(tokyo, "no")
    assert not answered(tokyo, "yes")
    seen = tokyo.seen
    house.wind(10.04)
    tokyo.listen()
    assert tokyo.seen == seen, "its own event would tell it that it was recorded"
    house.wind(10.05)
    assert answered(tokyo, "no")
    assert answered(tokyo, "yes")
    kinds = [type(one).__name__ for one in tokyo.told]
    assert kinds.index("Receipt") < len(kinds) - 1 - kinds[::-1].index("Sights")


def test_n13_who_asks_all_the_time_is_told_what_happens_all_the_same(house: Beating) -> None:
    tokyo = house.join("tokyo", "Tanaka")
    house.do(c.Startex())
    seen = 0
    for step in range(100):
        house.wind(20.0 + step * 0.03)
        submit(tokyo, f"k{step}", c.Read(inject="nothing-such"))
        if step % 20 == 0:
            house.do(c.Note(text="not for teams"))
            house.do(c.Message(to=("tokyo",), text=f"{step}"))
        tokyo.show()
        seen = max(seen, tokyo.seen)
        if tokyo.connection.ended is not None:
            break
    assert seen >= 2


def test_n13_many_refusals_a_second_cost_a_station_its_rate(house: Beating) -> None:
    tokyo, seoul = house.join("tokyo", "Tanaka"), house.join("seoul", "Kim")
    house.do(c.Startex())
    for step in range(200):  # forty a second, for five seconds
        at = 30.0 + step * 0.025
        house.wind(at)
        if tokyo.connection.ended is None:
            submit(tokyo, f"k{step}", c.Read(inject="nothing-such"))
        seoul.connection.receive(encode(messages.Ping(seen=0)), at)
    assert tokyo.connection.ended is not None
    assert tokyo.connection.ended.code == "rate"
    assert seoul.connection.ended is None, "who sends as much that is not refused goes on"


def test_n13_an_outbox_of_sixteen_that_are_all_refused_is_no_flood(house: Beating) -> None:
    tokyo = house.join("tokyo", "Tanaka")
    for turn in range(20):
        house.wind(40.0 + turn * 4)
        for number in range(16):
            submit(tokyo, f"k{turn}-{number}", c.Message(to=("seoul",), text="before STARTEX"))
    assert tokyo.connection.ended is None
