"""What lets a station in."""

from __future__ import annotations

from dataclasses import dataclass, field

from tabletop.protocol.messages import VERSION, Hello


@dataclass(frozen=True, slots=True)
class Credentials:
    """The token that a station has; or a code with the token that it chose, and who comes.

    As long as both are sent, the host knows the station by the token, and looks at the code if it does not.
    """

    token: str | None = field(default=None, repr=False)
    code: str | None = field(default=None, repr=False)
    name: str = ""
    role: str = ""
    exercise: str = ""
    """The one of the seat, if it is known: another one is to say so."""
    returning: bool | None = None
    """Whether who comes with a code has a seat already, under the same name."""

    def hello(self, seen: int, understands: tuple[str, ...] = ()) -> Hello:
        """The first frame of a station that has seen so much, and understands so much."""
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
        )
