"""One panel of several, where there is no room for all."""

from __future__ import annotations

from typing import Final

from textual.screen import Screen

from tabletop.tui.kit.keyboard import tell_once

SHOWN: Final = "That panel is on the screen already."


def bring_up(screen: Screen[None], panel: str) -> None:
    """Bring a panel to the screen by a class of `#body`; say so where it stood there before."""

    def shown() -> set[str | None]:
        return {widget.id for widget in screen.query(".panel") if widget.display}

    def look() -> None:
        if shown() == before:
            tell_once(screen, SHOWN)

    before = shown()
    screen.query_one("#body").set_classes(f"-{panel}")
    screen.call_after_refresh(look)
