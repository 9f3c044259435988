"""Kept faith: clean form, leave and promises, once a card and team."""

from __future__ import annotations

from typing import Any

from tests.game import Game
from tests.rules.playing import begin, do, given, of, options, track

FAITH: dict[str, Any] = {"id": "faith", "measure": "kept-faith", "good": ["warning"], "bad": ["warning"]}

EXAMPLES: list[dict[str, Any]] = [FAITH]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "kept-faith", "good": "warning", "bad": "warning"},
        "For each card with a caveat, or that a decision keeps from somebody, once a team. It went on in its "
        "clean form only: +1 on O5. It went on raw to a partner named, without leave, or against a promise: "
        "−1 on O5.",
    )
]


def played() -> Game:
    return begin(FAITH, timeline=track(caveat=["tokyo"])).pass_to(300)


def share(game: Game, by: str, *partners: str, **fields: Any) -> None:
    do(game, by, do="share", card="track", with_=list(partners), **fields)


def test_clean_form_only_is_good_once_a_card() -> None:
    game = played()
    share(game, "washington", "tokyo", sanitised=True)
    share(game, "washington", "seoul", sanitised=True)
    assert given(game, "faith") == {"washington": 1}
    standing = game.score().objective("warning").teams["washington"]
    assert (standing.best, standing.worst) == (1, -1)


def test_raw_to_a_partner_named_is_bad_and_stays_so() -> None:
    game = played()
    share(game, "washington", "tokyo")
    share(game, "washington", "seoul", sanitised=True)
    assert given(game, "faith") == {"washington": -1}
    assert of(game, "faith")[0].reason == (
        "What was to be kept was passed on (it passed on “First track” in raw form to Tokyo)"
    )


def test_raw_to_a_partner_that_is_not_named_is_neither() -> None:
    game = played()
    share(game, "washington", "seoul")
    assert given(game, "faith") == {}


def test_passed_on_with_leave_in_clean_form_or_without_leave() -> None:
    free, bound = played(), played()
    share(free, "washington", "seoul", sanitised=True, onward=True)
    share(free, "seoul", "tokyo")
    assert given(free, "faith") == {"washington": 1, "seoul": 1}
    share(bound, "washington", "seoul", sanitised=True)
    share(bound, "seoul", "tokyo")
    assert given(bound, "faith") == {"washington": 1, "seoul": -1}
    assert "Washington's “First track” to Tokyo without its leave" in of(bound, "faith")[1].reason


def test_a_card_without_a_caveat_is_not_judged() -> None:
    game = begin(FAITH).pass_to(300)
    share(game, "washington", "tokyo")
    assert given(game, "faith") == {}
    assert game.score().objective("warning").teams["tokyo"].score is None


def test_what_was_promised_is_kept_until_the_phase_ends() -> None:
    kept = options("push-track", **{"confirm-first": {"keeps": {"track": ["tokyo"]}}})
    game = begin(FAITH, decisions=kept).pass_to(300)
    do(game, "washington", do="decide", decision="push-track", option="confirm-first")
    share(game, "washington", "seoul")
    assert given(game, "faith") == {}, "the promise was about Tokyo"
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    share(game, "washington", "tokyo")
    assert given(game, "faith") == {}


def test_words_in_place_of_the_option_end_its_promise() -> None:
    kept = options("push-track", **{"confirm-first": {"keeps": {"track": ["tokyo"]}}})
    game = begin(FAITH, decisions=kept).pass_to(300)
    do(game, "washington", do="decide", decision="push-track", option="confirm-first")
    do(game, "washington", do="decide", decision="push-track", words="We tell them soon")
    share(game, "washington", "tokyo")
    assert given(game, "faith") == {}
