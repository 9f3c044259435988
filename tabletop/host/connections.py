"""Which connections there are, and which of them is the station of which seat."""

from __future__ import annotations

from collections.abc import Collection

from tabletop.exercise.commands import FACILITATOR
from tabletop.host.connection import Connection
from tabletop.protocol.roster import SeatInfo


class Connections:
    """Connections from their coming to their end. A seat has one station at a time."""

    def __init__(self) -> None:
        self._numbers: dict[Connection, int] = {}
        self._count = 0
        self._by_seat: dict[str, Connection] = {}

    def add(self, connection: Connection) -> None:
        """A connection that has not said yet who it is."""
        self._count += 1
        self._numbers[connection] = self._count

    def is_open(self, connection: Connection) -> bool:
        """Whether a connection is there still, and not to end."""
        return connection in self._numbers and connection.ended is None

    def remove(self, connection: Connection) -> SeatInfo | None:
        """A connection is no more. Returns the seat that has no station now, if it was one's."""
        self._numbers.pop(connection, None)
        seat = connection.seat
        if seat is None or self._by_seat.get(seat.id) is not connection:
            return None
        del self._by_seat[seat.id]
        return seat

    def assign(self, connection: Connection, seat_id: str) -> None:
        """From now on that connection is the seat's station."""
        self._by_seat[seat_id] = connection

    def of_seat(self, seat_id: str) -> Connection | None:
        """The connection of a seat's station, which may have been ended and not closed yet."""
        return self._by_seat.get(seat_id)

    def newer(self, connection: Connection, than: Connection) -> bool:
        """Whether a connection came later than another.

        One that met a fault while it was let in may be gone, and still be at its seat: it is no newer.
        """
        return self._numbers.get(connection, 0) > self._numbers[than]

    @property
    def all(self) -> Collection[Connection]:
        """All, in the order of their coming."""
        return self._numbers.keys()

    @property
    def stations(self) -> Collection[Connection]:
        """Those of seats, ended or not."""
        return self._by_seat.values()

    def seated(self) -> list[Connection]:
        """Those of seats that are not to end."""
        return [one for one in self._by_seat.values() if one.ended is None]

    def consoles(self) -> list[Connection]:
        """Those of facilitators' seats that are not to end."""
        return [one for one in self.seated() if one.acts_as == FACILITATOR]
