"""All connections, and which of them is the station of which seat."""

from __future__ import annotations

from collections.abc import Collection

from tabletop.exercise.commands import FACILITATOR
from tabletop.host.connection import Connection
from tabletop.protocol.roster import SeatInfo


class Connections:
    """Registry of connections. A seat has one station at a time."""

    def __init__(self) -> None:
        self._numbers: dict[Connection, int] = {}
        self._count = 0
        self._by_seat: dict[str, Connection] = {}

    def add(self, connection: Connection) -> None:
        """Register a connection before its hello is processed."""
        self._count += 1
        self._numbers[connection] = self._count

    def is_open(self, connection: Connection) -> bool:
        """Return whether a connection is registered and not ending."""
        return connection in self._numbers and connection.ended is None

    def remove(self, connection: Connection) -> SeatInfo | None:
        """Unregister a connection; return the seat that has no station now, if any."""
        self._numbers.pop(connection, None)
        seat = connection.seat
        if seat is None or self._by_seat.get(seat.id) is not connection:
            return None
        del self._by_seat[seat.id]
        return seat

    def assign(self, connection: Connection, seat_id: str) -> None:
        """Make that connection the seat's station."""
        self._by_seat[seat_id] = connection

    def of_seat(self, seat_id: str) -> Connection | None:
        """Return the connection of a seat's station, which may be ending."""
        return self._by_seat.get(seat_id)

    def newer(self, connection: Connection, than: Connection) -> bool:
        """Return whether a connection arrived later than another.

        One that failed during admission may be unregistered and still assigned to its seat: it counts as
        older.
        """
        return self._numbers.get(connection, 0) > self._numbers[than]

    @property
    def all(self) -> Collection[Connection]:
        """All connections, in order of arrival."""
        return self._numbers.keys()

    @property
    def stations(self) -> Collection[Connection]:
        """Connections of seats, including those that are ending."""
        return self._by_seat.values()

    def seated(self) -> list[Connection]:
        """Return the connections of seats that are not ending."""
        return [one for one in self._by_seat.values() if one.ended is None]

    def consoles(self) -> list[Connection]:
        """Return the connections of facilitators' seats that are not ending."""
        return [one for one in self.seated() if one.acts_as == FACILITATOR]
