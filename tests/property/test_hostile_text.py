"""What people type is kept exactly in the log and shown harmlessly everywhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.exercise import events as e
from tabletop.exercise.commands import COMMAND
from tabletop.exercise.narration import narrate
from tabletop.exercise.view import view
from tabletop.store.codec import decode, encode
from tests.builders import TEAMS
from tests.game import Game
from tests.harmless import has_control

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "blns" / "blns.json"
OWN = [
    "[/nope] [@click=app.quit]x[/] [link=http://x]y[/]",
    "\x1b[31mred\x1b]52;c;aGk=\x07\x9b0m\x1b]0;title\x07",
    "\u202eesrever \u2066x\u2069 \ufeff \u2028 \u0000",
    "=1+1 @SUM(A1) +cmd|' /C calc'!A0 -2",
    "<script>alert(1)</script> ![x](http://x) | a | b |\n# heading\n```",
    "海峡 한국 e\u0301 👩\u200d🚀 \ud800",
    "x" * 10_000,
    "line one\r\nline two\rline three\n",
]


def strings() -> list[str]:
    """Return the hostile strings of the corpus, if it is there, and our own."""
    found: list[str] = json.loads(CORPUS.read_text(encoding="utf-8")) if CORPUS.exists() else []
    return list(dict.fromkeys([*OWN, *(text for text in found if text.strip())]))


def typed(text: str) -> list[tuple[str, dict[str, object]]]:
    """Return a command for every text field."""
    return [
        ("facilitator", {"do": "note", "text": text}),
        ("facilitator", {"do": "observe", "text": text, "team": "tokyo"}),
        ("facilitator", {"do": "adjust", "team": "tokyo", "objective": "share", "points": 1, "reason": text}),
        ("facilitator", {"do": "grade", "objective": "share", "rating": "P", "note": text}),
        ("facilitator", {"do": "hold", "inject": "leak", "reason": text}),
        ("facilitator", {"do": "edit", "inject": "leak", "title": text[:200], "text": text}),
        ("facilitator", {"do": "unhold", "inject": "leak"}),
        (
            "facilitator",
            {"do": "inject", "title": text[:300], "from": text[:300], "to": ["tokyo"], "text": text},
        ),
        ("facilitator", {"do": "message", "to": ["tokyo"], "text": text}),
        (
            "tokyo",
            {
                "do": "propose",
                "decision": "alert",
                "option": "quiet",
                "rationale": text,
                "by": text[:80],
                "office": text[:80],
            },
        ),
        ("tokyo", {"do": "withdraw", "decision": "alert", "by": text[:80], "office": text[:80]}),
        ("tokyo", {"do": "decide", "decision": "alert", "option": "quiet", "rationale": text}),
        ("tokyo", {"do": "consult", "with": ["seoul"], "text": text}),
        ("seoul", {"do": "answer", "from": "tokyo", "text": text}),
        ("seoul", {"do": "state", "text": text}),
        ("tokyo", {"do": "message", "to": ["control"], "text": text}),
        ("facilitator", {"do": "pausex", "reason": text}),
        ("facilitator", {"do": "resume"}),
        ("facilitator", {"do": "emergency", "text": text}),
        ("facilitator", {"do": "stand-down"}),
        ("facilitator", {"do": "resume"}),
    ]


@pytest.fixture(scope="module")
def game() -> Game:
    """Play a game in which every string was typed into every field."""
    game = Game().start().pass_to(360)
    for text in strings():
        for seat, fields in typed(text):
            game.grant(seat, COMMAND.validate_python(fields))
    return game


def test_the_log_keeps_every_character(game: Game) -> None:
    notes = [record.event.text for record in game.records if isinstance(record.event, e.NoteTaken)]
    expected = [text.replace("\r\n", "\n").replace("\r", "\n") for text in strings()]
    assert notes == expected
    assert all(decode(encode(record)) == record for record in game.records)


def test_no_sentence_holds_what_a_terminal_obeys(game: Game) -> None:
    assert not any(has_control(narrate(record.event)) for record in game.records)


@pytest.mark.parametrize("team", TEAMS)
def test_hostile_text_is_seen_by_those_it_was_written_to(game: Game, team: str) -> None:
    messages = [
        record.event for record in game.records if isinstance(view(record.event, team), e.MessageSent)
    ]
    assert bool(messages) is (team == "tokyo")
