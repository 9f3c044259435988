"""What stands above a station when a real-world emergency begins."""

from __future__ import annotations

from textual.app import App
from textual.command import CommandPalette

from tabletop.tui.kit.key_help import KeyHelp
from tabletop.tui.kit.unsent import Unsent
from tabletop.tui.station.dialogs.confirm import Confirm


def make_way(app: App[None]) -> None:
    """Close what could hide the band. Forms stay: they show the band themselves, and hold drafts."""
    top = app.screen
    if isinstance(top, Confirm):
        top.dismiss(False)
    elif isinstance(top, KeyHelp | CommandPalette | Unsent):
        top.dismiss(None)
