"""A recorded game that plays itself at many times the speed of life, on whatever screen watches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.exercise.state import Stage
from tabletop.host.session import Session
from tabletop.playthrough.moves import Move
from tabletop.playthrough.play import Playthrough
from tabletop.system.clock import VirtualTime


class Demonstration:
    """Maps real seconds to game seconds and plays what falls between two ticks.

    While somebody has paused play, it stands. Moves that no longer fit, because somebody took a
    hand in the game, are passed over.
    """

    def __init__(
        self,
        session: Session,
        time: VirtualTime,
        moves: Sequence[Move],
        *,
        speed: float,
        monotonic: Callable[[], float],
    ) -> None:
        self._session = session
        self._play = Playthrough(session, time, moves, refused=lambda _: None)
        self._speed = speed
        self._monotonic = monotonic
        self._last: float | None = None

    def tick(self) -> None:
        """Play on to where the game should be by now; call it a few times a second."""
        now = self._monotonic()
        elapsed, self._last = now - (self._last if self._last is not None else now), now
        stage = self._session.state.stage
        if stage is Stage.READY:
            self._play.start()
        elif stage is Stage.RUNNING and not self._play.finished:
            self._play.play_until(self._session.exact_now + elapsed * self._speed)
