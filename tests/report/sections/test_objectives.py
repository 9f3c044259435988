"""Strengths and areas for improvement."""

from __future__ import annotations

from tabletop.report.build import build_report
from tabletop.report.sections.objectives import write_objectives
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, decide, report, said


def test_what_was_observed_comes_first_and_then_what_weighed_most() -> None:
    assert said(write_objectives, build_report(full_records())) == block("""
        O1 Timely warning data: 1 of 1 situation went well
        Analysis. Of one situation, one went well, none went badly and none gave no mark. Good marks came
        with D1 (Washington).

        Strengths
          - Observed The call came first.
            T+12 [44]
          - +1 D1: chose “Voice and data to both at once”
            Washington T+5:50 [11, 16, 17, 18]

        Areas for improvement
        No bad mark was given.

        O4 Message consistency: 2 of 9 situations went well, 2 badly
        Analysis. Of nine situations, two went well, two went badly and five gave no mark. Good marks came
        with D3 (Washington and Tokyo). Bad marks came with D3 (Seoul) and “Alike” (Seoul). What would have
        helped most here: if Seoul had chosen “A ballistic missile” by T+13:30 (D3): +9 here, +9 over all
        objectives and teams.

        Strengths
          - +1 D3: chose “A ballistic missile”
            Washington T+9:40 [30, 33, 34]; Tokyo T+9:50 [31, 35, 36]

        Areas for improvement
          - −1 D3: nothing was decided, the phase ended
            Seoul T+10 [32, 37]
          - −1 D3: Seoul alone chose otherwise
            Seoul T+10 [33, 35, 37]
          - −0.5 adjustment: Spoke alone
            Seoul T+12 [48]

        O5 Accurate public warning: 1 of 2 situations went well, 1 badly
        Analysis. Of two situations, one went well, one went badly and none gave no mark. Good marks came
        with D1 (Washington). Bad marks came with D2 (Tokyo). What would have helped most here: if Tokyo had
        chosen “Okinawa alone” (D2): +1 here, +1 over all objectives and teams.

        Strengths
          - +1 D1: chose “Voice and data to both at once”
            Washington T+5:50 [11, 16, 17, 18]

        Areas for improvement
          - −1 D2: chose “The whole country”
            Tokyo T+9:30 [21, 24, 25]
        """)


def test_without_an_exercised_objective_there_is_nothing_to_find() -> None:
    assert said(write_objectives, build_report(Game().records)) == "No objective was exercised."


def test_an_objective_that_only_people_spoke_of_is_shown_without_a_score() -> None:
    seen = {"do": "observe", "text": "Lawyers were in the room.", "objective": "message", "kind": "strength"}
    text = said(write_objectives, report((60, "evaluator", seen), until=120))
    assert text == block("""
        O4 Message consistency: not exercised

        Strengths
          - Observed Lawyers were in the room.
            T+1 [5]

        Areas for improvement
        No bad mark was given.
        """)


def test_the_same_finding_of_several_teams_stands_there_once() -> None:
    text = said(
        write_objectives,
        report(
            decide(400, "tokyo", "alert", "okinawa"),
            decide(410, "washington", "name-it", "missile"),
            decide(420, "tokyo", "name-it", "missile"),
            decide(430, "seoul", "name-it", "missile"),
        ),
    )
    assert text.count("chose “A ballistic missile”") == 1
    assert "    Washington T+6:50 [14, 17, 18]; Tokyo T+7 [15, 19, 20]; Seoul T+7:10 [16, 21, 22]" in text
