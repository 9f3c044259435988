"""A copy for the system's viewer: private, and never with an ending that starts a program."""

from __future__ import annotations

import pytest

from tabletop.errors import InputError
from tabletop.system.viewer import save_copy
from tests.attachments import PNG


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("map.png", "map.png"),
        ("maps/strait of x.png", "strait_of_x.png"),
        ("run.bat", "run.png"),
        ("run.desktop", "run.png"),
        ("map.png.hta", "map.png.png"),
        ("..", "attachment.png"),
        ("-o", "-o.png"),
        ("a;b$(c)`d`\x1b[2J", "a_b_c_d_2J.png"),
        ("地図.png", "地図.png"),
        ("x" * 300, "x" * 80 + ".png"),
    ],
)
def test_the_ending_is_that_of_the_media_type(name: str, kept: str) -> None:
    path = save_copy(name, "image/png", PNG)
    assert path.name == kept
    assert path.read_bytes() == PNG
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_another_media_type_is_not_opened() -> None:
    with pytest.raises(InputError, match="neither a picture nor a PDF"):
        save_copy("x.png", "text/html", PNG)
