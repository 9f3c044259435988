"""The line below the lists that says what became of something."""

from __future__ import annotations

from textual.timer import Timer

from tabletop.tui.kit.rows import Tone
from tabletop.tui.kit.words import Words

SHOWN = 30.0
"""Seconds for which it stands."""


class FeedbackLine(Words):
    """Hidden while there is nothing to say."""

    _forget: Timer | None = None

    def say(self, text: str = "", tone: Tone = "good") -> None:
        """Say it for a while; nothing if the text is empty."""
        self.set_class(bool(text), "-said")
        if self._forget is not None:
            self._forget.stop()
        if text:
            self.show_parts([(f"{'✓ ' if tone == 'good' else ''}{text}", tone)])
            self._forget = self.set_timer(SHOWN, self.say)
