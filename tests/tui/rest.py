"""When a program on the screen has nothing more to do: known, not guessed from how busy the computer is."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

from textual._context import active_app
from textual._wait import wait_for_idle
from textual.app import App
from textual.screen import Screen

_LOOK = 0.002
_PATIENCE = 30.0
"""Seconds after which a program that holds its drawing back will never draw."""


async def at_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until every message was dealt with and everything is drawn; take the place of Textual's wait.

    Textual guesses: it looks every 20 ms whether the process used less than 1 ms. Tests that press keys
    spend most of their time in that, and a process that is kept from running passes for one at rest.
    What threads do cannot be seen from here: beside them the guess has to do.

    `max_sleep` is how many seconds of work it may take; something that never rests is left to itself then.
    """
    if threading.active_count() > 1:
        await wait_for_idle(min_sleep, max_sleep)
        return
    app = active_app.get()
    end = time.process_time() + max_sleep
    async with asyncio.timeout(_PATIENCE):
        while await _drained(end):
            await app.animator.wait_until_complete()
            if not await _go_on(app):
                return


async def _drained(end: float) -> bool:
    """Let everything run that waits for nothing but its turn; whether it is done before that much work."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    quiet = 0
    while quiet < 2:  # in between, the loop has looked for what came in
        await asyncio.sleep(0)
        quiet = 0 if ready else quiet + 1
        if time.process_time() > end:
            return False
    return True


async def _go_on(app: App[Any]) -> bool:
    """Do at once what is to be done at the end of a short timer; whether there was anything."""
    if app._exit:
        return False
    to_draw = [screen for screen in (*app._background_screens, app.screen) if _waits(screen)]
    if app._batch_count:
        await asyncio.sleep(_LOOK)  # while it changes screens the program draws nothing
    elif app._resize_event is not None:
        app._check_resize()
    else:
        for screen in to_draw:
            screen._on_timer_update()
        return bool(to_draw)
    return True


def _waits(screen: Screen[Any]) -> bool:
    return bool(screen._callbacks) or screen._update_timer._active.is_set()
