"""A terminal that is one team's station and nothing else."""

from __future__ import annotations

from textual import on

from tabletop.host.drafts import DraftStore
from tabletop.protocol.link import Link
from tabletop.tui.one_seat import SeatApp
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.screen import StationScreen


class StationApp(SeatApp):
    """One station over one link."""

    def __init__(self, link: Link, drafts: DraftStore | None = None) -> None:
        """`drafts` is where the seat keeps what is typed; without it that ends with the program."""
        kept = (drafts or DraftStore()).of(link.seat)
        super().__init__(lambda: StationScreen(link, StationMemory(kept)))

    @on(StationScreen.Leave)
    async def _left(self, event: StationScreen.Leave) -> None:
        event.stop()
        await self.action_quit()
