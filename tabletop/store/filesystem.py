"""File system checks and operations for log files."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from tabletop.errors import InputError
from tabletop.store.log import LogCorrupt

if sys.platform != "win32":
    import fcntl

NETWORK_TYPES: Final = frozenset(
    {"afs", "ceph", "cifs", "davfs", "fuse.rclone", "fuse.sshfs", "lustre", "nfs", "nfs4", "smb3", "smbfs"}
)
_MOUNTS: Final = Path("/proc/self/mountinfo")


class Identity(NamedTuple):
    """Device and inode of a file, which tell it from another file at the same path."""

    device: int
    inode: int


def identity(path: Path) -> Identity | None:
    """Return the identity of the file at the path, or None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Identity(found.st_dev, found.st_ino)


def is_gone(path: Path) -> bool:
    """Return whether there is nothing at the path; False if that is unknown, as on a failing disk."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def companion(path: Path, kind: str) -> Path:
    """Return the path of a file beside a log, such as SQLite's `wal`, `shm` or `journal` file."""
    return path.with_name(f"{path.name}-{kind}")


def resolve_links(path: Path) -> Path:
    """Resolve symbolic links: SQLite keeps its files beside the target. Raises `InputError`."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle; a NUL in the name
        raise InputError(f"{path} cannot be reached: {_reason(error)}") from error


def check_log_file(path: Path, *, to_write: bool = False) -> None:
    """Raise `InputError` or `LogCorrupt` unless there is a file that could be a log."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise InputError(f"there is no log {path}") from None
    except OSError as error:
        raise InputError(f"the log {path} cannot be reached: {_reason(error)}") from error
    if stat.S_ISDIR(found.st_mode):
        raise InputError(f"{path} is a folder; name the log file in it")
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"{path} is not a file")
    if found.st_size == 0:
        raise LogCorrupt(f"{path} is empty: no exercise was ever recorded in it")
    if to_write and not os.access(path, os.W_OK):
        raise InputError(f"{path} is read-only: the exercise cannot continue in it")


def check_place(folder: Path) -> None:
    """Raise `InputError` if the folder is on a network drive, where locks and fsync are unreliable."""
    kind = mount_type(folder)
    if kind in NETWORK_TYPES or str(folder).startswith("\\\\"):
        raise InputError(
            f"{folder} is on a network drive ({kind or 'a share'}), where a log can be damaged or lost; "
            "keep it on a disk of this computer"
        )


def mount_type(folder: Path, mounts: Path = _MOUNTS) -> str | None:
    """Return the type of the folder's file system, or None if it cannot be determined."""
    try:
        lines = mounts.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    found, depth = None, -1
    for line in lines:
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) < 5 or not right:
            continue
        point = Path(_unescaped(fields[4]))
        # A later mount hides earlier ones at the same mount point.
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = right.split(" ")[0], len(point.parts)
    return found


def _unescaped(field: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, character)
    return field


def create_private(path: Path) -> None:
    """Create an empty file with mode 0600, and its folder if needed. Raises `InputError`."""
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except (OSError, ValueError) as error:
        if identity(path) is not None:
            raise InputError(f"{path} already exists, and a new log never replaces a file") from error
        raise InputError(f"no log can be written at {path}: {_reason(error)}") from error


def unused_path(path: Path) -> Path:
    """Return the first of NAME, NAME-2, NAME-3 … that does not exist."""
    names = (path if n == 1 else path.with_name(f"{path.stem}-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if identity(name) is None)


def preallocate(path: Path, size: int) -> None:
    """Preallocate an empty file with zeros, durably; leave it empty if the disk is full.

    Overwriting is faster than growing a file, and the preallocated space is still there when the disk has
    filled up.
    """
    with suppress(OSError):
        descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            os.write(descriptor, bytes(size))
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)


def sync(descriptor: int) -> None:
    """Flush the content of a file, whose length has not changed, to the disk. Raises OSError."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync leaves it in the drive's cache there
    elif sys.platform == "win32":
        os.fsync(descriptor)
    else:
        os.fdatasync(descriptor)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
