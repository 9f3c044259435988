"""Makes a program fail from outside: Python imports this first where it is on the path.

`TABLETOP_TEST_FAULT` says where; the error quotes `TABLETOP_TEST_SECRET`, as an error may quote anything.
"""

from __future__ import annotations

import os
from typing import Any, NoReturn


def fail(*_: object, **__: object) -> NoReturn:
    """Raise an error that nobody foresaw, with a secret in a local variable and in its words."""
    secret = os.environ.get("TABLETOP_TEST_SECRET", "able-acid-also-area")
    raise KeyError(f"nothing known of {secret}")


async def fail_later(*_: object, **__: object) -> NoReturn:
    """Fail where a coroutine is wanted."""
    fail()


def draw_a_little(thread: Any) -> NoReturn:  # noqa: ANN401 - Textual's own thread
    """Write what comes first to the terminal, then fail."""
    for _ in range(5):
        thread._file.write(thread._queue.get())
        thread._file.flush()
    fail()


def apply(place: str) -> None:
    """Have that fail."""
    target: Any
    match place:
        case "key":  # ^ on any screen
            from textual.screen import Screen as target  # noqa: N813

            target.key_circumflex_accent = fail
        case "making the screen":
            from tabletop.tui.app import TabletopApp as target  # noqa: N813

            target.__init__ = fail
        case "serving":
            from tabletop.host.server import HostServer as target  # noqa: N813

            target.wait = fail_later
        case "writing to the terminal":
            from textual.drivers._writer_thread import WriterThread as target  # noqa: N813

            target.run = draw_a_little
        case "what is typed at the host":
            from tabletop.cli.host_prompt import HostPrompt as target  # noqa: N813

            target.do = fail


apply(os.environ.get("TABLETOP_TEST_FAULT", ""))
