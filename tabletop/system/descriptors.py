"""Raise this process's limit of open files and sockets, and reserve some for files."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Final

WANTED: Final = 65_536
LESS: Final = 10_240
"""Accepted by macOS where it rejects a higher limit."""

RESERVE: Final = 16
"""Descriptors that no connection may take: the log, the seats and the reports need some."""


def raise_limit() -> None:
    """Raise the soft limit of open files as far as the system allows, up to `WANTED`."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not available on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (WANTED, LESS):
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if soft != resource.RLIM_INFINITY and most > soft:
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
                return


def limit() -> int | None:
    """Return the soft limit of open files; None if it is unlimited or unknown."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415 - not available on Windows

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft
