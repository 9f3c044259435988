"""Words on the screen that are drawn anew only when they change."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widgets import Static

from tabletop.tui.kit.rows import Part
from tabletop.tui.kit.styling import styled


class Words(Static):
    """Shows parts in their tones."""

    def __init__(
        self,
        parts: Sequence[Part] = (),
        *,
        fixed: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a text; a `fixed` one keeps its size whatever it says, so that nothing around it moves."""
        self._parts = tuple(parts)
        self._fixed = fixed
        super().__init__(styled(self._parts), id=id, classes=classes, markup=False)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts instead."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.update(styled(self._parts), layout=not self._fixed)
