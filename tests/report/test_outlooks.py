"""Ratings, what would have changed the scores, and the coordination matrix, as the report tells them."""

from __future__ import annotations

import json

import pytest

from tabletop.exercise import commands as c
from tabletop.report.build import build_coordination, build_report
from tabletop.report.json import render_json
from tabletop.report.model import AfterActionReport
from tabletop.report.rendering import render_html, render_markdown
from tabletop.rules.whatif import WhatIf
from tests.report.exercises import full_game, full_records, with_clock

RENDERERS = {"md": render_markdown, "html": render_html, "json": render_json}


@pytest.fixture(scope="module")
def report() -> AfterActionReport:
    """The report of the full game, in which an evaluator rated."""
    game = full_game()
    game.grant("evaluator", c.Grade(objective="share", rating="S", note="By luck"))
    game.grant("evaluator", c.Grade(objective="message", team="seoul", rating="U", note="Alone"))
    return build_report(with_clock(game.records))


def test_every_exercised_objective_has_a_rating_and_teams_where_somebody_gave_one(
    report: AfterActionReport,
) -> None:
    found = [(item.objective, item.team, item.proposed, item.given, item.stands) for item in report.ratings]
    assert found == [
        ("share", None, None, "S", "S"),
        ("message", None, None, None, None),
        ("message", "seoul", None, "U", "U"),
        ("warning", None, None, None, None),
        ("legal", None, None, None, None),
    ]
    given = report.ratings[0]
    assert (given.note, given.author) == ("By luck", "evaluator")
    assert given.evidence
    assert report.bands == {"P": 80, "S": 60, "M": 40}


def test_ratings_of_two_people_are_rows_of_their_own_with_the_agreement() -> None:
    game = full_game()
    game.grant("evaluator", c.Grade(objective="share", rating="S", note="By luck"))
    game.grant("facilitator", c.Grade(objective="share", rating="P", note="In time"))
    found = build_report(with_clock(game.records))
    assert [(run.author, run.given) for run in found.ratings if run.objective == "share"] == [
        ("evaluator", "S"),
        ("facilitator", "P"),
    ]
    assert found.agreement is not None
    assert (found.agreement.percent, found.agreement.pairs) == (0, 1)
    text = render_markdown(found)
    assert "By luck" in text
    assert "In time" in text
    assert "0 of 1 pair of ratings are alike: 0 % agreement." in text


@pytest.mark.parametrize("format_", RENDERERS)
def test_given_ratings_stand_with_their_notes_in_every_format(
    report: AfterActionReport, format_: str
) -> None:
    text = RENDERERS[format_](report)
    assert "By luck" in text
    if format_ != "json":
        assert "S, performed with some challenges" in text


def test_an_anonymous_report_does_not_say_who_rated() -> None:
    game = full_game()
    game.grant("evaluator", c.Grade(objective="share", rating="S", note="By luck"))
    found = build_report(with_clock(game.records), anonymous=True)
    assert found.ratings[0].author is None
    assert all("evaluator" not in render(found) for render in RENDERERS.values())


def test_outlooks_are_those_of_the_rules(report: AfterActionReport) -> None:
    found = WhatIf(full_records()).by_score()
    told = {(one.team, one.objective): one for one in report.outlooks}
    assert told.keys() == found.keys()
    for key, moved in found.items():
        assert [change.text for change in told[key].changes] == [one.change.deed for one in moved]
        assert [change.after for change in told[key].changes] == [round(one.after, 1) for one in moved]


def test_the_matrix_is_the_one_that_stands_alone(report: AfterActionReport) -> None:
    found = build_coordination(full_records())
    assert (report.ties, report.joint) == (found.ties, found.joint)


def test_the_json_holds_them_all(report: AfterActionReport) -> None:
    data = json.loads(render_json(report))
    assert data["ratings"][0]["given"] == "S"
    assert (
        data["outlooks"][0]["changes"][0]["text"] == "Washington had chosen “Confirm before telling anyone”"
    )
    assert data["ties"][0]["handovers"][0]["after"] == 50
    assert data["joint"][0]["lag"] == 10


def test_a_consultation_says_what_came_next(report: AfterActionReport) -> None:
    assert "then it decided D1 Share the first track, T+5:40" in render_markdown(report)
