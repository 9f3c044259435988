"""A wall with a real session behind it, whose link the test can cut."""

from __future__ import annotations

from textual.pilot import Pilot

from tabletop.host.local_link import LocalLink
from tabletop.tui.one_seat import SeatApp
from tabletop.tui.wall.screen import WallScreen
from tests.tui.station.playing import Play

WORDS = ("amber", "basil", "cedar", "delta", "ember", "fjord")


class WallLink(LocalLink):
    """A link that says it is lost when the test wants it."""

    disconnected_since = ""
    finished = False

    @property
    def live(self) -> bool:
        return not self.disconnected_since


class WallApp(SeatApp):
    """The wall as `tabletop wall` shows it."""

    def __init__(self, play: Play, words: tuple[str, ...] = WORDS) -> None:
        self.link = WallLink(play.session, "wall")
        self.wall = WallScreen(self.link, words)
        super().__init__(lambda: self.wall)


async def look(pilot: Pilot[None], app: WallApp) -> None:
    """Draw the wall now: first to choose a picture, then at the size it has."""
    for _ in range(3):
        app.wall.look()
        await pilot.pause()
