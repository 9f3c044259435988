"""What became of what an evaluator gave, in words."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise.narration import names_in
from tabletop.exercise.refusal import Refusal
from tabletop.protocol.submission import Submission
from tabletop.tui.watch.notes import notes_lines, waiting
from tests.builders import tiny_scenario

NAMES = names_in(tiny_scenario())
SEEN = c.Observe(text="They rang first.", about="push-track", team="tokyo", kind="strength")


def words(given: list[Submission], width: int = 80, height: int = 10) -> list[str]:
    return ["".join(text for text, _ in line) for line in notes_lines(given, NAMES, width, height)]


def test_each_word_is_said_only_once_it_is_true() -> None:
    given = Submission("k", SEEN)
    assert words([given]) == ["Sending  Observed a strength on D1 and Tokyo: They rang first."]
    assert waiting([given]) == 1
    given.recorded, given.first, given.last, given.of = True, 12, 12, 1
    assert words([given]) == ["Recorded #12  Observed a strength on D1 and Tokyo: They rang first."]
    assert waiting([given]) == 0


def test_a_refusal_says_why_and_what() -> None:
    given = Submission(
        "k", c.Grade(objective="share", rating="M", note="Late"), refusal=Refusal("the record is closed")
    )
    assert words([given]) == [
        "Refused: the record is closed",
        "  Rated Timely warning data M for all teams: Late",
    ]
    assert waiting([given]) == 0


def test_the_latest_are_shown_where_there_is_no_room_for_all() -> None:
    given = [Submission(f"k{n}", c.Observe(text=f"Seen {n}")) for n in range(9)]
    assert words(given, height=2) == ["Sending  Observed: Seen 7", "Sending  Observed: Seen 8"]
    assert all(len(line) <= 30 for line in words([Submission("k", SEEN)], width=30))
