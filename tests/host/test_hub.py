"""What the hub answers and tells, with whole stations around it and the network between them sound."""

from __future__ import annotations

import pytest

from tabletop.errors import InputError
from tabletop.exercise import commands as c
from tabletop.host import wire
from tabletop.host.chair import Chair
from tabletop.host.framing import encode, from_host
from tabletop.host.receipt import Receipt
from tabletop.link.submission import Stage
from tests.host.waiting import now
from tests.link.world import World
from tests.store.failing import FailingLog

CONSOLES = ("facilitator-1", "facilitator-2")


def given_to(world: World, seat: str, key: str) -> Stage:
    """How far a command has come, as the station that gave it shows it."""
    return world.stations[seat].client.submissions[key].stage


def delivered(world: World, seat: str, key: str) -> tuple[int, int]:
    """To how many of how many it was delivered, as the station that gave it shows it."""
    submission = world.stations[seat].client.submissions[key]
    return submission.delivered, submission.of


def running(*seats: str, log: FailingLog | None = None) -> World:
    """A world after STARTEX."""
    world = World(*seats, log=log)
    world.run(1)
    world.give("facilitator-1", c.Startex(), "start")
    world.run(1)
    return world


def test_f10_a_console_that_lost_the_chair_still_learns_what_it_had_recorded() -> None:
    world = running("tokyo", *CONSOLES)
    world.stations["facilitator-1"].cut = True
    frame = wire.Submit(key="note", command=c.Note(text="before"), epoch=1)
    assert isinstance(world.session.submit("facilitator", frame.command, "note"), Receipt)
    world.stations["facilitator-2"].client.take_over()
    world.run(1)
    world.give("facilitator-1", frame.command, "note")
    world.stations["facilitator-1"].cut = False
    world.run(2)
    assert given_to(world, "facilitator-1", "note") in (Stage.RECORDED, Stage.DELIVERED)


def test_f12_a_station_that_comes_back_is_told_how_far_its_commands_have_come_meanwhile() -> None:
    """Else it would say for ever that nobody has what everybody has."""
    world = running("tokyo", "seoul", "facilitator-1")
    world.stations["seoul"].cut = True
    world.give("tokyo", c.Message(to=("seoul",), text="Look"), "look")
    world.run(2)
    assert delivered(world, "tokyo", "look") == (1, 2), "to the console"
    world.stations["tokyo"].cut = True
    world.run(10)
    world.stations["seoul"].cut = False
    world.run(10)
    world.stations["tokyo"].cut = False
    world.run(10)
    assert delivered(world, "tokyo", "look") == (2, 2)


@pytest.mark.parametrize("landed", [True, False])
def test_f04_a_command_that_met_a_failing_log_is_answered_once_it_is_known_whether_it_was_recorded(
    landed: bool,
) -> None:
    log = FailingLog()
    world = running("tokyo", "facilitator-1", log=log)
    log.full, log.kept_anyway = True, landed
    world.give("tokyo", c.Message(to=("control",), text="first"), "first")
    world.run(1)
    world.give("tokyo", c.Message(to=("control",), text="second"), "second")
    world.run(8)
    assert given_to(world, "tokyo", "first") is Stage.SENDING
    assert given_to(world, "tokyo", "second") is Stage.REFUSED
    log.full = log.kept_anyway = False
    world.stations["facilitator-1"].client.recover("again")
    world.run(6)
    assert given_to(world, "tokyo", "first") is Stage.DELIVERED
    kinds = [record.event.type for record in world.log.read()]
    assert kinds.count("message-sent") == 1


def test_f03_everybody_is_told_that_the_log_records_again() -> None:
    log = FailingLog()
    world = running("tokyo", "facilitator-1", log=log)
    notices = [world.stations[seat].client for seat in ("tokyo", "facilitator-1")]
    log.full = log.kept_anyway = True
    world.session.submit("facilitator", c.Note(text="x"))
    world.run(1)
    assert all(client.notice.trouble for client in notices)
    log.full = log.kept_anyway = False
    assert world.session.recover()
    world.run(1)
    assert not any(client.notice.trouble for client in notices)


