"""Questions for the discussion afterwards."""

from __future__ import annotations

from tabletop.pages.html import HtmlPage
from tabletop.report.build import build_report
from tabletop.report.sections.discussion import write_discussion
from tests.builders import tiny_scenario
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, said


def test_the_hot_wash_the_phases_and_the_ground_rules() -> None:
    assert said(write_discussion, build_report(full_records())) == block("""
        Hot wash
          - What was planned?
          - What happened?
          - Why was it so, and what should be kept or changed?

        Launch
          - Who knew what, and when?

        Ground rules of the exercise
          - No fault.
        """)


def test_without_prompts_and_ground_rules_the_hot_wash_is_left() -> None:
    phases = [{"id": "launch", "title": "Launch", "from": "T+0"}]
    plain = build_report(Game(tiny_scenario(phases=phases)).records)
    assert said(write_discussion, plain) == block("""
        Hot wash
          - What was planned?
          - What happened?
          - Why was it so, and what should be kept or changed?
        """)


def test_ground_rules_stand_beside_the_questions_in_html() -> None:
    page = HtmlPage(title="")
    write_discussion(page, build_report(full_records()))
    columns = page.text().split('<div class="columns">')[1]
    assert columns.count("<div>") == columns.count("</div>") - 1 == 2
