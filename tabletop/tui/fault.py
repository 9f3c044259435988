"""End the screen on a fault of the program, and raise the fault instead of printing it.

Textual prints the traceback of an error that nobody caught, with the values of local variables. A projector
would show it, and those values hold what teams wrote and the codes that let people in.
"""

from __future__ import annotations

import asyncio
import errno
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, Final, TypeVar

from rich.console import Console, RenderableType
from textual.app import App

from tabletop.errors import ExitCode

T = TypeVar("T")

_LEAVE_SCREEN: Final = (
    "\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l"  # the mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[?7h\x1b[<u"  # focus, paste, resizing, wrapping, keyboard
    "\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Puts a terminal back when the thread that should have done it has died."""


class ScreenFaultError(RuntimeError):
    """The screen has closed because of an error that nobody caught, which is the cause of this one."""

    def __init__(self) -> None:
        super().__init__("an error that nobody caught has closed the screen")


class FaultRaisingApp(App[T]):
    """An application whose `run` and `run_async` raise `ScreenFaultError` once a fault has closed the screen.

    Faults are errors that nobody caught in messages, timers, workers, callbacks of the event loop and
    threads, and while the application starts and ends. Textual's own messages about them are not printed.
    """

    def __init__(self) -> None:
        super().__init__()
        self._faults: list[Exception] = []
        self._thread_died = False
        self.error_console = Console(quiet=True, stderr=True)

    def fail(self, error: Exception) -> None:
        """Close the screen because of an error that nobody caught; for the thread of the event loop."""
        self._keep(error)
        self.exit(return_code=ExitCode.FAULT)

    async def run_async(self, **options: Any) -> T | None:
        """Run until the user leaves. Raises `ScreenFaultError` if a fault closed the screen."""
        result = None
        try:
            with self._uncaught_elsewhere():
                result = await super().run_async(**options)
        except Exception as error:
            self._keep(error)
        finally:
            if self._thread_died and sys.__stderr__ is not None:
                with suppress(OSError, ValueError):
                    sys.__stderr__.write(_LEAVE_SCREEN)
                    sys.__stderr__.flush()
        if self._faults:
            first, *others = self._faults
            raise ScreenFaultError from (ExceptionGroup("several", self._faults) if others else first)
        return result

    # How Textual tells of an error that nobody caught ---------------------------------------------

    def bell(self) -> None:
        """Ring the bell. Textual does so when it meets an error, which is being handled at that moment."""
        error = sys.exception()
        if self.return_code and isinstance(error, Exception):
            self._keep(error)
            _hide_tracebacks(error)
        super().bell()

    def panic(self, *renderables: RenderableType) -> None:
        """Close the screen, and keep the error that Textual would print."""
        error = sys.exception()
        if isinstance(error, Exception):
            self._keep(error)
        else:  # the thread that reads the keyboard has met it, and sends the traceback
            self._keep(RuntimeError("\n".join(map(_described, renderables))))
        super().panic()

    def _keep(self, error: Exception) -> None:
        if not any(error is known for known in self._faults):
            self._faults.append(error)

    # What Textual does not hear of ----------------------------------------------------------------

    @contextmanager
    def _uncaught_elsewhere(self) -> Iterator[None]:
        """Hear of errors that nobody caught in threads, and in callbacks of a loop that nobody watches."""
        loop = asyncio.get_running_loop()
        hook = threading.excepthook

        def thread_died(args: threading.ExceptHookArgs) -> None:
            error = args.exc_value
            if not isinstance(error, Exception) or _terminal_gone(error):
                return
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._thread_failed, error)

        threading.excepthook = thread_died
        watched = loop.get_exception_handler() is not None
        if not watched:
            loop.set_exception_handler(self._callback_failed)
        try:
            yield
        finally:
            threading.excepthook = hook
            if not watched:
                loop.set_exception_handler(None)

    def _thread_failed(self, error: Exception) -> None:
        self._thread_died = True
        self.fail(error)

    def _callback_failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception) and "handle" in context:
            self.fail(error)
        else:  # about connections, which mend by themselves
            loop.default_exception_handler(context)


def _hide_tracebacks(error: Exception) -> None:
    """Take the tracebacks from an error and from those behind it until the event loop goes on.

    Textual formats them at once, although nobody sees it. The values of local variables lead to the
    whole exercise: with 5,000 injects, screen and host would stand still for half a minute.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # in a thread of its own, which may take its time
        return
    hidden: list[tuple[BaseException, TracebackType | None]] = []
    behind: list[BaseException | None] = [error]
    while behind:
        one = behind.pop()
        if one is None or any(one is known for known, _ in hidden):
            continue
        hidden.append((one, one.__traceback__))
        behind += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            behind += one.exceptions
        one.__traceback__ = _bare_traceback()

    def restore() -> None:
        for one, traceback in hidden:
            one.__traceback__ = traceback

    loop.call_soon(restore)


def _bare_traceback() -> TracebackType | None:
    """Return a traceback of one frame without variables: Rich refuses to format an error that has none."""
    try:
        raise RuntimeError
    except RuntimeError as error:
        return error.__traceback__


def _terminal_gone(error: Exception) -> bool:
    """Say whether the terminal was closed, which ends the program in other ways and is no fault of it."""
    return isinstance(error, OSError) and error.errno == errno.EIO


def _described(renderable: RenderableType) -> str:
    """Return a traceback of Rich as text, without local variables; anything else as it is."""
    trace = getattr(renderable, "trace", None)
    if trace is None:
        return str(renderable)
    lines: list[str] = []
    for stack in reversed(trace.stacks):
        lines += [
            f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in stack.frames
        ]
        lines.append(f"{stack.exc_type}: {stack.exc_value}")
    return "\n".join(lines)
