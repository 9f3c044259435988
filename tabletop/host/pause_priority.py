"""PAUSEX and EMERGENCY jump the queue, and cancel queued commands that would resume play."""

from __future__ import annotations

from typing import Final

from tabletop.exercise.commands import STARTS_PLAY, STOPS_PLAY, Command
from tabletop.exercise.refusal import Refusal
from tabletop.system.disk_queue import Rank

OVERTAKEN: Final = Refusal(
    "play was stopped after this command was given: give it again to resume play", "overtaken"
)


class PausePriority:
    """Count the facilitator's commands that stop play, at the time they are given.

    Otherwise a RESUME that waits for the disk would be executed after a PAUSEX given later, and play would
    run.
    """

    def __init__(self) -> None:
        self._keys: set[str] = set()

    def given(self, command: Command, key: str) -> int:
        """Note a command before it is queued; return the count to pass to `overtaken` when it runs.

        A repeated key is the same command, which a station sends again until it is answered.
        """
        if isinstance(command, STOPS_PLAY):
            self._keys.add(key)
        return len(self._keys)

    def overtaken(self, command: Command, given: int) -> Refusal | None:
        """Return the refusal of a command that play was stopped after, if so."""
        return OVERTAKEN if isinstance(command, STARTS_PLAY) and given != len(self._keys) else None


def rank(command: Command) -> Rank:
    """Return the priority of a facilitator's command."""
    return Rank.STOPS_PLAY if isinstance(command, STOPS_PLAY) else Rank.ORDINARY
