"""N6: what a team enters while the host is away, or has just come back, waits until play goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.link.client import AT_ONCE, DEFERRED_RETRY
from tabletop.protocol import framing, messages
from tabletop.protocol.submission import SubmissionStage
from tests.host.hosted import House, Joined
from tests.link.world import World

CONSOLE = "facilitator-1"


@pytest.fixture
def world() -> World:
    """A team that holds a decision, six minutes into play."""
    world = World("tokyo", CONSOLE)
    world.run(1)
    beginning: list[c.Command] = [c.Startex(), c.Auto(on=True), c.Rate(rate=20.0)]
    for number, command in enumerate(beginning):
        world.give(CONSOLE, command, f"begin-{number}")
    while ("alert", "tokyo") not in world.session.state.decisions:
        world.run(0.25)
    world.give(CONSOLE, c.Rate(rate=1.0), "real-time")
    world.run(1)
    return world


def decide(option: str = "quiet") -> c.Decide:
    return c.Decide(decision="alert", option=option, rationale="As agreed")


def away(world: World) -> None:
    """Tokyo's link is down."""
    world.stations["tokyo"].cut = True
    world.run(8)
    assert not world.stations["tokyo"].client.live


def back(world: World) -> None:
    world.stations["tokyo"].cut = False
    world.run(2)
    assert world.stations["tokyo"].client.live


def why_refused(world: World, key: str) -> str:
    refusal = world.stations["tokyo"].client.submissions[key].refusal
    assert refusal is not None
    return refusal.message


def stage(world: World, key: str) -> SubmissionStage:
    return world.stations["tokyo"].client.submissions[key].stage


def recorded(world: World, kind: str) -> list[str]:
    """Keys of the events of that kind in the log, in order."""
    return [record.key for record in world.log.read() if record.event.type == kind]


def resume(world: World, key: str = "go-on") -> None:
    world.give(CONSOLE, c.Resume(), key)
    world.run(2)


def test_n6_what_was_entered_while_the_host_was_away_waits_and_is_recorded_once(world: World) -> None:
    away(world)
    world.give("tokyo", decide(), "alert")
    assert stage(world, "alert") is SubmissionStage.WAITING
    world.kill_host()
    back(world)
    assert world.session.state.stage.value == "paused"
    world.run(3 * DEFERRED_RETRY)
    assert stage(world, "alert") is SubmissionStage.WAITING
    assert [entry.key for entry in world.stations["tokyo"].outbox.entries] == ["alert"]
    resume(world)
    assert stage(world, "alert") in (SubmissionStage.RECORDED, SubmissionStage.DELIVERED)
    assert recorded(world, "decision-recorded") == ["alert"]
    assert not world.stations["tokyo"].outbox.entries


def test_n6_what_was_on_its_way_when_the_host_died_waits_too(world: World) -> None:
    station = world.stations["tokyo"]
    world.give("tokyo", decide(), "alert")
    world.kill_host()  # before the network had carried it
    world.run(3)
    assert station.client.live
    assert stage(world, "alert") is SubmissionStage.WAITING
    resume(world)
    assert recorded(world, "decision-recorded") == ["alert"]


def test_n6_what_was_recorded_and_not_answered_is_answered_at_once(world: World) -> None:
    station = world.stations["tokyo"]
    world.give("tokyo", decide(), "alert")
    world.session.submit("tokyo", decide(), "alert")
    world.kill_host()
    world.run(3)
    assert station.client.submissions["alert"].recorded
    assert recorded(world, "decision-recorded") == ["alert"]


def test_n6_while_play_is_paused_after_a_restart_what_is_entered_waits(world: World) -> None:
    world.kill_host()
    world.run(3)
    world.give("tokyo", decide(), "alert")
    world.run(1)
    assert stage(world, "alert") is SubmissionStage.WAITING
    resume(world)
    assert recorded(world, "decision-recorded") == ["alert"]


def test_n6_it_outlives_the_station_and_a_second_restart_of_the_host(world: World) -> None:
    world.kill_host()
    world.run(3)
    world.give("tokyo", decide(), "alert")
    world.run(1)
    world.restart_station("tokyo")
    world.run(2)
    assert stage(world, "alert") is SubmissionStage.WAITING
    world.kill_host()
    world.run(3)
    resume(world)
    assert recorded(world, "decision-recorded") == ["alert"]


