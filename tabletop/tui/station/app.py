"""A terminal that is one team's station and nothing else."""

from __future__ import annotations

from textual import on

from tabletop.link.protocol import Link
from tabletop.tui.one_seat import SeatApp
from tabletop.tui.station.screen import StationScreen


class StationApp(SeatApp):
    """One station over one link."""

    def __init__(self, link: Link) -> None:
        super().__init__(lambda: StationScreen(link))

    @on(StationScreen.Leave)
    async def _left(self, event: StationScreen.Leave) -> None:
        event.stop()
        await self.action_quit()
