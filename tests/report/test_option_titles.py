"""An option that has a title is called by it wherever a report or an explanation names it."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.report.build import build_report
from tabletop.report.explaining import explain
from tabletop.report.rendering import RENDERERS
from tabletop.rules.scoring import score_log
from tabletop.scenario.options import option_name
from tests.builders import tiny_scenario
from tests.game import Game


def titled() -> Game:
    scenario = tiny_scenario()
    decision = scenario.decisions["push-track"]
    options = dict(decision.options)
    options["both"] = options["both"].model_copy(update={"letter": "a", "code": "a", "title": "To both"})
    decision = decision.model_copy(update={"options": options})
    game = Game(
        scenario.model_copy(update={"decisions": {**scenario.decisions, "push-track": decision}})
    ).start()
    game.grant("washington", c.Decide(decision="push-track", option="both"), at=320)
    game.grant("facilitator", c.Endex(), at=400)
    return game


def test_the_report_shows_letter_and_title() -> None:
    report = RENDERERS["md"](build_report(titled().records))
    assert "a “To both” at T+5:20" in report
    assert "a) To both: Voice and data to both at once" in report


def test_an_option_without_a_letter_or_a_title_goes_by_what_it_has() -> None:
    assert option_name("both", "a", "To both") == "a “To both”"
    assert option_name("both", "a", None) == "a"
    assert option_name("both", None, "To both.") == "“To both”"
    assert option_name("both", None, "“To both”") == "“To both”"
    assert option_name("both", None, None) == "both"


def test_reasons_and_explanations_quote_the_title() -> None:
    records = titled().records
    reasons = [entry.reason for entry in score_log(records).ledger if entry.team == "washington"]
    assert any("chose “To both”" in reason for reason in reasons)
    explained = explain(records)
    sentences = [sentence.text for score in explained.explained for sentence in score.sentences]
    assert any("it chose “To both”" in text for text in sentences)
