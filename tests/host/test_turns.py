"""Requests take turns: in order, and with whatever else came in between them (F17)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from tabletop.host.turns import AT_ONCE, Turns


class Loop:
    """An event loop in which time passes only while a request is served."""

    def __init__(self) -> None:
        self.now = 0.0
        self.done: list[str] = []
        self._soon: deque[Callable[[], None]] = deque()
        self.turns = Turns(self._soon.append, lambda: self.now)

    def request(self, name: str, seconds: float) -> None:
        def serve() -> None:
            self.now += seconds
            self.done.append(name)

        self.turns.add(serve)

    def step(self) -> None:
        for _ in range(len(self._soon)):
            self._soon.popleft()()

    @property
    def idle(self) -> bool:
        return not self._soon


def test_f17_what_came_in_is_looked_at_after_each_slow_request() -> None:
    loop = Loop()
    for number in range(3):
        loop.request(f"{number}", 0.3)
    for number in range(3):
        assert loop.done == [str(one) for one in range(number)]
        loop.step()
    assert loop.idle


def test_f17_quick_requests_are_served_together_and_later_ones_come_after() -> None:
    loop = Loop()
    for number in range(5):
        loop.request(f"{number}", AT_ONCE / 10)
    loop.step()
    assert loop.done == ["0", "1", "2", "3", "4"]
    loop.request("5", 0)
    loop.step()
    assert loop.done[-1] == "5"
    assert loop.idle


def test_f17_a_request_made_by_a_request_is_served_too() -> None:
    loop = Loop()
    loop.turns.add(lambda: loop.request("inner", 0))
    loop.step()
    loop.step()
    assert loop.done == ["inner"]
    assert loop.idle
