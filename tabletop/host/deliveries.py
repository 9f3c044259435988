"""How far what was recorded has come: which of its viewers have it, and which list it on an open screen.

That a screen lists something does not mean that anybody opened it: of an inject the log says who did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tabletop.protocol import messages

FOLLOWED = 256
"""How many recorded commands are followed at once; the oldest is let go."""

LATEST = 8
"""How many of its latest commands a seat that comes back is told of again: more than any screen shows."""


@dataclass(slots=True)
class _Delivery:
    owner: str
    key: str
    audience: Mapping[str, int]
    told: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Deliveries:
    """Follows recorded commands until open screens of everybody concerned list them."""

    _open: dict[tuple[str, str], _Delivery] = field(default_factory=dict)
    _latest: dict[str, dict[str, _Delivery]] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)
    _shown: dict[str, int] = field(default_factory=dict)

    def follow(self, owner: str, key: str, audience: Mapping[str, int]) -> messages.Progress | None:
        """Follow a command of the seat `owner`; `audience` maps viewers to their number of its last event."""
        if not audience:
            return None
        delivery = self._open.setdefault((owner, key), _Delivery(owner, key, dict(audience)))
        self._remember(delivery)
        delivery.told = self._counts(delivery)
        if len(self._open) > FOLLOWED:
            del self._open[next(iter(self._open))]
        return _progress(delivery)

    def latest(self, owner: str) -> Iterator[messages.Progress]:
        """How far the seat's latest commands have come, the oldest first."""
        return (_progress(delivery) for delivery in self._latest.get(owner, {}).values())

    @property
    def viewers(self) -> frozenset[str]:
        """Who has reported anything."""
        return frozenset(self._seen)

    def seen_by(self, viewer: str) -> int:
        """The number up to which a viewer has everything."""
        return self._seen.get(viewer, 0)

    def reached(self, viewer: str, seen: int, shown: int) -> Iterator[tuple[str, messages.Progress]]:
        """A viewer has come that far: what is new to the seats that follow something."""
        if seen <= self._seen.get(viewer, 0) and shown <= self._shown.get(viewer, 0):
            return
        self._seen[viewer] = max(seen, self._seen.get(viewer, 0))
        self._shown[viewer] = max(shown, self._shown.get(viewer, 0))
        for place, delivery in list(self._open.items()):
            if viewer not in delivery.audience:
                continue
            counts = self._counts(delivery)
            if counts[1] == len(delivery.audience):
                del self._open[place]
            if counts != delivery.told:
                delivery.told = counts
                yield delivery.owner, _progress(delivery)

    def _remember(self, delivery: _Delivery) -> None:
        latest = self._latest.setdefault(delivery.owner, {})
        latest[delivery.key] = delivery
        if len(latest) > LATEST:
            del latest[next(iter(latest))]

    def _counts(self, delivery: _Delivery) -> tuple[int, int]:
        """Return how many have it, and how many list it on an open screen."""
        delivered = seen = 0
        for viewer, number in delivery.audience.items():
            delivered += self._seen.get(viewer, 0) >= number
            seen += self._shown.get(viewer, 0) >= number
        return delivered, seen


def _progress(delivery: _Delivery) -> messages.Progress:
    delivered, seen = delivery.told
    return messages.Progress(key=delivery.key, of=len(delivery.audience), delivered=delivered, seen=seen)
