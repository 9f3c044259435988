"""Pictures in the terminal, as good as it can: Kitty's or Sixel graphics, else coloured half cells."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

if TYPE_CHECKING:
    from PIL.Image import Image

_SHOWN: Final = frozenset({"image/png", "image/jpeg"})

MAX_PIXELS: Final = 40_000_000
"""Larger pictures are not decoded here: they would take hundreds of megabytes."""

SIZE: Final = (1600, 1200)
"""Pixels to which a picture is reduced; no terminal shows more."""

_widget: Callable[[object], Widget] | None = None


def prepare() -> None:
    """Ask the terminal how it draws pictures. Call it before Textual reads the keyboard, or not at all."""
    global _widget  # noqa: PLW0603 - what the terminal answered holds for the process
    if _widget is None and sys.stdout.isatty() and sys.stdin.isatty():
        from textual_image.widget import Image  # noqa: PLC0415 - importing it asks the terminal

        _widget = Image


def decode(media: str, content: bytes) -> Image | None:
    """Decode a picture, no larger than a terminal shows it; None if this terminal or file cannot be drawn.

    It may take a second for a large photograph: call it in a thread of its own.
    """
    if _widget is None or media not in _SHOWN:
        return None
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - few exercises have pictures

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            image.draft("RGB", SIZE)
            image.thumbnail(SIZE)
            return image.convert("RGB")
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def picture(image: Image) -> Widget | None:
    """Return a widget that draws a decoded picture; None if this terminal draws none."""
    return _widget(image) if _widget is not None else None
