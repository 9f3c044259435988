"""Play a recorded game at many times its speed, on any screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.exercise.state import Stage
from tabletop.host.session import Session
from tabletop.playthrough.moves import Move
from tabletop.playthrough.play import Playthrough
from tabletop.system.clock import VirtualTime


class Demonstration:
    """Map real seconds to game seconds and play the moves due between two ticks.

    It stops while play is paused. Moves that no longer apply, because somebody intervened, are skipped.
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
        """Play up to the game time that is due by now. Call it a few times a second."""
        now = self._monotonic()
        elapsed, self._last = now - (self._last if self._last is not None else now), now
        stage = self._session.state.stage
        if stage is Stage.READY:
            self._play.start()
        elif stage is Stage.RUNNING and not self._play.finished:
            self._play.play_until(self._session.exact_now + elapsed * self._speed)
