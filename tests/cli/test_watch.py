"""`tabletop watch --lines`: a line for each event, and none that tells an evaluator how to rate."""

from __future__ import annotations

import asyncio

import pytest

from tabletop.cli.watch import _tell
from tabletop.exercise import commands as c
from tabletop.host.local_link import LocalLink
from tests.builders import tiny_scenario
from tests.tui.station.playing import Play

SHARE = tiny_scenario().objectives["share"]


def lines(seat: str, capsys: pytest.CaptureFixture[str]) -> str:
    play = Play().start()
    play.do("facilitator", c.Gate())
    play.do("facilitator", c.AskSelfRatings())
    play.do("tokyo", c.RateSelf(ratings={"share": "U"}, note="A deaf wall"))
    play.do("facilitator", c.Grade(objective="share", rating="M", note="A weak link"))
    play.do("facilitator", c.Endex())
    play.do("facilitator", c.Close())
    asyncio.run(_tell(LocalLink(play.session, seat)))  # type: ignore[arg-type]
    return capsys.readouterr().out


def test_an_evaluator_is_not_told_how_a_team_rated_itself(capsys: pytest.CaptureFixture[str]) -> None:
    said = lines("evaluator", capsys)
    assert f"Tokyo rated itself: “{SHARE.code} {SHARE.title}” (withheld)" in said
    assert "A deaf wall" not in said
    assert "A weak link" not in said


def test_an_observer_is_told_all(capsys: pytest.CaptureFixture[str]) -> None:
    said = lines("observer", capsys)
    assert f"Tokyo rated itself: {SHARE.code} {SHARE.title} U: A deaf wall" in said
