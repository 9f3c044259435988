"""Caveat kept: broken once a card, kept by sanitising."""

from __future__ import annotations

from typing import Any

from tests.rules.playing import begin, do, given

CAVEAT: dict[str, Any] = {"id": "x4", "measure": "caveat-kept", "tags": ["data"], "broken": {"warning": -1}}

EXAMPLES: list[dict[str, Any]] = [CAVEAT]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "caveat-kept", "tags": ["data", "sensor"], "broken": {"warning": -1}},
        "A card tagged data or sensor shared unsanitised: −1 on O5, once a card and team.",
    )
]


def test_a_caveat_is_broken_once_a_card() -> None:
    game = begin(CAVEAT)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"])
    do(game, "washington", 302, do="share", card="track", with_=["seoul"])
    assert given(game, "x4") == {"washington": -1}


def test_sanitising_keeps_the_caveat_and_so_does_passing_on_what_was_sanitised() -> None:
    game = begin(CAVEAT)
    do(game, "washington", 301, do="share", card="track", with_=["tokyo"], sanitised=True)
    do(game, "tokyo", 302, do="share", card="track", with_=["seoul"])
    assert given(game, "x4") == {}
    assert game.state.hands["seoul", "track"].text == "An object is heading south."
    standing = game.score().objective("warning").teams["washington"]
    assert (standing.best, standing.worst) == (0, -1)
