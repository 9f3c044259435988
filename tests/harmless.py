"""Whether text is harmless to look at."""

from __future__ import annotations

from tabletop.plaintext import find_control


def has_control(text: str) -> bool:
    """Say whether a screen would obey or misread a character of the text."""
    return find_control(text) is not None
