"""The time left for open probes, as a station measures it from what it receives."""

from __future__ import annotations

from tabletop.exercise.events import EmergencyDeclared, Event, ProbesClosed, ProbesOpened


class ProbeTime:
    """Stands while the host cannot record."""

    def __init__(self, until: float | None = None) -> None:
        self._until = until
        self._trouble_since: float | None = None

    @classmethod
    def starting(cls, left: float | None, now: float) -> ProbeTime:
        """Begin with the seconds left that the host says; None if no probes are open, or it says nothing."""
        return cls(None if left is None else now + left)

    def left(self, now: float) -> float | None:
        """Return the seconds left; None if no probes are open, or it is not known."""
        if self._until is None:
            return None
        return max(0.0, self._until - (now if self._trouble_since is None else self._trouble_since))

    def see(self, event: Event, now: float) -> None:
        """Take in an event that happened while this station was connected."""
        match event:
            case ProbesOpened(seconds=seconds):
                self._until = now + seconds if seconds else None
            case ProbesClosed() | EmergencyDeclared():
                self._until = None

    def see_trouble(self, now: float, *, trouble: bool) -> None:
        """Stand while the host cannot record, and go on once it can."""
        if trouble:
            self._trouble_since = now if self._trouble_since is None else self._trouble_since
        elif self._trouble_since is not None:
            if self._until is not None:
                self._until += now - self._trouble_since
            self._trouble_since = None
