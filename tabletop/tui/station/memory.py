"""What a seat's terminal remembers that no log holds: half-typed text, and what was opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tabletop.tui.station.state.arrivals import Arrival
from tabletop.tui.station.station_model import StationModel

if TYPE_CHECKING:
    from tabletop.host.drafts import SeatDrafts


def _in_memory() -> SeatDrafts:
    from tabletop.host.drafts import DraftStore  # noqa: PLC0415 - needs asyncio, which this module must not

    return DraftStore().of("")


@dataclass(slots=True)
class StationMemory:
    """Kept beside the drafts, so that a hand-over, a crash and a restart of the host lose nothing."""

    drafts: SeatDrafts = field(default_factory=_in_memory)

    def opened(self, key: str) -> None:
        """Remember what was opened. That an inject was read stands in the log too."""
        self.drafts.open(key)

    def new(self, model: StationModel, arrival: Arrival) -> bool:
        """Whether that has not been opened yet."""
        inject = model.inbox.injects.get(arrival.entry)
        return arrival.key not in self.drafts.opened and not (inject is not None and inject.read)

    def fresh(self, model: StationModel) -> list[Arrival]:
        """Everything that has not been opened yet, the oldest first."""
        return [arrival for arrival in model.arrivals.items if self.new(model, arrival)]
