"""Translate errors of SQLite and the operating system into errors for users."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tabletop.store.log import LogCorrupt, LogFailed, LogInUse

_SAME_AS: Final[Mapping[int | None, int]] = {
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EDQUOT: sqlite3.SQLITE_FULL,
    errno.EIO: sqlite3.SQLITE_IOERR,
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.EACCES: sqlite3.SQLITE_CANTOPEN,
}
"""The SQLite result code for an errno."""


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Translate errors while a log is opened or read to `LogInUse`, `LogCorrupt` or `LogFailed`."""
    try:
        yield
    except LogCorrupt as error:
        if str(path) in error.message:
            raise
        raise LogCorrupt(f"{path}: {error.message}", seq=error.seq) from error
    except UnicodeDecodeError as error:  # from SQLite's error messages about damaged files
        raise LogCorrupt(f"{path} is damaged: it holds bytes that are not text") from error
    except sqlite3.Error as error:
        raise _explained(error, path) from error
    except OSError as error:
        raise LogFailed(reason_for(error, path)) from error


def _explained(error: sqlite3.Error, path: Path) -> LogInUse | LogCorrupt | LogFailed:
    match primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LogInUse(f"another tabletop is using this log ({path}); close it there first")
        case sqlite3.SQLITE_NOTADB:
            return LogCorrupt(f"{path} is not a tabletop log")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return LogFailed(reason_for(error, path))
    return LogCorrupt(f"{path} is damaged: {error}")


def reason_for(error: Exception, path: Path) -> str:
    """Return why the log cannot record, for users."""
    match primary_code(error) or _SAME_AS.get(getattr(error, "errno", None), 0):
        case sqlite3.SQLITE_FULL:
            return f"the disk that holds {path} is full; make room on it"
        case sqlite3.SQLITE_READONLY:
            return f"{path} cannot be written to: the file or its disk is read-only"
        case sqlite3.SQLITE_CANTOPEN:
            return f"{path} cannot be opened: check that you may read and write it and its folder"
        case sqlite3.SQLITE_IOERR:
            return f"the disk that holds {path} reports an error; it may be full, failing or unplugged"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"{path} is damaged"
    return f"{path} cannot be written to: {error}"


def primary_code(error: Exception) -> int:
    """Return SQLite's primary result code; 0 if the error has none."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0
