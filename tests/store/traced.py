"""What the real program asked of the disk, from a trace of its system calls (strace -f -y -xx -s 1000000)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.store.power import Operation

CALLS: Final = (
    "openat,write,pwrite64,lseek,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2"
)

_LINE: Final = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)")
_STRING: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE: Final = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})+)>")


def operations(trace: Path, folder: Path) -> Iterator[Operation]:
    """Yield what was done to the files of a folder; a number on standard output acknowledges an event."""
    there: set[str] = set()
    places: dict[int, int] = {}
    for line in trace.read_text(encoding="ascii").splitlines():
        found = _LINE.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call, arguments, result = found[1], found[2], int(found[3])
        strings = [_bytes(text) for text in _STRING.findall(arguments)]
        opened = _FILE.match(arguments)
        descriptor = int(opened[1]) if opened else -1
        path = Path(_bytes(opened[2]).decode()) if opened else Path()
        match call:
            case "openat" | "unlink" | "unlinkat" | "rename" | "renameat" | "renameat2":
                places[result] = 0
                yield from _named(call, [Path(text.decode()) for text in strings], arguments, folder, there)
            case "lseek":
                places[descriptor] = result
            case "write" if descriptor == 1:
                yield Operation("acknowledge", offset=int(strings[0]))
            case "write" if path.parent == folder:
                yield Operation("write", path.name, places[descriptor], strings[0][:result])
                places[descriptor] += result
            case "pwrite64" if path.parent == folder:
                yield Operation("write", path.name, int(arguments.rsplit(", ", 1)[1]), strings[0][:result])
            case "ftruncate" if path.parent == folder:
                yield Operation("truncate", path.name, int(arguments.rsplit(", ", 1)[1]))
            case "fsync" | "fdatasync" if path == folder:
                yield Operation("sync-folder")
            case "fsync" | "fdatasync" if path.parent == folder:
                yield Operation("sync", path.name)


def _named(
    call: str, paths: list[Path], arguments: str, folder: Path, there: set[str]
) -> Iterator[Operation]:
    """Yield what a call does that names its file; `there` are the files that exist."""
    if not paths or paths[0].parent != folder:
        return
    name = paths[0].name
    if call == "openat":
        if "O_CREAT" in arguments and name not in there:
            there.add(name)
            yield Operation("create", name)
        return
    there.discard(name)
    if call.startswith("unlink"):
        yield Operation("delete", name)
    else:
        there.add(paths[1].name)
        yield Operation("rename", name, to=paths[1].name)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
