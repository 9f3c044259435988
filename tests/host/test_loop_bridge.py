"""N2: the way between the network's thread and the session's: in order, bounded, and nobody is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from itertools import pairwise
from typing import Any

from tabletop.host.loop_bridge import TURN, BoundedCrossing, LoopBridge
from tabletop.system.loop_thread import LoopThread


async def test_everything_arrives_once_and_in_order_from_another_thread() -> None:
    got: list[int] = []
    done = asyncio.Event()

    def take(number: int) -> None:
        got.append(number)
        if number == 20_000:
            done.set()

    crossing = LoopBridge(asyncio.get_running_loop(), take)

    async def send() -> None:
        for number in range(20_001):
            crossing.put(number)

    def work() -> Coroutine[Any, Any, None]:
        return send()

    thread = LoopThread("sender", work)
    thread.start()
    await asyncio.wait_for(done.wait(), 30)
    assert got == list(range(20_001))
    await thread.wait()


async def test_the_loop_does_other_things_between_turns() -> None:
    got: list[int] = []
    crossing = LoopBridge(asyncio.get_running_loop(), got.append)
    for number in range(10 * TURN):
        crossing.put(number)
    seen = []
    while len(got) < 10 * TURN:
        await asyncio.sleep(0)
        seen.append(len(got))
    assert max(after - before for before, after in pairwise(seen)) <= TURN


async def test_n2_whoever_finds_it_full_is_called_once_there_is_room() -> None:
    got: list[int] = []
    called: list[int] = []
    crossing = BoundedCrossing(
        asyncio.get_running_loop(), got.append, most=100, room=lambda: called.append(len(got))
    )
    put = 0
    while crossing.try_put(put):
        put += 1
    assert put == 100
    assert not called
    await asyncio.sleep(0.05)
    assert got == list(range(100))
    assert called == [50]
    assert crossing.try_put(100)


async def test_n2_a_sender_that_waits_for_room_is_never_left_waiting() -> None:
    """Two threads at full speed: each time the way is full, the sender stops until it is called."""
    got: list[int] = []
    done = asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []
    room = asyncio.Event()
    last = 50_000

    def take(number: int) -> None:
        got.append(number)
        if number == last:
            done.set()

    def has_room() -> None:
        loops[0].call_soon_threadsafe(room.set)

    crossing = BoundedCrossing(asyncio.get_running_loop(), take, most=16, room=has_room)

    async def send() -> None:
        loops.append(asyncio.get_running_loop())
        for number in range(last + 1):
            while not crossing.try_put(number):
                await room.wait()
                room.clear()

    thread = LoopThread("sender", send)
    thread.start()
    await asyncio.wait_for(done.wait(), 60)
    assert got == list(range(last + 1))
    await thread.wait()


async def test_a_delivery_that_raises_keeps_nothing_else_back() -> None:
    got: list[int] = []
    faults: list[object] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: faults.append(context["exception"]))

    def take(number: int) -> None:
        if number == 3:
            raise LookupError
        got.append(number)

    crossing = LoopBridge(loop, take)
    for number in range(6):
        crossing.put(number)
    await asyncio.sleep(0.05)
    assert got == [0, 1, 2, 4, 5]
    assert len(faults) == 1
