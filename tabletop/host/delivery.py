"""Track delivery of recorded events: report it to the submitter, and each team's progress to the consoles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from tabletop.exercise.commands import FACILITATOR
from tabletop.host.connection import Connection
from tabletop.host.connections import Connections
from tabletop.host.consoles import Consoles
from tabletop.host.pens import PenStore
from tabletop.host.projection import Projection
from tabletop.protocol import framing, messages

FOLLOWED = 256
"""Recorded commands that are tracked; beyond this the oldest is dropped."""

LATEST = 8
"""Latest commands per seat whose progress is sent again on reconnect: more than any screen shows."""


@dataclass(slots=True)
class _Delivery:
    owner: str
    key: str
    audience: Mapping[str, int]
    last_sent: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class DeliveryTracker:
    """Track recorded commands until the screens of all their viewers list them."""

    _open: dict[tuple[str, str], _Delivery] = field(default_factory=dict)
    _latest: dict[str, dict[str, _Delivery]] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)
    _shown: dict[str, int] = field(default_factory=dict)

    def follow(self, owner: str, key: str, audience: Mapping[str, int]) -> messages.Progress | None:
        """Track a command of the seat `owner`.

        `audience` maps each viewer to its own number of the command's last event.
        """
        if not audience:
            return None
        delivery = self._open.setdefault((owner, key), _Delivery(owner, key, dict(audience)))
        self._remember(delivery)
        delivery.last_sent = self._counts(delivery)
        if len(self._open) > FOLLOWED:
            del self._open[next(iter(self._open))]
        return _progress(delivery)

    def latest(self, owner: str) -> Iterator[messages.Progress]:
        """Yield the progress of the seat's latest commands, oldest first."""
        return (_progress(delivery) for delivery in self._latest.get(owner, {}).values())

    @property
    def viewers(self) -> frozenset[str]:
        """The viewers that have acknowledged anything."""
        return frozenset(self._seen)

    def seen_by(self, acts_as: str) -> int:
        """Return the number up to which a viewer has everything."""
        return self._seen.get(acts_as, 0)

    def reached(self, acts_as: str, seen: int, shown: int) -> Iterator[tuple[str, messages.Progress]]:
        """Record a viewer's acknowledgement; yield new progress with the seat to be told."""
        if seen <= self._seen.get(acts_as, 0) and shown <= self._shown.get(acts_as, 0):
            return
        self._seen[acts_as] = max(seen, self._seen.get(acts_as, 0))
        self._shown[acts_as] = max(shown, self._shown.get(acts_as, 0))
        for key, delivery in list(self._open.items()):
            if acts_as not in delivery.audience:
                continue
            counts = self._counts(delivery)
            if counts[1] == len(delivery.audience):
                del self._open[key]
            if counts != delivery.last_sent:
                delivery.last_sent = counts
                yield delivery.owner, _progress(delivery)

    def _remember(self, delivery: _Delivery) -> None:
        latest = self._latest.setdefault(delivery.owner, {})
        latest[delivery.key] = delivery
        if len(latest) > LATEST:
            del latest[next(iter(latest))]

    def _counts(self, delivery: _Delivery) -> tuple[int, int]:
        """Return how many viewers have the events, and how many list them on an open screen."""
        delivered = seen = 0
        for acts_as, number in delivery.audience.items():
            delivered += self._seen.get(acts_as, 0) >= number
            seen += self._shown.get(acts_as, 0) >= number
        return delivered, seen


def _progress(delivery: _Delivery) -> messages.Progress:
    delivered, seen = delivery.last_sent
    return messages.Progress(key=delivery.key, of=len(delivery.audience), delivered=delivered, seen=seen)


class DeliveryReports:
    """Record acknowledgements and report progress to submitters and consoles."""

    def __init__(
        self,
        teams: Collection[str],
        pen_store: PenStore,
        projection: Projection,
        connections: Connections,
        consoles: Consoles,
    ) -> None:
        self._teams = teams
        self._pen_store = pen_store
        self._projection = projection
        self._connections = connections
        self._consoles = consoles
        self._deliveries = DeliveryTracker()
        self._last_reach: dict[str, int] = {}
        self.local_listeners: dict[str, Callable[[messages.Progress], None]] = {}
        """Callbacks for seats in the host's own process, by seat id."""

    def follow(self, seat_id: str, acts_as: str, key: str, first: int, last: int) -> messages.Progress | None:
        """Track the events `first` to `last` of the log, recorded by a seat."""
        return self._deliveries.follow(seat_id, key, self._audience(acts_as, first, last))

    def reached(self, acts_as: str, seen: int, shown: int) -> None:
        """Record that a viewer has everything up to `seen` and lists it up to `shown` (own numbers)."""
        for owner, progress in self._deliveries.reached(acts_as, seen, shown):
            station = self._connections.of_seat(owner)
            if station is not None:
                station.send(progress, f"progress/{progress.key}")
            elif owner in self.local_listeners:
                self.local_listeners[owner](progress)

    def reach(self) -> dict[str, int]:
        """Return, for each team with a station, the log number of the last event that it has."""
        joined = {seat.acts_as for seat in self._pen_store.seats()} | self._deliveries.viewers
        return {
            team: self._projection.log_number(team, self._deliveries.seen_by(team))
            for team in self._teams
            if team in joined
        }

    def send_latest(self, station: Connection, seat_id: str) -> None:
        """Send a station that connects the progress it may have missed."""
        for progress in self._deliveries.latest(seat_id):
            station.send(progress, f"progress/{progress.key}")
        if station.acts_as == FACILITATOR:
            station.send(messages.Reach(teams=self._last_reach))

    def broadcast_reach(self) -> None:
        """Tell all consoles each team's progress, if it changed."""
        reach = self.reach()
        if reach != self._last_reach:
            self._last_reach = reach
            text = framing.encode(messages.Reach(teams=reach))
            for console in self._connections.consoles():
                console.post(text, messages.Reach.__name__)

    def _audience(self, submitter: str, first: int, last: int) -> dict[str, int]:
        """Return the viewers of a command's events, with their own number of the last one."""
        audience = [*self._teams, *([FACILITATOR] if self._consoles.has_holder else [])]
        numbers = {
            acts_as: self._projection.own_numbers(acts_as, first, last)[1]
            for acts_as in audience
            if acts_as != submitter
        }
        return {acts_as: number for acts_as, number in numbers.items() if number}
