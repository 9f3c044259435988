"""Credentials of a station: a token, or a code."""

from __future__ import annotations

from dataclasses import dataclass, field

from tabletop.protocol.messages import VERSION, Hello


@dataclass(frozen=True, slots=True)
class Credentials:
    """A station's token; or a code with the token it chose, and the person's name and office.

    While both are sent, the host recognises the station by the token, and checks the code only if it does
    not.
    """

    token: str | None = field(default=None, repr=False)
    code: str | None = field(default=None, repr=False)
    name: str = ""
    role: str = ""
    exercise: str = ""
    """The seat's exercise, if known: a host of another exercise has to say so."""
    returning: bool | None = None
    """Whether the person who joins with a code already has a seat under the same name."""

    def hello(self, seen: int, understands: tuple[str, ...] = (), last: str = "") -> Hello:
        """Return the first frame: how many events were seen, what is understood, the `last` event's mark."""
        return Hello(
            version=VERSION,
            token=self.token,
            code=self.code,
            name=self.name,
            role=self.role,
            seen=seen,
            exercise=self.exercise,
            understands=understands,
            returning=self.returning,
            last=last,
        )
