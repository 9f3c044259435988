"""What a seat's terminal remembers that no log holds: half-typed text, and what was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tabletop.tui.station.book.arrivals import Arrival
from tabletop.tui.station.model import StationModel


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in a dialog when it was closed without sending."""

    text: str = ""
    picks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Nothing worth keeping."""
        return not self.text.strip() and not any(self.picks.values())


@dataclass(slots=True)
class Desk:
    """Kept while the program runs, so that a hand-over to another team and back loses nothing."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    """Keys of what was opened. That an inject was read stands in the log too."""

    def keep(self, name: str, draft: Draft) -> None:
        """Keep a draft, or forget it if it is empty."""
        if draft.empty:
            self.drafts.pop(name, None)
        else:
            self.drafts[name] = draft

    def new(self, model: StationModel, arrival: Arrival) -> bool:
        """Whether that has not been opened yet."""
        inject = model.inbox.injects.get(arrival.entry)
        return arrival.key not in self.seen and not (inject is not None and inject.read)

    def fresh(self, model: StationModel) -> list[Arrival]:
        """Everything that has not been opened yet, the oldest first."""
        return [arrival for arrival in model.arrivals.items if self.new(model, arrival)]
