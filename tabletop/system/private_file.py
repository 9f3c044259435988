"""Small files that only the user may read, replaced in one step."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Final

from tabletop.errors import InputError

MAX_SIZE: Final = 32 * 1024 * 1024
"""No file of ours comes near; a larger one is somebody else's."""


def write_private(path: Path, data: bytes) -> None:
    """Replace the file durably: after a crash there is the one before or the one after.

    Raises `InputError`; the file is then as it was.
    """
    # Two stations of one user may write at once: each needs a draft of its own.
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        make_private_folder(path.parent)
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:  # Ctrl+C leaves no draft either
            draft.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be written: {_reason(error)}") from error


def make_private_folder(folder: Path) -> None:
    """Make the folder, and those above it, for the user alone. What is there stays as it is."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def read_private(path: Path) -> bytes | None:
    """What is in the file; None if there is none. Raises `InputError`.

    Access that others had to it is taken away: a copy of a backup often comes back open to all.
    """
    try:
        # Opening a pipe would wait for somebody to write into it.
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_SIZE:
                raise InputError(f"{path} is not a file that tabletop wrote; move it away")
            if found.st_mode & 0o077 and os.name == "posix":
                path.chmod(0o600)
            return file.read()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {_reason(error)}") from error


def sync_folder(folder: Path) -> None:
    """Make the names of the files in the folder durable. Raises OSError."""
    if sys.platform == "win32":  # which keeps names in its own journal and cannot sync a folder
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
