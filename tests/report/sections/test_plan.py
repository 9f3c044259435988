"""The improvement plan: what there is to improve, and room to say how."""

from __future__ import annotations

from typing import Any

from tabletop.pages.markdown import MarkdownPage
from tabletop.report.build import build_report
from tabletop.report.sections.changes import write_best
from tabletop.report.sections.plan import write_plan
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, report, said
from tests.rules.playing import begin, do, name_it, options, second_phase


def test_a_row_for_each_area_and_columns_for_people_to_fill_in() -> None:
    assert said(write_plan, build_report(full_records())) == block("""
        To be filled in by those who own the processes concerned. Name processes, not people; give each
        action an owner and a date. What people noted for improvement stands first. A row stands for each
        objective on which something went badly or that is rated M or U, and for each change of the section
        before that would have helped most. A row stands for each mark that exercise control took away.

        No.  Area for improvement                 Objectives  Corrective action  Priority  Owner  Start  Due
        1    Tokyo: No one checked the alert.
             [45]
        2    Message consistency: two of nine     O4
             situations went badly: Seoul in D3
             and under “Alike”. What would have
             helped: if Seoul had chosen “A
             ballistic missile” by T+13:30 (D3):
             +9 here, +9 over all objectives and
             teams. [37]
        3    Accurate public warning: one of two  O5
             situations went badly: Tokyo in D2.
             What would have helped: if Tokyo
             had chosen “Okinawa alone” (D2): +1
             here, +1 over all objectives and
             teams. [24]
        4    Seoul: Spoke alone [48]              O4
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


def with_bad_options() -> dict[str, Any]:
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
    return decisions


def test_the_price_of_the_best_choice_is_said_once_where_changes_are_told() -> None:
    game = begin(decisions=with_bad_options())
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    report = build_report(game.records)
    assert "For one bad mark, no other choice that was tried" in " ".join(said(write_best, report).split())
    (row,) = report.improvement_plan
    assert row.issue.startswith("Message consistency: the one situation went badly: Tokyo in D2. ")


def test_the_best_changes_stand_in_the_rows_of_the_objectives_that_they_would_have_helped() -> None:
    game = begin(decisions=with_bad_options())
    do(game, "tokyo", 400, do="decide", decision="alert", option="nationwide")
    report = build_report(game.records)
    assert [(row.teams, row.marks, row.objectives) for row in report.improvement_plan] == [
        (("tokyo",), 1, ("message",)),
        (("tokyo",), 1, ("warning",)),
    ]
    issues = " ".join(row.issue for row in report.improvement_plan)
    assert all(f"{one.text} ({one.subject})" in issues for one in report.improvements)


def test_what_was_locked_to_a_team_and_chosen_by_partners_has_a_row_of_its_own() -> None:
    decisions = options("name-it")
    decisions["name-it"]["options"]["missile"] |= {
        "cost": {"seoul": 9},
        "effects": {},
        "good": {"message": "One word"},
    }
    game = second_phase(begin(decisions=decisions))
    name_it(game, washington="missile", tokyo="missile", seoul="satellite")
    report = build_report(game.records)
    (locked,) = report.locks
    assert locked.text == (
        "“A ballistic missile” was locked to Seoul in D3 at T+6:40, though Washington and Tokyo chose it: it "
        "costs Seoul 9 of domestic capital, and Seoul had 6 left."
    )
    (row,) = [row for row in report.improvement_plan if row.source == "lock"]
    assert (row.issue, row.objectives) == (locked.text, ("message",))
    assert locked.text in " ".join(said(write_best, report).split())


def test_a_lock_has_one_row_however_often_the_decision_is_amended_and_what_came_back_is_not_spent() -> None:
    decisions = options(
        "name-it", missile={"cost": {"seoul": 9}, "effects": {}, "good": {"message": "One word"}}
    )
    del decisions["name-it"]["options"]["missile"]["capital"]
    decisions["name-it"]["options"]["satellite"] |= {"cost": 2}
    decisions["name-it"]["options"]["satellite"].pop("capital", None)
    game = second_phase(begin(decisions=decisions))
    name_it(game, washington="missile", tokyo="missile", seoul="satellite")
    do(game, "seoul", do="decide", decision="name-it", option="satellite", rationale="Still")
    do(game, "seoul", do="decide", decision="name-it", words="We wait")
    (locked,) = build_report(game.records).locks
    assert "By then it had spent" not in locked.text
