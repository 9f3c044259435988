"""Read and atomically replace small files that only the user may read."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Final

from tabletop.errors import InputError

MAX_SIZE: Final = 32 * 1024 * 1024
"""Larger files are refused: tabletop writes none of this size."""


def write_private(path: Path, data: bytes) -> None:
    """Replace the file atomically and durably. Raises `InputError`; the file is then unchanged."""
    # Two stations of one user may write at the same time: each needs a temporary file of its own.
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
        except BaseException:  # also on Ctrl+C
            draft.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be written: {_reason(error)}") from error


def make_private_folder(folder: Path) -> None:
    """Create the folder and its parents for this user alone; existing ones stay as they are."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def read_private(path: Path) -> bytes | None:
    """Return the content of the file; None if it does not exist. Raises `InputError`.

    Access of others is removed: a file restored from a backup is often readable by all.
    """
    try:
        # Opening a pipe without O_NONBLOCK would wait for a writer.
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
    if sys.platform == "win32":  # journals names itself and cannot sync a folder
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
