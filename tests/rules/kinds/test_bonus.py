"""Bonus: given while its condition holds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import tiny_scenario
from tests.rules.playing import begin, do, given

BONUS: dict[str, Any] = {
    "id": "f1",
    "title": "Both did it",
    "measure": "bonus",
    "when": {"all": [{"chose": {"alert": "okinawa"}}, {"on-time": "push-track"}]},
    "points": {"tokyo": {"warning": 1}, "washington": {"share": 1}},
}

EXAMPLES: list[dict[str, Any]] = [
    {
        "id": "f1",
        "measure": "bonus",
        "when": {"all": [{"chose": {"alert": "okinawa"}}, {"on-time": "push-track"}]},
        "points": {"tokyo": {"warning": 1}, "washington": {"share": 1}},
    },
    {
        "id": "f4",
        "measure": "bonus",
        "when": {"not": {"shared": "flash"}},
        "points": {"seoul": {"share": -1}},
        "judged": "endex",
    },
    {
        "id": "f5",
        "measure": "bonus",
        "when": {
            "any": [{"consulted": {"by": "tokyo", "with": ["seoul"]}}, {"not": {"stated": {"by": "seoul"}}}]
        },
        "points": {"tokyo": {"message": 1}},
    },
    {
        "id": "f6",
        "measure": "bonus",
        "when": {
            "any": [
                {"by": {"at": "T+8", "that": {"shared": "track"}}},
                {"labels": {"decision": "name-it", "are": "same"}},
            ]
        },
        "points": {"washington": {"message": 0.5}, "seoul": {"message": -0.5}},
    },
]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {
            "measure": "bonus",
            "when": {"shared": "track"},
            "points": {"tokyo": {"warning": 1}, "seoul": {"share": -0.5}},
            "judged": "endex",
        },
        "Judged at ENDEX. If so: Tokyo +1 on O5; Seoul −0.5 on O1.",
    )
]


def test_a_bonus_is_given_while_its_condition_holds() -> None:
    game = begin(BONUS)
    do(game, "washington", 301, do="decide", decision="push-track", option="both")
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    assert given(game, "f1") == {"tokyo": 1, "washington": 1}
    do(game, "tokyo", 410, do="decide", decision="alert", option="quiet")
    assert given(game, "f1") == {}


def test_a_bonus_whose_question_was_never_put_is_not_in_play() -> None:
    game = begin(BONUS)
    do(game, "washington", 301, do="decide", decision="push-track", option="both")
    do(game, "facilitator", do="hold", inject="sighting")
    do(game, "facilitator", do="endex")
    assert game.score().objective("warning").teams["tokyo"].score is None


@pytest.mark.parametrize("shared", [True, False])
def test_what_never_happened_is_judged_at_endex(shared: bool) -> None:
    rule = {
        "id": "f4",
        "measure": "bonus",
        "when": {"not": {"shared": "flash"}},
        "points": {"seoul": {"share": -1}},
        "judged": "endex",
    }
    game = begin(rule).pass_to(400)
    if shared:
        do(game, "seoul", do="share", card="flash", with_=["tokyo"])
    assert given(game, "f4") == {}
    do(game, "facilitator", do="endex")
    assert given(game, "f4") == ({} if shared else {"seoul": -1})


def test_v2_nobody_is_charged_for_a_card_that_was_never_held() -> None:
    rule = {
        "id": "f4",
        "measure": "bonus",
        "when": {"not": {"shared": "flash"}},
        "points": {"seoul": {"share": -1}},
        "judged": "endex",
    }
    game = begin(rule)
    timeline = tiny_scenario().timeline
    held = next(entry.id for entry in timeline if getattr(entry.inject.card, "id", None) == "flash")
    do(game, "facilitator", do="skip", inject=held)
    game.pass_to(400)
    do(game, "facilitator", do="endex")
    assert given(game, "f4") == {}
    assert game.score().objective("share").teams["seoul"].score is None
