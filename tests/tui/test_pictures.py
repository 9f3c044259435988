"""What a terminal draws of an attached file, and what it does not."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from textual.widgets import Static

from tabletop.tui.kit import pictures
from tests.attachments import JPEG, PDF, PNG


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that draws."""
    monkeypatch.setattr(pictures, "_widget", lambda _: Static("drawn"))


@pytest.mark.usefixtures("drawing")
def test_a_picture_is_decoded_and_drawn() -> None:
    image = pictures.decode("image/png", PNG)
    assert image is not None
    assert (image.size, image.getpixel((0, 0)), image.getpixel((0, 1))) == ((2, 2), (255, 0, 0), (0, 0, 255))
    assert isinstance(pictures.picture(image), Static)


@pytest.mark.usefixtures("drawing")
def test_a_large_picture_is_reduced_to_what_a_terminal_shows() -> None:
    large = io.BytesIO()
    Image.new("L", (4000, 1000)).save(large, "PNG")
    image = pictures.decode("image/png", large.getvalue())
    assert image is not None
    assert image.size == (1600, 400)


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("image/jpeg", JPEG),
        ("application/pdf", PDF),
        ("image/png", PNG[:40]),
        ("image/png", b""),
        ("image/png", PNG.replace((2).to_bytes(4, "big") * 2, (60_000).to_bytes(4, "big") * 2)),
        ("text/html", PNG),
    ],
)
def test_what_cannot_be_drawn_is_not(media: str, content: bytes) -> None:
    assert pictures.decode(media, content) is None


def test_a_terminal_that_was_not_asked_draws_nothing() -> None:
    assert pictures.decode("image/png", PNG) is None
