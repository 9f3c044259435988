"""End the program when its terminal is gone, also where SIGHUP is ignored, as under `nohup`.

Nobody could pause play or leave any more, and Textual would read the end of its input again and again, which
takes a whole core.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from contextlib import suppress
from threading import Thread


def end_with_terminal() -> None:
    """Watch the terminal that keys come from, if there is one. Call this in a running event loop."""
    if sys.platform == "win32" or sys.__stdin__ is None or not sys.__stdin__.isatty():
        return
    loop, terminal = asyncio.get_running_loop(), sys.__stdin__.fileno()

    def watch() -> None:
        if _wait_for_hangup(terminal):
            with suppress(RuntimeError):  # the loop has ended meanwhile, and the program with it
                loop.call_soon_threadsafe(_end)

    Thread(target=watch, name="hangup", daemon=True).start()


def _wait_for_hangup(terminal: int) -> bool:
    """Wait until the other end of a terminal is closed; return False where the system cannot tell."""
    poll = select.poll()
    poll.register(terminal, 0)  # POLLHUP is always reported
    return any(event & select.POLLHUP for _, event in poll.poll())


def _end() -> None:
    """Have the signal end the program, also where it is ignored; whoever handles it does so first."""
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGHUP)
