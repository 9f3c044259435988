"""F14: in which order stations are served, without sockets and without a loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tabletop.host.stations import TURN, SendQueue


@dataclass
class Desk:
    """A send queue, those it served, and what the loop was asked to call."""

    calls: list[Callable[[], None]] = field(default_factory=list)
    served: list[str] = field(default_factory=list)
    send_queue: SendQueue = field(init=False)

    def __post_init__(self) -> None:
        self.send_queue = SendQueue(self.calls.append)

    def turn(self) -> list[str]:
        """Who is served the next time the loop comes round."""
        self.served.clear()
        (call,) = self.calls
        self.calls.clear()
        call()
        return [*self.served]


@dataclass(eq=False)
class Somebody:
    desk: Desk
    name: str
    urgent: bool = False

    def serve(self) -> None:
        self.urgent = False
        self.desk.served.append(self.name)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_nobody_is_served_before_the_work_at_hand_is_done(desk: Desk) -> None:
    one = Somebody(desk, "one")
    desk.send_queue.due(one)
    desk.send_queue.due(one)
    assert desk.served == []
    assert desk.turn() == ["one"]
    assert desk.calls == []


def test_who_waits_for_an_answer_is_served_before_all_who_are_told(desk: Desk) -> None:
    crowd = [Somebody(desk, str(number)) for number in range(500)]
    for one in crowd:
        desk.send_queue.due(one)
    crowd[400].urgent = True  # the receipt comes after the fan-out was begun
    desk.send_queue.due(crowd[400])
    assert desk.turn()[0] == "400"
    assert desk.served.count("400") == 1


def test_an_answer_during_a_long_round_does_not_wait_for_its_end(desk: Desk) -> None:
    crowd = [Somebody(desk, str(number)) for number in range(500)]
    for one in crowd:
        desk.send_queue.due(one)
    assert desk.turn() == [str(number) for number in range(TURN)]
    asker = Somebody(desk, "asker", urgent=True)
    desk.send_queue.due(asker)
    assert desk.turn() == ["asker", *(str(number) for number in range(TURN, 2 * TURN - 1))]
    while desk.calls:
        served = desk.turn()
    assert served[-1] == "499"


def test_who_is_due_again_while_being_served_comes_again(desk: Desk) -> None:
    class Talker(Somebody):
        def serve(self) -> None:
            super().serve()
            if len(self.desk.served) == 1:
                self.desk.send_queue.due(self)

    desk.send_queue.due(Talker(desk, "talker"))
    assert desk.turn() == ["talker"]
    desk.served.append("meanwhile")
    desk.calls[0]()
    assert desk.served == ["talker", "meanwhile", "talker"]


def test_who_has_gone_is_not_served(desk: Desk) -> None:
    one, other = Somebody(desk, "one"), Somebody(desk, "other", urgent=True)
    for somebody in (one, other):
        desk.send_queue.due(somebody)
        desk.send_queue.forget(somebody)
    assert desk.turn() == []
