"""What lets a station in."""

from __future__ import annotations

from dataclasses import dataclass, field

from tabletop.host.wire import VERSION, Hello


@dataclass(frozen=True, slots=True)
class Credentials:
    """The token that a station has; or a code with the token that it chose, and who comes.

    As long as both are sent, the host knows the station by the token, and looks at the code if it does not.
    """

    token: str | None = field(default=None, repr=False)
    code: str | None = field(default=None, repr=False)
    name: str = ""
    role: str = ""

    def hello(self, seen: int, exercise: str) -> Hello:
        """The first frame of a station that has seen so much of that exercise."""
        return Hello(
            version=VERSION,
            token=self.token,
            code=self.code,
            name=self.name,
            role=self.role,
            seen=seen,
            exercise=exercise,
        )
