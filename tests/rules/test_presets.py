"""Decisions taken before play count in every condition as if they had been taken in it."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.pages.text import TextPage
from tabletop.report.explaining import explain
from tabletop.report.sections.explanation import write_explanation
from tests.builders import tiny_scenario
from tests.game import Game
from tests.rules.playing import begin, do, given, options

CHOSE: dict[str, Any] = {"chose": {"push-track": ["both"]}}


def preset() -> dict[str, Any]:
    """The scenario in which Washington told both before play, and is not asked."""
    timeline = tiny_scenario().model_dump(mode="json", by_alias=True)["timeline"]
    timeline[1]["decisions"] = []
    return {"presets": {"push-track": {"washington": "both"}}, "timeline": timeline}


def play(rule: dict[str, Any] | None = None, **changes: Any) -> Game:
    """Tokyo sounds the alert; whether Washington told it hangs on what was decided before play or in it."""
    part = {"when": CHOSE, "good": {"message": "It knew the track"}}
    known = options("alert", okinawa={"if": [part]})
    game = begin(*([rule] if rule else []), decisions=known, **changes)
    if "presets" not in changes:
        do(game, "washington", 310, do="decide", decision="push-track", option="both")
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    return game


def alert(game: Game) -> list[tuple[str, float]]:
    ledger = game.score().ledger
    return [
        (one.objective, one.points) for one in ledger if one.team == "tokyo" and one.reason.startswith("D2")
    ]


@pytest.mark.parametrize("changes", [{}, preset()])
def test_a_mark_hangs_on_what_was_decided_before_play_as_on_what_was_in_it(changes: dict[str, Any]) -> None:
    assert alert(play(**changes)) == [("message", 1), ("warning", 1)]


@pytest.mark.parametrize("changes", [{}, preset()])
def test_a_bonus_counts_what_was_decided_before_play(changes: dict[str, Any]) -> None:
    rule = {
        "id": "both",
        "measure": "bonus",
        "when": {"chose": {"push-track": ["both"], "alert": ["okinawa"]}},
        "points": {"tokyo": {"message": 1}},
    }
    assert given(play(rule, **changes), "both") == {"tokyo": 1}


def test_the_explanation_names_what_was_decided_before_play() -> None:
    page = TextPage(100)
    write_explanation(page, explain(play(**preset()).records))
    assert "It knew the track" in page.text()
