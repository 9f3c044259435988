"""Files beside a log with what single seats have seen and the log does not hold."""

from __future__ import annotations

from pathlib import Path

from tabletop.host.older_copy import Keep
from tabletop.protocol.roster import SeatInfo
from tabletop.store.filesystem import unused
from tabletop.system.private_file import write_private


def view_keeper(log: Path) -> Keep:
    """Return what writes a view beside a log, one JSON object a line, to a file that is not there yet."""

    def keep(seat: SeatInfo, data: bytes) -> Path:
        path = unused(log.with_name(f"{log.stem}-seen-by-{seat.acts_as}.jsonl"))
        write_private(path, data)
        return path

    return keep
