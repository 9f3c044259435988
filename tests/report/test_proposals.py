"""What members of a team proposed, in the report: with the decision, and without names if so wished."""

from __future__ import annotations

from functools import cache

from tabletop.exercise import commands as c
from tabletop.exercise.events import Record
from tabletop.report.build import build_report
from tabletop.report.json import render_json
from tabletop.report.rendering import render_html, render_markdown
from tests.game import Game
from tests.report.exercises import rich_scenario, with_clock


@cache
def records() -> tuple[Record, ...]:
    game = Game(rich_scenario()).start().pass_to(370)

    def propose(option: str, by: str, office: str = "", why: str = "") -> None:
        game.grant("tokyo", c.Propose(decision="alert", option=option, by=by, office=office, rationale=why))

    propose("okinawa", "Sato", "Crisis manager", "The path is known")
    propose("quiet", "Tanaka")
    propose("nationwide", "Tanaka")
    propose("quiet", "Mori", "Spokesperson")
    game.grant("tokyo", c.Withdraw(decision="alert", by="Mori"))
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa", rationale="Sato is right"))
    game.grant("facilitator", c.Endex(), at=1200)
    return tuple(with_clock(game.records))


def test_every_proposal_stands_with_its_decision() -> None:
    report = build_report(records())
    run = next(run for run in report.decisions if run.id == "alert")
    assert [(item.who, item.option, item.fate, item.taken) for item in run.proposed] == [
        ("Sato (Crisis manager)", "okinawa", "stood", True),
        ("Tanaka", "quiet", "replaced", False),
        ("Tanaka", "nationwide", "stood", False),
        ("Mori (Spokesperson)", "quiet", "withdrawn", False),
    ]
    assert str(run.proposed[0].at) == "T+6:10"


def test_every_format_says_who_proposed_what_and_why() -> None:
    report = build_report(records())
    for text in (render_markdown(report), render_html(report), render_json(report)):
        for words in ("Sato", "Crisis manager", "The path is known", "Tanaka"):
            assert words in text


def test_an_anonymous_report_says_what_was_proposed_and_not_by_whom() -> None:
    report = build_report(records(), anonymous=True)
    for text in (render_markdown(report), render_html(report), render_json(report)):
        assert "The path is known" in text
        for words in ("Crisis manager)", "Tanaka", "Mori", "Spokesperson"):
            assert words not in text
