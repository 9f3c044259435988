"""A watcher's screen with a real session behind it."""

from __future__ import annotations

from tabletop.exercise.commands import Command
from tabletop.host.drafts import DraftStore
from tabletop.host.local_link import LocalLink
from tabletop.protocol.submission import Answer, Receipt, Submission
from tabletop.tui.one_seat import SeatApp
from tabletop.tui.watch.screen import WatchScreen
from tests.tui.station.playing import Play


class WatchLink(LocalLink):
    """A link that remembers what was given, as one over a network does."""

    live = True
    disconnected_since = ""
    finished = False
    submissions: tuple[Submission, ...] = ()

    async def submit(self, command: Command, key: str | None = None) -> Answer:
        given = Submission(f"k{len(self.submissions)}", command)
        self.submissions = (*self.submissions, given)
        answer = await super().submit(command, key)
        if isinstance(answer, Receipt):
            given.recorded, given.first, given.last = True, answer.first, answer.last
        else:
            given.refusal = answer
        return answer


class WatchApp(SeatApp):
    """The screen as `tabletop watch` shows it."""

    def __init__(self, play: Play, seat: str = "evaluator", *, drafts: DraftStore | None = None) -> None:
        self.link = WatchLink(play.session, seat)
        self.seated = WatchScreen(self.link, None if drafts is None else drafts.of(seat))
        super().__init__(lambda: self.seated)
