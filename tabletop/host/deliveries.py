"""How far what was recorded has come: who of those who may see it has it, and has it on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tabletop.host import wire

FOLLOWED = 256
"""How many recorded commands are followed at once; the oldest is let go."""


@dataclass(slots=True)
class _Delivery:
    owner: str
    key: str
    audience: Mapping[str, int]
    told: wire.Progress | None = None


@dataclass(slots=True)
class Deliveries:
    """Follows recorded commands until everybody concerned has them on a screen."""

    _open: dict[tuple[str, str], _Delivery] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)
    _shown: dict[str, int] = field(default_factory=dict)

    def follow(self, owner: str, key: str, audience: Mapping[str, int]) -> wire.Progress | None:
        """Follow a command of the seat `owner`; `audience` maps viewers to their number of its last event."""
        if not audience:
            return None
        delivery = self._open.setdefault((owner, key), _Delivery(owner, key, dict(audience)))
        delivery.told = self._progress(delivery)
        if len(self._open) > FOLLOWED:
            del self._open[next(iter(self._open))]
        return delivery.told

    def reached(self, viewer: str, seen: int, shown: int) -> Iterator[tuple[str, wire.Progress]]:
        """A viewer has come that far: what is new to the seats that follow something."""
        if seen <= self._seen.get(viewer, 0) and shown <= self._shown.get(viewer, 0):
            return
        self._seen[viewer] = max(seen, self._seen.get(viewer, 0))
        self._shown[viewer] = max(shown, self._shown.get(viewer, 0))
        for place, delivery in list(self._open.items()):
            progress = self._progress(delivery)
            if progress.seen == progress.of:
                del self._open[place]
            if progress != delivery.told:
                delivery.told = progress
                yield delivery.owner, progress

    def _progress(self, delivery: _Delivery) -> wire.Progress:
        audience = delivery.audience.items()
        return wire.Progress(
            key=delivery.key,
            of=len(audience),
            delivered=sum(self._seen.get(viewer, 0) >= number for viewer, number in audience),
            seen=sum(self._shown.get(viewer, 0) >= number for viewer, number in audience),
        )
