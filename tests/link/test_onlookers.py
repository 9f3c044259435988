"""Seats that play no team: the wall, observers and evaluators."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.link.credentials import Credentials
from tabletop.protocol import messages
from tests.commands import EVERY_COMMAND
from tests.link.world import World


@pytest.fixture
def world() -> World:
    world = World("facilitator-1", "tokyo", "wall-1", "observer-1", "evaluator-1")
    world.run(1)
    world.give("facilitator-1", c.Startex(), "start")
    world.run(1)
    return world


def answer(world: World, seat: str, key: str) -> messages.Receipt | messages.Refused:
    return next(given for submission, given in world.stations[seat].answers if submission.key == key)


@pytest.mark.parametrize("seat", ["wall-1", "observer-1"])
def test_b16_the_host_refuses_whatever_an_onlooker_asks_for(world: World, seat: str) -> None:
    before = len(list(world.log.read()))
    for number, command in enumerate(EVERY_COMMAND):
        world.give(seat, command, f"k{number}")
        world.run(0.5)
    answers = [given for _, given in world.stations[seat].answers]
    assert len(answers) == len(EVERY_COMMAND)
    assert all(isinstance(given, messages.Refused) and given.code == "wrong-seat" for given in answers)
    assert all(isinstance(given, messages.Refused) and "only watches" in given.message for given in answers)
    assert len(list(world.log.read())) == before


def test_the_wall_has_numbers_of_its_own_and_sees_what_went_to_all(world: World) -> None:
    everybody = ("washington", "tokyo", "seoul")
    given: dict[str, c.Command] = {
        "a": c.Message(to=everybody, text="Lunch is at noon."),
        "b": c.Message(to=("tokyo",), text="CANARY"),
        "c": c.Note(text="CANARY"),
        "d": c.AdHoc(title="News", sender="Press", channel="tv", to=everybody, text="For all."),
        "e": c.AdHoc(title="CANARY", sender="CANARY", channel="tv", to=everybody[:2], text="CANARY"),
        "f": c.Pausex(reason="CANARY"),
    }
    for key, command in given.items():
        world.give("facilitator-1", command, key)
    world.run(2)
    wall = world.stations["wall-1"]
    assert [sight.number for sight in wall.shown] == list(range(1, len(wall.shown) + 1))
    assert [sight.event.type for sight in wall.shown] == [
        *("exercise-started", "message-sent", "inject-released", "play-paused")
    ]
    assert all((sight.seat, sight.seq, sight.wall) == ("", 0, "") for sight in wall.shown)
    assert not any("CANARY" in text for text in wall.received)


def test_what_an_evaluator_records_carries_the_name_that_the_host_knows(world: World) -> None:
    world.admission.codes["code-evaluator-2"] = "evaluator-2"
    world.stations["evaluator-2"] = world.station(
        "evaluator-2", credentials=Credentials(code="code-evaluator-2", name="Kim", role="Navy")
    )
    world.run(1)
    world.give("evaluator-2", c.Observe(text="They rang first.", team="tokyo"), "o")
    world.give("evaluator-2", c.Grade(objective="share", rating="S", note="Late"), "g")
    world.run(1)
    assert isinstance(answer(world, "evaluator-2", "o"), messages.Receipt)
    judged = [(r.seat, r.event.author) for r in world.log.read() if isinstance(r.event, e.JudgementEvent)]
    assert judged == [("evaluator", "Kim")] * 2
    assert not any("They rang first" in text for text in world.stations["tokyo"].received)


def test_a_note_made_while_the_host_is_gone_is_recorded_once_it_is_back(world: World) -> None:
    world.stations["evaluator-1"].cut = True
    world.give("evaluator-1", c.Observe(text="Nobody called."), "o")
    world.run(10)
    world.restart_station("evaluator-1")
    world.kill_host()
    world.run(5)
    assert isinstance(answer(world, "evaluator-1", "o"), messages.Receipt)
    assert [record.event for record in world.log.read() if record.key == "o"] == [
        e.ObservationMade(text="Nobody called.", author="evaluator-1")
    ]


def test_the_facilitator_is_told_how_each_kind_of_seat_comes_back(world: World) -> None:
    world.hub.presence.rejoin = "tabletop {verb} 10.0.0.1"
    for seat in ("wall-1", "observer-1", "tokyo"):
        world.stations[seat].cut = True
    world.run(9)
    says = " ".join(world.hub.presence.warnings(0.0))
    for verb in ("wall", "watch", "join"):
        assert f"`tabletop {verb} 10.0.0.1`" in says
