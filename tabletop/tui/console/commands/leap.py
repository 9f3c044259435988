"""What to do when the host's clock has leapt: the facilitator is asked."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise.describe.course import clock_jump_words
from tabletop.scenario.gametime import format_time
from tabletop.tui.console.console import Console
from tabletop.tui.console.dialogs.leap import Choice, LeapWindow
from tabletop.tui.kit.rows import Line
from tabletop.tui.overview.overview_model import UnsettledJump


class LeapQuestion:
    """Asks whether play goes on as it is or where it would have been by now.

    After a jump ahead play stays paused: what fell due on the way would go out all at once.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._asked = 0

    def ask(self) -> None:
        """Once for each leap, as soon as this console may act."""
        leap = self._console.model.leap
        if (
            leap is None
            or leap.seq == self._asked
            or self._console.reading
            or self._console.trouble is not None
        ):
            return
        self._asked = leap.seq
        here = int(self._console.now)
        ahead = here + leap.event.unplayed

        def chosen(choice: Choice) -> None:
            command = c.Resume() if choice == "go-on" else c.Jump.model_validate({"to": format_time(ahead)})
            self._console.send(command)

        window = LeapWindow(
            "The host stood still" if leap.event.missed else "The host's clock jumped",
            _lines(leap, here),
            here=format_time(here),
            ahead=format_time(ahead) if leap.event.unplayed else None,
        )
        self._console.ask(window, chosen, settled=lambda: self._settled(leap))

    def _settled(self, leap: UnsettledJump) -> bool:
        """Whether play goes on since, or another console is to say how."""
        now = self._console.model.leap
        if now is not None and now.seq == leap.seq and self._console.reading:
            self._asked = 0  # to be asked here after all, if this console runs the exercise again
            return True
        return now is None or now.seq != leap.seq


def _lines(leap: UnsettledJump, here: int) -> list[Line]:
    words = clock_jump_words(leap.event.missed, leap.event.stepped, leap.wall)
    lines: list[Line] = [
        ((f"{words[:1].upper()}{words[1:]}.", "warn"),),
        ((f"Game time was not moved: it stands at {format_time(here)}.", "plain"),),
        (("Play is paused, and every team sees PAUSEX.", "plain"),),
    ]
    if leap.event.unplayed:
        lines.append((("A jump ahead leaves play paused, to look at what fell due.", "dim"),))
    return lines
