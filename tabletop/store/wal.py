"""Detect damage in SQLite's write-ahead log: valid commits after the first bad frame.

SQLite stops at the first frame with a wrong checksum, as it must after a power cut. A power cut tears only
the last transaction, since each is synced before the next begins. Two or more commits after that frame, or an
unreadable header, mean damage. Format: https://sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

_HEADER: Final = struct.Struct(">8I")
_FRAME: Final = struct.Struct(">6I")
_MAGIC: Final = {0x377F0682: "<", 0x377F0683: ">"}
"""Byte order of the checksums, by magic number."""


_PAGES: Final = frozenset(1 << power for power in range(9, 17))
"""Valid page sizes in bytes; logs use 4,096."""


class _Frame(NamedTuple):
    number: int
    commits: bool
    good: bool


@dataclass(frozen=True, slots=True)
class WalDamage:
    """The place where SQLite stops reading."""

    frame: int
    """The first bad frame, counted from 1; 0 for the header."""
    commits: int
    """Number of transactions there or after it."""


def find_wal_damage(wal: Path) -> WalDamage | None:
    """Return where a write-ahead log is damaged; None if it is intact, torn at its end, or absent.

    Raises OSError if the file cannot be read.
    """
    try:
        content = wal.read_bytes()
    except FileNotFoundError:
        return None
    header = content[: _HEADER.size]
    if len(header) < _HEADER.size or not any(header):
        return None
    magic, _, page, _, *salts, sum0, sum1 = _HEADER.unpack(header)
    order = _MAGIC.get(magic)
    if page not in _PAGES or order is None or _checksum(order, header[:24], (0, 0)) != (sum0, sum1):
        return WalDamage(0, 1) if any(content[_HEADER.size :]) else None
    frames = list(_frames(content, page, (salts[0], salts[1]), order, (sum0, sum1)))
    beyond = [frame for frame in frames if not frame.good]
    commits = sum(frame.commits for frame in beyond)
    return WalDamage(beyond[0].number, commits) if commits > 1 else None


def _frames(
    content: bytes, page: int, salts: tuple[int, int], order: str, seed: tuple[int, int]
) -> Iterator[_Frame]:
    """Yield the frames with the salts of the header; frames of earlier checkpoints are skipped."""
    good, sums = True, seed
    starts = range(_HEADER.size, len(content) - _FRAME.size - page + 1, _FRAME.size + page)
    for number, start in enumerate(starts, 1):
        _, commit, salt0, salt1, sum0, sum1 = _FRAME.unpack_from(content, start)
        if (salt0, salt1) != salts:
            good = False
            continue
        if good:
            body = start + _FRAME.size
            sums = _checksum(order, content[start : start + 8], sums)
            sums = _checksum(order, content[body : body + page], sums)
            good = sums == (sum0, sum1)
        yield _Frame(number, commit > 0, good)


def _checksum(order: str, data: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    s0, s1 = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        s0 = (s0 + even + s1) & 0xFFFFFFFF
        s1 = (s1 + odd + s0) & 0xFFFFFFFF
    return s0, s1
