"""What stops play goes before all that waits, and holds against what was given before it and waits still."""

from __future__ import annotations

from typing import Final

from tabletop.exercise.commands import STARTS_PLAY, STOPS_PLAY, Command
from tabletop.exercise.refusal import Refusal
from tabletop.system.disk_queue import Rank

OVERTAKEN: Final = Refusal(
    "play was stopped after that was given: give it again if play is to go on", "overtaken"
)


class PausePriority:
    """Counts the commands of whoever runs the exercise that stop play, as they are given.

    Else RESUME that waits for the disk, and PAUSEX that is given after it, would leave play running.
    """

    def __init__(self) -> None:
        self._keys: set[str] = set()

    def given(self, command: Command, key: str) -> int:
        """Take note of a command before it takes its turn; returns what `overtaken` is asked with in it.

        The same key is the same command, which a station sends again until it is answered.
        """
        if isinstance(command, STOPS_PLAY):
            self._keys.add(key)
        return len(self._keys)

    def overtaken(self, command: Command, given: int) -> Refusal | None:
        """Why a command is not to be granted any more, if so."""
        return OVERTAKEN if isinstance(command, STARTS_PLAY) and given != len(self._keys) else None


def rank(command: Command) -> Rank:
    """When a command of whoever runs the exercise has its turn."""
    return Rank.STOPS_PLAY if isinstance(command, STOPS_PLAY) else Rank.ORDINARY
