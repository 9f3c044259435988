"""Idempotency: keep the first answer to every key, including refusals."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

from tabletop.exercise.commands import Command
from tabletop.exercise.refusal import Refusal
from tabletop.host.session import Session, digest
from tabletop.protocol.submission import IN_DOUBT, Answer

REMEMBERED = 4_096
"""Refusals that are kept. Receipts are in the log."""


class AnswerDeferred(Enum):
    """Marks an answer that is still to come."""

    DEFERRED = "deferred"


DEFERRED: Final = AnswerDeferred.DEFERRED


class IdempotencyCache:
    """Pass each key to the session once, and repeat its answer afterwards.

    Without it, a delayed duplicate of a refused command could be granted after its sender was told that it
    was not.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._refused: dict[tuple[str, str], tuple[str, Refusal]] = {}

    def known(self, seat: str, key: str) -> bool:
        """Return whether that key was answered."""
        return self._session.knows(seat, key) or (seat, key) in self._refused

    async def answer(
        self,
        seat: str,
        key: str,
        command: Command,
        name: str = "",
        *,
        deferred: Callable[[Refusal], bool] | None = None,
    ) -> Answer | AnswerDeferred | None:
        """Record a command, or repeat the answer to its key; `name` is the person's.

        Returns `DEFERRED` if `deferred` accepts the refusal: the same key is decided again when it returns.
        Returns None while it is unknown whether a failing log has recorded the command: any answer could turn
        out false until the log works again.
        """
        known = self._refused.get((seat, key))
        if known is not None:
            if known[0] == digest(command):
                return known[1]
            return Refusal("that key was used for another command", "key-clash")
        answer = await self._session.submit_task(seat, command, key, name=name)
        if not isinstance(answer, Refusal):
            return answer
        if answer.code == IN_DOUBT:
            return None
        if deferred is not None and deferred(answer):
            return DEFERRED
        if answer.code != "key-clash":
            self.refuse(seat, key, command, answer)
        return answer

    def refuse(self, seat: str, key: str, command: Command, refusal: Refusal) -> None:
        """Remember a refusal."""
        self._refused[seat, key] = digest(command), refusal
        if len(self._refused) > REMEMBERED:
            del self._refused[next(iter(self._refused))]
