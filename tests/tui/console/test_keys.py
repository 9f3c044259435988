"""Each key of a screen gives one command, or several of which all but one are hidden at any time."""

from __future__ import annotations

from collections import Counter

from tabletop.tui.console.commands import COMMANDS as CONSOLE
from tabletop.tui.watch.commands import COMMANDS as WATCH


def test_each_key_gives_one_command() -> None:
    for registry in (CONSOLE, WATCH):
        keys = Counter(key for command in registry.by_id.values() for key in command.keys.split(","))
        assert [key for key, count in keys.items() if count > 1] == [], registry.screen
