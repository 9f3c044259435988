"""The line that says what to do next."""

from __future__ import annotations

from textual.widgets import Static

from tabletop.tui.console.advice import Advice
from tabletop.tui.widgets.rows import Part
from tabletop.tui.widgets.toned import toned


class NowLine(Static):
    """What is the matter, and which key goes on from there."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._shown: tuple[Advice, str] | None = None

    def show(self, advice: Advice, key: str) -> None:
        """Show this advice; `key` is the key of its command."""
        if (advice, key) == self._shown:
            return
        self._shown = (advice, key)
        parts: list[Part] = [("» ", advice.tone), (advice.text, advice.tone)]
        if advice.purpose:
            press = "Press" if advice.text.endswith(".") else "press"
            parts += [(f" {press} ", "plain"), (key, "new"), (f" to {advice.purpose}", "plain")]
        self.update(toned(parts), layout=False)
        self.set_classes(f"-{advice.tone}")
