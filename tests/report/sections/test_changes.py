"""What would have changed the scores."""

from __future__ import annotations

from tabletop.report.build import build_report
from tabletop.report.sections.changes import write_changes
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, decide, report, said


def test_three_changes_for_each_score_the_heaviest_first() -> None:
    assert said(write_changes, build_report(full_records())) == block("""
        For each score the three single changes that would have moved it most: another option, the same
        option on time, one card shared, one consultation.

        O1 Timely warning data

        Washington 100
          - 0 (−100) if Washington had chosen “Confirm before telling anyone” (D1)

        O4 Message consistency

        Washington 60
          - 100 (+40) if Seoul had chosen “A ballistic missile” by T+13:30 (D3)
          - 40 (−20) if Washington had chosen “A satellite launch” (D3)

        Tokyo 60
          - 100 (+40) if Seoul had chosen “A ballistic missile” by T+13:30 (D3)
          - 40 (−20) if Tokyo had chosen “A satellite launch” (D3)

        Seoul 0
          - 90 (+90) if Seoul had chosen “A ballistic missile” by T+13:30 (D3)
          - 10 (+10) if Seoul had chosen “A satellite launch” by T+13:30 (D3)
          - 10 (+10) if Tokyo had chosen “A satellite launch” (D3)

        O5 Accurate public warning

        Washington 100
          - 0 (−100) if Washington had chosen “Confirm before telling anyone” (D1)

        Tokyo 0
          - 50 (+50) if Tokyo had chosen “Okinawa alone” (D2)
        """)


def test_no_score_no_change() -> None:
    assert said(write_changes, build_report(Game().records)) == "No objective was exercised."


def test_a_late_decision_could_have_come_in_time() -> None:
    assert said(write_changes, report(decide(421, "washington", "push-track", "both"))) == block("""
        For each score the three single changes that would have moved it most: another option, the same
        option on time, one card shared, one consultation.

        O1 Timely warning data

        Washington 50
          - 100 (+50) if Washington had decided the same by T+7 (D1)
          - 0 (−50) if Washington had chosen “Confirm before telling anyone” (D1)

        O5 Accurate public warning

        Washington 50
          - 100 (+50) if Washington had decided the same by T+7 (D1)
          - 0 (−50) if Washington had chosen “Confirm before telling anyone” (D1)

        Tokyo 0
          - 100 (+100) if Tokyo had chosen “Okinawa alone” by T+9 (D2)
        """)
