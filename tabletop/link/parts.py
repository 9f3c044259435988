"""Puts long frames together again."""

from __future__ import annotations

from tabletop.protocol.messages import Part


class Assembly:
    """The parts of one frame, in order. If one is missing the frame is lost, and is asked for again."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._count = 0

    def add(self, part: Part) -> str | None:
        """The whole frame once its last part is there."""
        if part.index == 0:
            self._texts, self._count = [], part.count
        if part.index != len(self._texts) or part.count != self._count:
            self._texts, self._count = [], 0
            return None
        self._texts.append(part.text)
        if len(self._texts) < self._count:
            return None
        whole = "".join(self._texts)
        self._texts, self._count = [], 0
        return whole
