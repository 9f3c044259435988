"""The markings exist once: what is written in one place cannot differ from itself in another."""

from __future__ import annotations

from pathlib import Path

import pytest

import tabletop
from tabletop.exercise import marking

ROOT = Path(tabletop.__file__).parent
HOME = Path(marking.__file__)


@pytest.mark.parametrize("words", [marking.MARKING, marking.REAL_WORLD, "Stop playing now"])
def test_a_marking_is_written_in_one_file_only(words: str) -> None:
    sources = [path for kind in ("*.py", "*.html", "*.css", "*.tcss") for path in ROOT.rglob(kind)]
    assert [path for path in sources if words in path.read_text(encoding="utf-8")] == [HOME]


def test_the_marking_of_an_emergency_says_nothing_of_an_exercise() -> None:
    assert "EXERCISE" not in marking.REAL_WORLD_MARKING
    assert marking.REAL_WORLD_MARKING.split() == ["REAL", "WORLD"] * 3
