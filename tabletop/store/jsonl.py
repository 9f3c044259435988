"""Rows of a log as JSON Lines: the second copy, readable with any text tool.

A line is an object with the columns of a row, the body as nested JSON. Lines are verified by their hashes, as
in the log.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tabletop.errors import InputError
from tabletop.store.log import GENESIS, LogCorrupt
from tabletop.store.row import ENCODING, LONE_SURROGATES, StoredRow, check_row, row_hash

MAX_SIZE: Final = 1024 * 1024 * 1024
"""Maximum bytes; a copy of a million events is smaller."""

NO_ROW: Final = (ValueError, TypeError, RecursionError, AttributeError)
"""Exceptions for a line that is not a row."""


class NotACopyError(InputError):
    """A file is not a second copy, or not of this log."""


@dataclass(frozen=True, slots=True)
class Copied:
    """The content of a second copy."""

    path: Path
    rows: tuple[StoredRow, ...]
    """The intact rows from the first on."""
    size: int
    """Size of these rows in the file, in bytes."""
    problem: str | None = None
    """What is wrong with the line after them; None if nothing follows except a line torn by a crash."""
    beyond: int = 0
    """The highest number of an intact row after that line; 0 if there is none."""


def encode_line(row: StoredRow) -> bytes:
    """Encode a row as a line with its newline."""
    fields = row._asdict()
    body = fields.pop("body").decode(ENCODING, LONE_SURROGATES)
    hashes = {name: fields.pop(name) for name in ("prev_hash", "hash")}
    line = f'{_json(fields)[:-1]},"body":{body},{_json(hashes)[1:]}\n'
    return line.encode(ENCODING, LONE_SURROGATES)


def decode_line(line: bytes) -> StoredRow:
    """Decode the row in a line, without checking hashes. Raises one of `NO_ROW` if it is not a row."""
    fields: Any = json.loads(line.decode(ENCODING, LONE_SURROGATES))
    if not isinstance(fields, dict) or set(fields) != set(StoredRow._fields):
        raise ValueError("it is not a row of a log")
    fields["body"] = _json(fields["body"]).encode(ENCODING, LONE_SURROGATES)
    return StoredRow(**fields)


def read_copy(path: Path) -> Copied:
    """Read and verify the rows of a second copy.

    Raises `NotACopyError` if it cannot be read or its first line is not a row.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_SIZE:
            raise NotACopyError(f"{path} is not a second copy of a log: it is not a file, or far too large")
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
            problem = f"line {number} is damaged: it is not a row of a log"
        if problem is not None:
            break
        rows.append(row)
        size, head = size + len(line), row.hash
    if not rows:
        raise NotACopyError(f"{path} is not a second copy of a log{f': {problem}' if problem else ''}")
    return Copied(path, tuple(rows), size, problem, max(map(_number, lines), default=0))


def _number(line: bytes) -> int:
    """Return the number of a row whose own hash is right, else 0."""
    try:
        row = decode_line(line)
        return row.seq if row_hash(row) == row.hash else 0
    except NO_ROW:
        return 0


def _whole_lines(content: bytes) -> Iterator[bytes]:
    """Yield every complete line: a crash may have torn the last one."""
    start = 0
    while (end := content.find(b"\n", start)) >= 0:
        yield content[start : end + 1]
        start = end + 1


def _json(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
