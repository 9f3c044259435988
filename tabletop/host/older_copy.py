"""Stations that are ahead of the log: alert exercise control and save what they have.

It is saved in a file beside the log and never in the log: it is one seat's view, and cannot be verified.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tabletop.errors import InputError
from tabletop.host.connection import Connection
from tabletop.host.notices import Notices
from tabletop.host.projection import Projection
from tabletop.protocol import framing, messages
from tabletop.protocol.link import Sight
from tabletop.protocol.roster import SeatInfo
from tabletop.store.filesystem import unused_path
from tabletop.system.disk_queue import DiskQueue, disk
from tabletop.system.private_file import write_private

MAX_VIEW_BYTES: Final = 2 * 1024 * 1024
"""Maximum size of one station's view that is saved."""

SaveView = Callable[[SeatInfo, bytes], Path]
"""Writes what a seat has seen to a new file beside the log. Raises `InputError`."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A station that has seen events that the log does not hold."""

    seat: SeatInfo
    seen: int
    held: int
    """How many of them the log holds, at most: it may hold others in their place."""


@dataclass(slots=True)
class _View:
    ahead: Ahead
    lines: list[str] = field(default_factory=list)
    size: int = 0
    parted: bool = False
    """Whether an event has come that is not the log's."""


class OlderCopy:
    """Handle stations that are ahead of the host. None is admitted until the host is restarted."""

    def __init__(
        self,
        disk_queue: DiskQueue,
        notices: Notices,
        projection: Projection,
        name: Callable[[SeatInfo], str],
    ) -> None:
        """`name` returns what people call a seat's terminal."""
        self._disk_queue = disk_queue
        self._projection = projection
        self._notices = notices
        self._name = name
        self._views: dict[Connection, _View] = {}
        self._reported: set[str] = set()
        """Seats that were reported and whose stations were asked.

        Once each, so that nobody can fill the alarms or the disk with them.
        """
        self.save: SaveView | None = None
        """Saves a view; None if there is no log beside which to save it."""

    def request_view(self, connection: Connection, ahead: Ahead) -> None:
        """Alert exercise control once, and request the station's events."""
        if ahead.seat.id in self._reported:
            _send_away(connection, ahead)
            return
        self._reported.add(ahead.seat.id)
        self._notices.alarm(
            f"{self._name(ahead.seat)} has seen {ahead.seen:,} events and this log holds {ahead.held:,} of "
            "them at most: the log has lost events, or is an older copy"
        )
        if self.save is None or "view" not in connection.understands:
            _send_away(connection, ahead)
            return
        self._views[connection] = _View(ahead)
        connection.uploads_view = True
        connection.send(messages.Behind(held=0))

    def receive(self, connection: Connection, frame: messages.View) -> None:
        """Add a part of a station's view; after the last, save it and end the connection."""
        view = self._views.get(connection)
        if view is None:
            return
        lines = [framing.encode_sight(sight) for sight in frame.sights if self._beyond(view, sight)]
        view.size += sum(map(framing.size, lines))
        if view.size <= MAX_VIEW_BYTES:
            view.lines += lines
        if frame.last:
            del self._views[connection]
            self._disk_queue.put(self._save_view(connection, view), failed=connection.fail)

    def _beyond(self, view: _View, sight: Sight) -> bool:
        """Return whether a station's event comes after all that the log and the station have in common."""
        if not view.parted and not self._projection.has(view.ahead.seat.acts_as, sight.number, sight.mark):
            view.parted = True
            view.ahead = replace(view.ahead, held=min(view.ahead.held, sight.number - 1))
        return view.parted

    def discard(self, connection: Connection) -> None:
        """Forget a connection that is closed."""
        self._views.pop(connection, None)

    async def _save_view(self, connection: Connection, view: _View) -> None:
        save, seat = self.save, view.ahead.seat
        data = "".join(f"{line}\n" for line in view.lines).encode("utf-8", "surrogatepass")
        if save is not None and data:
            try:
                path = await disk(lambda: save(seat, data))
            except InputError as error:
                self._notices.alarm(f"what {self._name(seat)} has could not be kept: {error.message}")
            else:
                self._notices.alarm(f"what {self._name(seat)} has beyond the log is kept in {path}")
        _send_away(connection, view.ahead)


def _send_away(connection: Connection, ahead: Ahead) -> None:
    connection.end(
        "older-copy",
        f"the host holds {ahead.held:,} of the {ahead.seen:,} events that this terminal has seen. "
        "Tell the facilitator",
    )


def view_saver(log: Path) -> SaveView:
    """Return a function that writes a view beside a log, one JSON object per line, to a new file."""

    def save(seat: SeatInfo, data: bytes) -> Path:
        path = unused_path(log.with_name(f"{log.stem}-seen-by-{seat.acts_as}.jsonl"))
        write_private(path, data)
        return path

    return save
