"""How far a command has come, in words that stand only once they are true."""

from __future__ import annotations

import pytest

from tabletop.exercise.commands import Startex
from tabletop.link.submission import Submission
from tabletop.tui.widgets.fate import fate


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "Sending …"),
        ({"refusal": "play is paused"}, "Refused: play is paused"),
        ({"recorded": True, "last": 7}, "Recorded #7"),
        ({"recorded": True}, "Recorded"),
        (
            {"recorded": True, "last": 7, "of": 3, "delivered": 2},
            "Recorded #7 → Delivered 2/3 → Seen 0/3",
        ),
        (
            {"recorded": True, "last": 7, "of": 3, "delivered": 3, "seen": 3},
            "Recorded #7 → Delivered 3/3 → Seen 3/3",
        ),
    ],
)
def test_each_word_stands_once_it_is_true(known: dict[str, object], words: str) -> None:
    submission = Submission("k", Startex())
    for name, value in known.items():
        setattr(submission, name, value)
    assert "".join(text for text, _ in fate(submission)) == words
