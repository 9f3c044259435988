"""Pictures in the terminal, as good as it can: Kitty's or Sixel graphics, else coloured half cells."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Final

from textual.widget import Widget

_SHOWN: Final = frozenset({"image/png", "image/jpeg"})

MAX_PIXELS: Final = 40_000_000
"""Larger pictures are not decoded here: they would take hundreds of megabytes."""

_widget: Callable[[object], Widget] | None = None


def prepare() -> None:
    """Ask the terminal how it draws pictures. Call it before Textual reads the keyboard, or not at all."""
    global _widget  # noqa: PLW0603 - what the terminal answered holds for the process
    if _widget is None and sys.stdout.isatty() and sys.stdin.isatty():
        from textual_image.widget import Image  # noqa: PLC0415 - importing it asks the terminal

        _widget = Image


def picture(media: str, content: bytes) -> Widget | None:
    """Return a widget that draws the picture; None if this terminal or this file cannot be drawn."""
    if _widget is None or media not in _SHOWN:
        return None
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - few exercises have pictures

    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            image.load()
            return _widget(image.convert("RGB"))
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
