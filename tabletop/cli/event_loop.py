"""The event loop of network verbs, and SIGTERM."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from tabletop.errors import ExitCode, TabletopError

T = TypeVar("T")


class TerminatedError(TabletopError):
    """The program was shut down by SIGTERM."""

    exit_code = ExitCode.TERMINATED


@contextmanager
def on_sigterm(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` on SIGTERM, which must end the block soon; then raise `TerminatedError`.

    Service managers and system shutdown send SIGTERM.
    """
    if sys.platform == "win32":  # there is no SIGTERM
        yield
        return
    loop, told = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        if not told.is_set():
            told.set()
            end()

    loop.add_signal_handler(signal.SIGTERM, tell)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
    if told.is_set():
        raise TerminatedError("The program was stopped (SIGTERM).")


def run(work: Coroutine[Any, Any, T], fault: Callable[[Exception], None] | None = None) -> T:
    """Run a coroutine, on uvloop where available, which has less delay with many stations.

    `fault` is called with uncaught errors of callbacks, tasks and threads, which do not end the program.
    """
    watched = work if fault is None else _watched(work, fault)
    if sys.platform == "win32":
        return asyncio.run(watched)
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(watched)


async def _watched(work: Coroutine[Any, Any, T], fault: Callable[[Exception], None]) -> T:
    """Await `work` while uncaught errors go to `fault`; an error that repeats is reported once."""
    loop, hook = asyncio.get_running_loop(), threading.excepthook
    told = ""

    def tell(error: Exception) -> None:
        nonlocal told
        if repr(error) != told:
            told = repr(error)
            fault(error)

    def uncaught(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception) and not isinstance(error, OSError):
            tell(error)
        else:  # connection errors; stations reconnect
            loop.default_exception_handler(context)

    def thread_died(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception) and not loop.is_closed():
            loop.call_soon_threadsafe(tell, args.exc_value)

    loop.set_exception_handler(uncaught)
    threading.excepthook = thread_died
    try:
        return await work
    finally:
        threading.excepthook = hook
