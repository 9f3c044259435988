"""The improvement plan: what there is to improve, and room to say how."""

from __future__ import annotations

from tabletop.pages.markdown import MarkdownPage
from tabletop.report.build import build_report
from tabletop.report.sections.plan import write_plan
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, report, said


def test_a_row_for_each_area_and_columns_for_people_to_fill_in() -> None:
    assert said(write_plan, build_report(full_records())) == block("""
        To be filled in by those who own the processes concerned. Name processes, not people; give each
        action an owner and a date.

        No.  Area for improvement                                  Objectives  Corrective action  Owner  Due
        1    Tokyo: No one checked the alert. [45]
        2    Tokyo: D2: chose “The whole country” [21, 24]         O5
        3    Seoul: D3: nothing was decided, the phase ended [32,  O4
             37]
        4    D3: Seoul alone chose otherwise [33, 35, 37]          O4
        5    Seoul: Spoke alone [48]                               O4
        """)


def test_two_empty_rows_follow_where_somebody_writes_by_hand() -> None:
    page = MarkdownPage()
    write_plan(page, build_report(Game().records))
    assert page.text().splitlines()[-2:] == ["|  |  |  |  |  |  |"] * 2


def test_a_team_that_the_words_name_already_is_not_named_twice() -> None:
    def row(text: str) -> str:
        seen = {"do": "observe", "text": text, "team": "tokyo", "kind": "improvement"}
        return said(write_plan, report((60, "evaluator", seen), until=120)).splitlines()[4]

    assert row("Tokyo kept silent.").startswith("1    Tokyo kept silent. [")
    assert row("They kept silent.").startswith("1    Tokyo: They kept silent. [")
