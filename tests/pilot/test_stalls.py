"""The loop of the screens is never held up for long (F17).

What counts is the time for which the loop's own thread worked, so that other programs on the machine hold up
nobody here; waiting on a disk is tried in `tests/link/test_disk.py`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import events

from tabletop.exercise import commands as c
from tabletop.tui.kit.words_field import WordsField
from tests.tui.console.staging import LARGE, Play, console

ALLOWED = 0.2
PASTE = "word 漢字 [/b] " * 770
"""10,010 characters."""


@asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """How long the loop worked between two looks at whatever else is due, in seconds."""
    stalls: list[float] = []

    async def look() -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0)
            stalls.append(time.thread_time() - before)

    looking = asyncio.create_task(look())
    try:
        yield stalls
    finally:
        looking.cancel()


async def test_f17_a_paste_of_ten_thousand_characters_stalls_nobody() -> None:
    play = Play().start()
    async with console(play, LARGE) as desk:
        await desk.press("n")
        async with watched() as stalls:
            box = desk.app.focused
            assert isinstance(box, WordsField)
            box.post_message(events.Paste(PASTE))
            await desk.pilot.pause()
            await desk.pilot.pause()
            assert len(box.text) >= 10_000
        assert max(stalls) < ALLOWED
        await desk.press("escape")


async def test_f17_a_long_note_is_recorded_and_drawn_without_a_stall() -> None:
    play = Play().start()
    async with console(play, LARGE) as desk:
        async with watched() as stalls:
            for _ in range(5):
                play.do(c.Note(text=PASTE))
            await desk.pilot.pause()
            await desk.settle()
        assert max(stalls) < ALLOWED


async def test_f17_the_watchdog_barks() -> None:
    async with watched() as stalls:
        await asyncio.sleep(0)
        end = time.thread_time() + 0.25
        while time.thread_time() < end:
            pass
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert max(stalls) > ALLOWED
