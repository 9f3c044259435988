"""Observations, and scores that people adjusted."""

from __future__ import annotations

from tabletop.report.build import build_report
from tabletop.report.sections.judgements import write_judgements
from tests.report.exercises import full_records
from tests.report.sections.saying import block, report, said, with_situations_enough


def test_what_each_is_tied_to_and_who_judged() -> None:
    assert said(write_judgements, build_report(full_records())) == block("""
        Observations
        Time  Kind         Tied to                   Observation                     By
        T+12  strength     D1 Share the first track  The call came first. [44]       evaluator
                           O1 Timely warning data
        T+12  improvement  D2 Alert the public       No one checked the alert. [45]  evaluator
                           Tokyo
        T+12  –            –                         Quiet room. [46]                evaluator

        Adjusted scores
        Time  Team   Objective               Points      Score  By the rules  Reason            By
        T+12  Seoul  O4 Message consistency    −0.5  not rated             –  Spoke alone [48]  facilitator
        """)


def test_a_rated_team_has_its_score_and_what_the_rules_alone_gave() -> None:
    text = said(write_judgements, with_situations_enough(build_report(full_records())))
    assert text[text.index("Adjusted") :] == block("""
        Adjusted scores
        Time  Team   Objective               Points  Score  By the rules  Reason            By
        T+12  Seoul  O4 Message consistency    −0.5      0             0  Spoke alone [48]  facilitator
        """)


def test_an_anonymous_report_has_no_column_for_authors() -> None:
    assert said(write_judgements, build_report(full_records(), anonymous=True)) == block("""
        Observations
        Time  Kind         Tied to                   Observation
        T+12  strength     D1 Share the first track  The call came first. [44]
                           O1 Timely warning data
        T+12  improvement  D2 Alert the public       No one checked the alert. [45]
                           Tokyo
        T+12  –            –                         Quiet room. [46]

        Adjusted scores
        Time  Team   Objective               Points      Score  By the rules  Reason
        T+12  Seoul  O4 Message consistency    −0.5  not rated             –  Spoke alone [48]
        """)


def test_nobody_judged() -> None:
    assert said(write_judgements, report(until=60)) == block("""
        Observations
        No observations were recorded.

        Adjusted scores
        No score was adjusted by a person.
        """)


def test_a_score_adjusted_on_what_was_not_exercised_is_not_rated() -> None:
    adjust = {"do": "adjust", "team": "tokyo", "objective": "message", "points": 1, "reason": "Well said"}
    text = said(write_judgements, report((60, "evaluator", adjust), until=120))
    assert text[text.index("Adjusted") :] == block("""
        Adjusted scores
        Time  Team   Objective               Points      Score  By the rules  Reason         By
        T+1   Tokyo  O4 Message consistency      +1  not rated             –  Well said [5]  evaluator
        """)