def test_f03_trouble_that_comes_and_goes_between_two_ticks_leaves_no_notice_behind() -> None:
    log = FailingLog()
    world = running("tokyo", "facilitator-1", log=log)
    log.full = True
    world.give("tokyo", c.Message(to=("control",), text="x"), "x")
    world.run(0.25)
    world.hub.alarm("something else")
    log.full = False
    assert world.session.recover()
    world.run(1)
    assert world.stations["tokyo"].client.notice.trouble is None


def test_f08_a_takeover_that_cannot_be_kept_does_not_happen_and_is_told() -> None:
    world = running("tokyo", *CONSOLES)

    def full(_: Chair) -> None:
        raise InputError("spring.db.chair cannot be written: no space left on device")

    world.chair.keep = full
    world.stations["facilitator-2"].client.take_over()
    world.run(1)
    first, second = (world.stations[seat].client for seat in CONSOLES)
    assert first.chair is not None
    assert second.chair is not None
    assert (first.chair.yours, second.chair.yours) == (True, False)
    assert any("no space left on device" in line for line in second.notice.says)
    world.chair.keep = None
    second.take_over()
    world.run(1)
    assert second.chair.yours


def test_f08_an_epoch_is_kept_before_anybody_hears_of_it() -> None:
    chair, kept = Chair(), list[tuple[int, str | None]]()

    def keep(new: Chair) -> None:
        assert chair.epoch == new.epoch - 1
        kept.append((new.epoch, new.holder))

    chair.keep = keep
    now(chair.take("one"))
    now(chair.take("two"))
    assert kept == [(1, "one"), (2, "two")]
    assert (chair.epoch, chair.holder) == kept[-1]


def test_f12_a_hello_that_was_held_up_does_not_send_away_the_station_that_connected_anew() -> None:
    world = running("tokyo", "facilitator-1")
    late = world.hub.open("10.0.0.2")
    world.run(1)
    world.restart_station("tokyo")
    world.run(1)
    assert world.stations["tokyo"].client.live
    late.receive(encode(wire.Hello(version=wire.VERSION, token="tokyo")), world.now)
    world.run(1)
    assert late.ended is not None
    assert world.stations["tokyo"].client.live
    assert world.stations["tokyo"].client.goodbye is None


@pytest.mark.parametrize(
    "hello",
    [
        encode(wire.Hello(version=wire.VERSION + 1, token="tokyo")),
        '{"type":"hello","version":2,"token":"tokyo","what-comes-later":{"a":[1]}}',
        '{"type":"hello","version":0}',
    ],
    ids=["newer", "newer and unlike ours", "older"],
)
def test_f19_a_station_of_another_version_is_told_to_install_the_same(hello: str) -> None:
    connection = World("tokyo").hub.open("10.0.0.2")
    connection.receive(hello, 0)
    text = connection.next_frame()
    assert text is not None
    goodbye = from_host(text)
    assert isinstance(goodbye, wire.Goodbye)
    assert goodbye.code == "version"
    assert goodbye.code in wire.LASTING
    assert "install the same tabletop on both" in goodbye.reason


def test_what_only_looks_like_a_hello_is_no_other_version() -> None:
    for text in ('{"type":"hello","version":"2"}', "[1]", "{", '{"type":"ping","version":2}'):
        connection = World("tokyo").hub.open("10.0.0.2")
        connection.receive(text, 0)
        assert connection.ended is not None
        assert connection.ended.code == "protocol"


def test_n11_a_host_that_is_closing_lets_nobody_in_again() -> None:
    """A station tries again at once, and the host listens for a moment longer."""
    world = running("tokyo", "facilitator-1")
    world.hub.shut("the host was closed")
    connection = world.hub.open("10.0.0.2")
    connection.receive(encode(wire.Hello(version=wire.VERSION, token="tokyo")), world.now)
    said = []
    while (frame := connection.next_frame()) is not None:
        said.append(from_host(frame))
    assert said == [wire.Goodbye(code="closing", reason="the host was closed")]
