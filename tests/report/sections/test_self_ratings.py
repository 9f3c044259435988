"""Teams on themselves: beside what evaluators gave and the score proposes, and never in either."""

from __future__ import annotations

import json

import pytest

from tabletop.exercise import commands as c
from tabletop.report.build import build_report
from tabletop.report.json import render_json
from tabletop.report.rendering import render_html, render_markdown
from tabletop.report.sections.scores import write_scores
from tabletop.report.sections.self_ratings import write_self_ratings
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, said


def played() -> Game:
    game = Game().start()
    game.grant("facilitator", c.Gate(), at=600)
    game.grant("facilitator", c.AskSelfRatings())
    game.grant("tokyo", c.RateSelf(ratings={"share": "U"}, note="At first we thought so"))
    game.grant("tokyo", c.RateSelf(ratings={"share": "S", "warning": "P"}, note="We rang late"))
    game.grant("washington", c.RateSelf(ratings={"share": "P"}))
    game.grant("evaluator", c.Grade(objective="share", rating="S", note="All in all"))
    game.grant("evaluator", c.Grade(objective="warning", team="tokyo", rating="M", note="No siren"))
    game.grant("facilitator", c.Endex(), at=700)
    game.grant("facilitator", c.AskSelfRatings())
    game.grant("tokyo", c.RateSelf(ratings={"share": "P"}))
    return game


def test_each_own_rating_stands_beside_what_others_gave() -> None:
    assert said(write_self_ratings, build_report(played().records)) == block("""
        Teams on themselves
        Team        Rated at  Objective                  Own rating                  Given          Proposed
        Washington  T+10      O1 Timely warning data     P, performed without        S (all teams)  –
                                                         challenges
        Tokyo       T+10      O1 Timely warning data     S, performed with some      S (all teams)  –
                                                         challenges
        Tokyo       T+10      O5 Accurate public         P, performed without        M              –
                              warning                    challenges
        Tokyo       T+11:40   O1 Timely warning data     P, performed without        S (all teams)  –
                                                         challenges

        Tokyo at T+10: “We rang late” [16]
        What teams give themselves is part of no score, nor of the agreement between those who rate.
        """)


def test_without_any_there_is_no_such_part() -> None:
    game = Game().start()
    game.grant("facilitator", c.Gate(), at=600)
    game.grant("facilitator", c.AskSelfRatings())
    assert said(write_self_ratings, build_report(game.records)) == ""
    assert "Teams on themselves" not in said(write_scores, build_report(game.records))


def test_it_counts_neither_in_scores_nor_in_agreement() -> None:
    without = [record for record in played().records if record.event.type != "team-rated-itself"]
    report, plain = build_report(played().records), build_report(without)
    assert (report.ratings, report.agreement, report.objectives) == (
        plain.ratings,
        plain.agreement,
        plain.objectives,
    )


@pytest.mark.parametrize("anonymous", [False, True])
def test_every_format_has_it(anonymous: bool) -> None:
    report = build_report(full_records(), anonymous=anonymous)
    for text in (render_markdown(report), render_html(report)):
        assert "Teams on themselves" in text
        assert "The siren was late." in text
    data = json.loads(render_json(report))["self_ratings"]
    assert [(one["team"], one["gate"], one["note"]) for one in data] == [
        ("tokyo", "end", "The siren was late."),
        ("seoul", "end", ""),
    ]
    assert data[0]["ratings"][0] == {
        "objective": "share",
        "own": "S",
        "given": [],
        "given_to_all": [],
        "proposed": None,
    }
