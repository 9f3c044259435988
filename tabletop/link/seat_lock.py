"""Lock a seat to one terminal: two on one computer would overwrite each other's outbox."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from tabletop.errors import InputError
from tabletop.system.private_file import make_private_folder


def lock_seat(outbox: Path) -> IO[bytes]:
    """Lock a seat's outbox until the returned file is closed or the program ends.

    Raises `InputError` if another program holds the lock.
    """
    path = outbox.with_name(f"{outbox.name}.lock")
    try:
        make_private_folder(path.parent)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {(error.strerror or '').lower()}") from error
    try:
        _lock(file)
    except OSError as error:
        file.close()
        raise InputError(
            "that seat is open in another terminal on this computer; continue there, or close it first"
        ) from error
    return file


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - only on Windows

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - not available on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
