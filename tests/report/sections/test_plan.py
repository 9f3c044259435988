"""The improvement plan: what there is to improve, and room to say how."""

from __future__ import annotations

from tabletop.pages.markdown import MarkdownPage
from tabletop.report.build import build_report
from tabletop.report.sections.plan import write_plan
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, report, said
from tests.rules.playing import begin, do, options


def test_a_row_for_each_area_and_columns_for_people_to_fill_in() -> None:
    assert said(write_plan, build_report(full_records())) == block("""
        To be filled in by those who own the processes concerned. Name processes, not people; give each
        action an owner and a date.

        No.  Area for improvement                 Objectives  Corrective action  Priority  Owner  Start  Due
        1    Tokyo: No one checked the alert.
             [45]
        2    Tokyo: D2: chose “The whole          O5
             country” [21, 24, 25]
        3    Seoul: D3: nothing was decided, the  O4
             phase ended [32, 37]
        4    Seoul: D3: Seoul alone chose         O4
             otherwise [33, 35, 37]
        5    Seoul: Spoke alone [48]              O4
        """)


def test_two_empty_rows_follow_where_somebody_writes_by_hand() -> None:
    page = MarkdownPage()
    write_plan(page, build_report(Game().records))
    assert page.text().splitlines()[-2:] == ["|  |  |  |  |  |  |  |  |"] * 2


def test_an_observation_that_begins_with_the_team_does_not_name_it_twice() -> None:
    def row(text: str) -> str:
        seen = {"do": "observe", "text": text, "team": "tokyo", "kind": "improvement"}
        return said(write_plan, report((60, "evaluator", seen), until=120)).splitlines()[4]

    assert row("Tokyo kept silent.").startswith("1    Tokyo kept silent. [")
    assert row("They kept silent.").startswith("1    Tokyo: They kept silent. [")


def test_the_price_of_the_best_choice_is_no_fault_and_a_row_names_its_team() -> None:
    decisions = options("alert")
    decisions["alert"]["options"]["okinawa"] |= {
        "effects": {},
        "good": {"warning": "Those below are warned", "share": "Partners hear it"},
        "bad": {"message": "Nobody says why to Tokyo"},
    }
    decisions["alert"]["options"]["nationwide"] |= {
        "effects": {},
        "bad": {"warning": "Tokyo wakes everybody", "message": "Nobody says why"},
    }
    game = begin(decisions=decisions)
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    assert "One bad mark is left out" in said(write_plan, build_report(game.records))
    assert "says why to Tokyo" not in said(write_plan, build_report(game.records))
    game = begin(decisions=decisions)
    do(game, "tokyo", 400, do="decide", decision="alert", option="nationwide")
    (row,) = build_report(game.records).improvement_plan
    assert (row.teams, row.marks, set(row.objectives)) == (("tokyo",), 2, {"warning", "message"})
    text = " ".join(said(write_plan, build_report(game.records)).split())
    assert "1 Tokyo: D2: chose" in text
