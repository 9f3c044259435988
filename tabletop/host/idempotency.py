"""The first answer to every key, refusals included: a retry is never judged anew."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

from tabletop.exercise.commands import Command
from tabletop.exercise.refusal import Refusal
from tabletop.host.session import Session, digest
from tabletop.protocol.submission import IN_DOUBT, Answer

REMEMBERED = 4_096
"""How many refusals are remembered. Receipts are in the log, for ever."""


class AnswerDeferred(Enum):
    """An answer that is still to come."""

    DEFERRED = "deferred"


DEFERRED: Final = AnswerDeferred.DEFERRED


class IdempotencyCache:
    """Asks the session once for every key.

    Without it a command that was refused and arrives a second time, delayed on its way, could be
    granted although its sender was told that it was not.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._refused: dict[tuple[str, str], tuple[str, Refusal]] = {}

    def known(self, seat: str, key: str) -> bool:
        """Whether that key has had its answer."""
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
        """Record a command as a seat, or give the answer that its key had before; `name` is the person's.

        `DEFERRED` for one that is not to be refused yet, which `deferred` says of a refusal: the same key is
        judged anew when it comes again. None for a command that a failing log has or has not recorded: which
        of the two is not known before the log works again, and until then every answer could turn out false.
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
        """Remember that a command was refused, by whatever rule."""
        self._refused[seat, key] = digest(command), refusal
        if len(self._refused) > REMEMBERED:
            del self._refused[next(iter(self._refused))]
