"""The first answer to every key, refusals included: a retry is never judged anew."""

from __future__ import annotations

from tabletop.exercise.commands import Command
from tabletop.exercise.refusal import Refusal
from tabletop.host.session import Answer, Session, digest

REMEMBERED = 4_096
"""How many refusals are remembered. Receipts are in the log, for ever."""


class Answers:
    """Asks the session once for every key.

    Without it a command that was refused and arrives a second time, delayed on its way, could be
    granted although its sender was told that it was not.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._refused: dict[tuple[str, str], tuple[str, Refusal]] = {}

    def known(self, seat: str, key: str) -> bool:
        """Whether that key has had its answer."""
        return (seat, key) in self._session.state.keys or (seat, key) in self._refused

    def answer(self, seat: str, key: str, command: Command, name: str = "") -> Answer:
        """Record a command as a seat, or give the answer that its key had before; `name` is the person's."""
        known = self._refused.get((seat, key))
        if known is not None:
            if known[0] == digest(command):
                return known[1]
            return Refusal("that key was used for another command", "key-clash")
        answer = self._session.submit(seat, command, key, name=name)
        if isinstance(answer, Refusal) and answer.code != "key-clash":
            self.refuse(seat, key, command, answer)
        return answer

    def refuse(self, seat: str, key: str, command: Command, refusal: Refusal) -> None:
        """Remember that a command was refused, by whatever rule."""
        self._refused[seat, key] = digest(command), refusal
        if len(self._refused) > REMEMBERED:
            del self._refused[next(iter(self._refused))]
