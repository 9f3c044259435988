"""Records what a log, its head and its second copy ask of the disk, all in one order.

SQLite's part is taken by a VFS of APSW, which brings an SQLite of its own; the rest by the functions of `os`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import apsw
import pytest

from tabletop.store import database
from tests.store.power import Operation

_NEW_FILES = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL
"""Files with whose first sync SQLite syncs their folder."""


_RECORDED = ("open", "write", "ftruncate", "close", "fsync", "fdatasync", "rename", "replace", "unlink")
"""Functions of `os`, for each of which the recorder has a method."""


class Recorder:
    """The operations on the files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.operations: list[Operation] = []
        self._folder = folder
        self._lock = RLock()
        self._files: dict[int, Path] = {}

    def add(self, kind: Any, path: Path, offset: int = 0, data: bytes = b"", to: str = "") -> None:
        """Record an operation, if it is on a file of the folder or the folder itself."""
        if self._folder in {path, path.parent}:
            with self._lock:
                self.operations.append(Operation(kind, path.name, offset, data, to))

    def acknowledge(self, seq: int) -> None:
        """Record that somebody was told of an event."""
        self.add("acknowledge", self._folder, seq)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Record what happens inside."""
        vfs = _Vfs(self)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(database, "connect", lambda path, mode: _Connection(path, mode, vfs.name))
            for name in _RECORDED:
                patch.setattr(os, name, getattr(self, name)(getattr(os, name)))
            yield

    # Functions of `os`, each made of the real one ------------------------------------------------

    def open(self, real: Any) -> Any:
        def recorded(path: Any, flags: int, *rest: Any, **options: Any) -> int:
            new = flags & os.O_CREAT and not os.path.lexists(path)
            descriptor: int = real(path, flags, *rest, **options)
            self._files[descriptor] = Path(path)
            if new:
                self.add("create", Path(path))
            return descriptor

        return recorded

    def write(self, real: Any) -> Any:
        def recorded(descriptor: int, data: Any) -> int:
            if descriptor not in self._files:
                return int(real(descriptor, data))
            offset = os.lseek(descriptor, 0, os.SEEK_CUR)
            written: int = real(descriptor, data)
            self.add("write", self._files[descriptor], offset, bytes(data[:written]))
            return written

        return recorded

    def ftruncate(self, real: Any) -> Any:
        def recorded(descriptor: int, length: int) -> None:
            real(descriptor, length)
            self._add(descriptor, "truncate", length)

        return recorded

    def fsync(self, real: Any) -> Any:
        def recorded(descriptor: int) -> None:
            real(descriptor)
            self._add(descriptor, "sync")

        return recorded

    fdatasync = fsync

    def close(self, real: Any) -> Any:
        def recorded(descriptor: int) -> None:
            self._files.pop(descriptor, None)
            real(descriptor)

        return recorded

    def unlink(self, real: Any) -> Any:
        def recorded(path: Any, **options: Any) -> None:
            real(path, **options)
            self.add("delete", Path(path))

        return recorded

    def rename(self, real: Any) -> Any:
        def recorded(path: Any, to: Any, **options: Any) -> None:
            real(path, to, **options)
            self.add("rename", Path(path), to=Path(to).name)

        return recorded

    replace = rename

    def _add(self, descriptor: int, kind: str, offset: int = 0) -> None:
        path = self._files.get(descriptor)
        if path is not None:
            self.add("sync-folder" if path == self._folder else kind, path, offset)


class _Connection:
    """A connection of APSW with the methods of the standard library's that the store calls."""

    def __init__(self, path: Path, mode: str, vfs: str) -> None:
        flags = apsw.SQLITE_OPEN_URI | (
            apsw.SQLITE_OPEN_READONLY if mode.startswith("ro") else apsw.SQLITE_OPEN_READWRITE
        )
        self._inner = apsw.Connection(f"{path.absolute().as_uri()}?mode={mode}", flags=flags, vfs=vfs)

    def execute(self, statement: str, values: Iterable[Any] = ()) -> Any:
        return self._inner.execute(statement, tuple(values))

    def executemany(self, statement: str, rows: Iterable[Any]) -> Any:
        return self._inner.executemany(statement, rows)

    def close(self) -> None:
        self._inner.close()


class _Vfs(apsw.VFS):
    """The system's own, recorded."""

    def __init__(self, recorder: Recorder) -> None:
        self.name = f"recording-{id(self)}"
        self._recorder = recorder
        super().__init__(self.name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802 - SQLite's name
        return _VfsFile(self._recorder, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        path = Path(filename)
        self._recorder.add("delete", path)
        if syncdir:
            self._recorder.add("sync-folder", path.parent)


class _VfsFile(apsw.VFSFile):
    def __init__(self, recorder: Recorder, name: Any, flags: list[int]) -> None:
        self._path = Path(name.filename() if isinstance(name, apsw.URIFilename) else str(name))
        self._recorder = recorder
        new = flags[0] & apsw.SQLITE_OPEN_CREATE and not self._path.exists()
        self._unsynced = bool(flags[0] & apsw.SQLITE_OPEN_CREATE and flags[0] & _NEW_FILES)
        super().__init__("", name, flags)
        if new:
            recorder.add("create", self._path)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self._recorder.add("write", self._path, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        self._recorder.add("truncate", self._path, newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._recorder.add("sync", self._path)
        if self._unsynced:
            self._unsynced = False
            self._recorder.add("sync-folder", self._path.parent)
