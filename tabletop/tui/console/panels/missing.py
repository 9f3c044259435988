"""The band that says which stations are missing, and what to do."""

from __future__ import annotations

from typing import Final

from textual.widgets import Static

from tabletop.tui.kit.styling import plain

_SILENT: Final = " has been silent since "


class MissingBand(Static):
    """Hidden while every station is there. Says the most urgent in full, and how many there are besides."""

    DEFAULT_CSS = """
    MissingBand {
        display: none;
        height: auto;
        max-height: 5;
        background: $warning;
        color: auto 95%;
        padding: 0 1;
        &.-shown { display: block; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._shown: tuple[object, ...] = ()

    def show(self, says: tuple[str, ...], room: int, *, seats: bool) -> None:
        """Say so many of the sentences, the silent first: those who only left know that they did.

        `seats` is whether a key of this console shows the rest.
        """
        if (says, room, seats) == self._shown:
            return
        self._shown = (says, room, seats)
        self.set_class(bool(says), "-shown")
        urgent = sorted(says, key=lambda sentence: _SILENT not in sentence)
        more = len(urgent) - room
        where = ": B shows all seats" if seats else ""
        rest = [f"And {more} more{where}."] if more > 0 else []
        self.update(plain("\n".join([*urgent[:room], *rest])))
