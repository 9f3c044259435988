"""An event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any


class LoopThread:
    """Runs one coroutine in a loop of its own. The thread ends with it, or with the program."""

    def __init__(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._work = work
        self._ended: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    async def wait(self) -> None:
        """Wait until the coroutine has ended. Raises what it raised."""
        await asyncio.shield(asyncio.wrap_future(self._ended))

    @property
    def done(self) -> bool:
        """Whether it has ended."""
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
    """Return uvloop's, where it exists: it serves many stations with less delay."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 - there is none on Windows

    return uvloop.new_event_loop
