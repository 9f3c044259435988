"""How many files and sockets this program may have open: raised at the start, and some kept for files."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Final

WANTED: Final = 65_536
LESS: Final = 10_240
"""What macOS allows where it says that it allows more."""

RESERVE: Final = 16
"""Descriptors that no connection gets: the log, the seats and the reports need some."""


def raise_limit() -> None:
    """Let this program open as many files as the system allows it, within reason."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (WANTED, LESS):
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if soft != resource.RLIM_INFINITY and most > soft:
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
                return


def limit() -> int | None:
    """Return how many descriptors this program may have open; None if nobody says."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415 - there is none on Windows

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft
