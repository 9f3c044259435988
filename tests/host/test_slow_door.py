"""While the disk keeps who has a seat, a pen or the chair, nobody is told and nobody else waits (F17)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.host import wire
from tabletop.host.connection import HELLO_WITHIN, Connection
from tabletop.host.framing import encode, from_host
from tests.host.hosted import House
from tests.host.slow_disk import SlowDisk

TOKEN = "0123456789abcdef" * 4


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def knock(house: House, *, code: str | None = None) -> Connection:
    """Somebody connects and says hello."""
    connection = house.hosting.hub.open("10.0.0.9")
    hello = wire.Hello(version=wire.VERSION, code=code, token=TOKEN, name="Tanaka", role="")
    connection.receive(encode(hello), house.time.seconds)
    return connection


def told(connection: Connection) -> list[str]:
    """The kinds of frames that it is sent."""
    kinds = []
    while (text := connection.next_frame()) is not None:
        kinds.append(type(from_host(text)).__name__)
    return kinds


def test_f17_whoever_comes_is_let_in_once_their_seat_is_kept(house: House) -> None:
    tokyo = house.join("tokyo", "Sato")
    disk = SlowDisk(house.session.turns)
    coming = knock(house, code=house.code("tokyo"))
    assert told(coming) == []
    assert len(house.hosting.door.seats()) == 1
    tokyo.say(wire.Ping(seen=tokyo.seen, shown=tokyo.seen))
    assert tokyo.last(wire.Pong) is not None
    disk.answer_all()
    assert told(coming)[0] == "Welcome"
    assert len(house.hosting.door.seats()) == 2


def test_f17_whoever_waits_at_the_door_has_said_hello(house: House) -> None:
    disk = SlowDisk(house.session.turns)
    coming = knock(house, code=house.code("tokyo"))
    coming.receive(encode(wire.Ping(seen=0, shown=0)), house.time.seconds)
    house.pass_time(HELLO_WITHIN + 1)
    assert coming.ended is None
    disk.answer_all()
    assert told(coming)[0] == "Welcome"


def test_f17_whoever_left_meanwhile_has_the_seat_and_comes_back_to_it(house: House) -> None:
    disk = SlowDisk(house.session.turns)
    coming = knock(house, code=house.code("tokyo"))
    house.hosting.hub.closed(coming)
    disk.answer_all()
    assert told(coming) == []
    assert not house.hosting.hub.presence.here
    again = knock(house)
    assert told(again)[0] == "Welcome"


def test_f17_whoever_left_before_their_turn_has_used_no_code(house: House) -> None:
    control = house.join(c.FACILITATOR, "Kim")
    disk = SlowDisk(house.session.turns)
    code = house.code("tokyo")
    control.say(wire.Submit(key="k", command=c.Note(text="slow"), epoch=1))
    coming = knock(house, code=code)
    house.hosting.hub.closed(coming)
    disk.answer_all()
    assert not any(seat.acts_as == "tokyo" for seat in house.hosting.door.seats())
    assert house.code("tokyo") == code


def test_f17_f08_what_a_console_asked_for_before_a_takeover_was_kept_is_judged_after_it(house: House) -> None:
    first, second = house.join(c.FACILITATOR, "Kim"), house.join(c.FACILITATOR, "Lee")
    disk = SlowDisk(house.session.turns)
    second.say(wire.TakeOver())
    first.say(wire.Submit(key="k", command=c.Note(text="late"), epoch=1))
    assert second.last(wire.Chair) is None
    disk.answer_all()
    refused = first.last(wire.Refused)
    assert isinstance(refused, wire.Refused)
    assert refused.code == "stale-epoch"
    chair = second.last(wire.Chair)
    assert isinstance(chair, wire.Chair)
    assert chair.yours


def test_f17_what_a_seat_asked_for_before_it_was_taken_back_is_not_recorded_after(house: House) -> None:
    house.do(c.Startex())
    tokyo = house.join("tokyo", "Sato")
    disk = SlowDisk(house.session.turns)
    house.session.turns.take(house.hosting.reception.arrange("revoke", tokyo.id))
    tokyo.say(wire.Submit(key="k", command=c.Message(to=("control",), text="late"), epoch=0))
    house.hosting.hub.closed(tokyo.connection)
    disk.answer_all()
    assert not house.session.knows("tokyo", "k")


def test_f17_a_seat_that_is_being_taken_back_lets_nobody_in(house: House) -> None:
    tokyo = house.join("tokyo", "Sato")
    disk = SlowDisk(house.session.turns)
    house.session.turns.take(house.hosting.reception.arrange("revoke", tokyo.id))
    assert house.hosting.door.authenticate(str(tokyo.welcome.token)) is None
    disk.answer_all()
    assert tokyo.connection.ended is not None
    assert tokyo.connection.ended.code == "revoked"
