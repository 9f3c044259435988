"""Run an event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any


class LoopThread:
    """Run one coroutine in its own event loop and thread. The thread is a daemon."""

    def __init__(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._work = work
        self._ended: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    async def wait(self) -> None:
        """Wait until the coroutine has ended, and raise what it raised."""
        await asyncio.shield(asyncio.wrap_future(self._ended))

    @property
    def done(self) -> bool:
        """Whether the coroutine has ended."""
        return self._ended.done()

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=_loop_factory()) as runner:
                runner.run(self._work())
        except BaseException as error:
            self._ended.set_exception(error)
        else:
            self._ended.set_result(None)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's factory where it is available: it serves many stations with less latency."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 - not available on Windows

    return uvloop.new_event_loop