def test_n6_an_ordinary_pausex_refuses_what_is_entered_under_it(world: World) -> None:
    world.give(CONSOLE, c.Pausex(), "pause")
    world.run(1)
    world.give("tokyo", decide(), "alert")
    world.run(1)
    assert stage(world, "alert") is SubmissionStage.REFUSED
    assert "play is paused" in why_refused(world, "alert")
    resume(world)
    world.kill_host()
    world.run(3)
    resume(world, "go-on-2")
    world.give(CONSOLE, c.Pausex(), "pause-2")
    world.run(1)
    world.give("tokyo", decide(), "again")
    world.run(1)
    assert stage(world, "again") is SubmissionStage.REFUSED, (
        "that there was a restart earlier changes nothing"
    )


def test_n6_under_pausex_what_was_entered_without_a_link_waits_and_what_is_new_is_refused(
    world: World,
) -> None:
    away(world)
    world.give("tokyo", decide("quiet"), "away")
    world.give(CONSOLE, c.Pausex(), "pause")
    world.run(1)
    back(world)
    world.give("tokyo", decide("okinawa"), "new")
    world.run(1)
    assert stage(world, "away") is SubmissionStage.WAITING
    assert stage(world, "new") is SubmissionStage.REFUSED
    resume(world)
    assert recorded(world, "decision-recorded") == ["away"]


def test_n6_what_needs_no_play_is_recorded_meanwhile_however_much_waits(world: World) -> None:
    away(world)
    for number in range(AT_ONCE + 4):
        world.give("tokyo", c.Consult(with_=("seoul",), text=f"Ask {number}"), f"ask-{number}")
    world.kill_host()
    back(world)
    world.give("tokyo", c.Message(to=("control",), text="We wait"), "message")
    world.run(2)
    assert stage(world, "message") is SubmissionStage.DELIVERED
    assert recorded(world, "consult-requested") == []
    resume(world)
    assert recorded(world, "consult-requested") == [f"ask-{number}" for number in range(AT_ONCE + 4)]


def test_n6_nothing_overtakes_what_waits(world: World) -> None:
    """Play goes on between two commands of a station that has not heard of it: the later one comes second."""
    away(world)
    world.give("tokyo", decide("quiet"), "first")
    world.give(CONSOLE, c.Pausex(), "pause")
    world.run(1)
    back(world)
    connection = world.stations["tokyo"].connection
    assert connection is not None
    assert stage(world, "first") is SubmissionStage.WAITING
    world.session.submit("facilitator", c.Resume(), "go-on")
    late = messages.Submit(key="second", command=decide("okinawa"), after="first")
    connection.receive(framing.encode(late), world.now)
    assert recorded(world, "decision-recorded") == []
    world.run(2)
    world.give("tokyo", decide("okinawa"), "second")
    world.run(2)
    assert recorded(world, "decision-recorded") == ["first", "second"]


def test_n6_what_makes_no_sense_any_more_once_play_goes_on_is_refused_with_the_reason(world: World) -> None:
    away(world)
    world.give("tokyo", decide(), "alert")
    world.give(CONSOLE, c.Gate(), "gate")
    world.run(1)
    back(world)
    assert stage(world, "alert") is SubmissionStage.WAITING
    world.give(CONSOLE, c.BeginPhase(), "phase")
    world.run(2)
    assert stage(world, "alert") is SubmissionStage.REFUSED
    assert recorded(world, "decision-recorded") == []
    away(world)
    world.give("tokyo", c.State(text="We are here"), "state")
    world.give(CONSOLE, c.Endex(), "end")
    world.run(1)
    back(world)
    assert "the exercise has ended" in why_refused(world, "state")


@pytest.mark.parametrize("understands", [(), ("deferred",)])
def test_n6_a_station_of_before_is_refused_as_before_and_sends_no_new_words(
    understands: tuple[str, ...], tmp_path: Path
) -> None:
    """It would not know what a deferral is."""
    house = House(tmp_path)
    house.do(c.Startex())
    house.do(c.Pausex())
    hello = messages.Hello(version=messages.VERSION, code=house.code("tokyo"), understands=understands)
    station = Joined(house, hello)
    station.say(messages.Submit(key="a", command=c.State(text="We watch"), defer=True))
    refused, deferred = station.last(messages.Refused), station.last(messages.Deferred)
    assert (refused is None) == (deferred is not None) == bool(understands)
    assert set(messages.Submit(key="a", command=c.State(text="x")).model_dump()) == {
        "type",
        "key",
        "command",
        "epoch",
    }


def test_n6_a_window_runs_while_a_link_is_down_and_stands_while_play_is_paused(world: World) -> None:
    away(world)
    world.give("tokyo", decide(), "alert")
    asked = world.session.state.decisions["alert", "tokyo"]
    world.kill_host()
    world.run(600)
    assert world.session.now <= asked.due
    back(world)
    resume(world)
    assert not world.session.state.decisions["alert", "tokyo"].late
