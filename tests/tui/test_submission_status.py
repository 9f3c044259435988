"""How far a command has come, in words that stand only once they are true."""

from __future__ import annotations

import pytest

from tabletop.exercise.commands import Startex
from tabletop.exercise.refusal import NOTHING_TO_DO, Refusal
from tabletop.protocol.submission import Submission
from tabletop.tui.kit.submission_status import Opened, status_line


def words(known: dict[str, object], opened: Opened | None = None) -> str:
    """The words for a command of which so much is known."""
    submission = Submission("k", Startex())
    for name, value in known.items():
        setattr(submission, name, value)
    return "".join(text for text, _ in status_line(submission, opened))


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ({}, "Sending …"),
        ({"waits": True}, "Waits until play goes on"),
        ({"waits": True, "recorded": True, "last": 7}, "Recorded #7"),
        ({"refusal": Refusal("play is paused")}, "Refused: play is paused"),
        ({"refusal": Refusal("D1 is already decided so", NOTHING_TO_DO)}, "Unchanged"),
        ({"recorded": True, "last": 7}, "Recorded #7"),
        ({"recorded": True}, "Recorded"),
        ({"recorded": True, "last": 7, "of": 3, "delivered": 2}, "Recorded #7 → Delivered 2/3"),
        ({"recorded": True, "last": 7, "of": 3, "delivered": 3}, "Recorded #7 → Delivered 3/3"),
    ],
)
def test_each_word_stands_once_it_is_true(known: dict[str, object], shown: str) -> None:
    assert words(known) == shown


def test_f4_opened_is_said_of_an_inject_alone_and_counts_those_who_opened_it() -> None:
    known: dict[str, object] = {"recorded": True, "last": 7, "of": 3, "delivered": 3}
    assert words(known, Opened(0, 3)) == "Recorded #7 → Delivered 3/3 → Opened 0/3"
    assert words(known, Opened(2, 3)) == "Recorded #7 → Delivered 3/3 → Opened 2/3"


def test_f4_who_has_opened_it_has_it() -> None:
    """Also in the moment before the station says that it arrived."""
    known: dict[str, object] = {"recorded": True, "last": 7, "of": 3, "delivered": 1}
    assert words(known, Opened(2, 3)) == "Recorded #7 → Delivered 2/3 → Opened 2/3"
