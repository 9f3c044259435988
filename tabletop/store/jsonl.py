"""Rows of a log as JSON Lines: the second copy, which any text tool can read.

A line has the columns of a row by name, the body as JSON in its place. What a line says is proved by the
hash in it, as in the log.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tabletop.errors import InputError
from tabletop.store.codec import ENCODING, LONE_SURROGATES, StoredRow, check_row, row_hash
from tabletop.store.log import GENESIS, LogCorrupt

MAX_SIZE: Final = 1024 * 1024 * 1024
"""Bytes; a copy of a million events is smaller."""

NO_ROW: Final = (ValueError, TypeError, RecursionError, AttributeError)
"""What is raised for a line that holds no row."""


class NotACopyError(InputError):
    """A file is no second copy, or not of the log in question."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a second copy holds."""

    path: Path
    rows: tuple[StoredRow, ...]
    """The good rows from the first on."""
    size: int
    """Bytes of these rows in the file."""
    problem: str | None = None
    """What is wrong with the line after them; None if nothing follows them but a line torn by a crash."""
    beyond: int = 0
    """The highest number of a row after that line which is good by itself; 0 if there is none."""


def encode_line(row: StoredRow) -> bytes:
    """Return the line for a row, with its newline."""
    fields = row._asdict()
    body = fields.pop("body").decode(ENCODING, LONE_SURROGATES)
    hashes = {name: fields.pop(name) for name in ("prev_hash", "hash")}
    line = f'{_json(fields)[:-1]},"body":{body},{_json(hashes)[1:]}\n'
    return line.encode(ENCODING, LONE_SURROGATES)


def decode_line(line: bytes) -> StoredRow:
    """Return the row in a line, unchecked. Raises ValueError if it is no row."""
    fields: Any = json.loads(line.decode(ENCODING, LONE_SURROGATES))
    if not isinstance(fields, dict) or set(fields) != set(StoredRow._fields):
        raise ValueError("it is no row of a log")
    fields["body"] = _json(fields["body"]).encode(ENCODING, LONE_SURROGATES)
    return StoredRow(**fields)


def read_copy(path: Path) -> Copied:
    """Return the rows of a second copy, each proved to be what was written.

    Raises `NotACopyError` if it cannot be read or its first line is no row.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_SIZE:
            raise NotACopyError(f"{path} is no second copy of a log: it is no file, or far too large")
        content = path.read_bytes()
    except OSError as error:
        raise NotACopyError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from error
    rows: list[StoredRow] = []
    lines = _whole_lines(content)
    size, head, problem = 0, GENESIS, None
    for number, line in enumerate(lines, 1):
        try:
            row = decode_line(line)
            check_row(row, len(rows), head)
        except LogCorrupt as error:
            problem = f"line {number}: {error.message}"
        except NO_ROW:
            problem = f"line {number} is damaged: it is no row of a log"
        if problem is not None:
            break
        rows.append(row)
        size, head = size + len(line), row.hash
    if not rows:
        raise NotACopyError(f"{path} is no second copy of a log{f': {problem}' if problem else ''}")
    return Copied(path, tuple(rows), size, problem, max(map(_number, lines), default=0))


def _number(line: bytes) -> int:
    """Return the number of a row that is good by itself, else 0."""
    try:
        row = decode_line(line)
        return row.seq if row_hash(row) == row.hash else 0
    except NO_ROW:
        return 0


def _whole_lines(content: bytes) -> Iterator[bytes]:
    """Yield every line that has its end: a crash may have torn the last one."""
    start = 0
    while (end := content.find(b"\n", start)) >= 0:
        yield content[start : end + 1]
        start = end + 1


def _json(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
