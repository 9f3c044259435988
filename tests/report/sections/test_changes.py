"""What would have changed the scores."""

from __future__ import annotations

from tabletop.report.build import build_report
from tabletop.report.sections.changes import write_changes
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, decide, report, said, with_situations_enough


def test_what_would_have_helped_each_score_first_and_what_saved_it() -> None:
    assert said(write_changes, with_situations_enough(build_report(full_records()))) == block("""
        For each score stand up to three changes that would have helped it: another option, the same option
        on time, one card shared, one consultation, or choices of several teams that fit. After each stand
        the marks that it brings here, and its price elsewhere. Last stands the one change that would have
        cost most: what saved it.

        O1 Timely warning data

        Washington 100
        No change that was tried would have raised it.
          - What saved it: it would have been 0 (−100) if Washington had chosen “Confirm before telling
            anyone” (D1): −2 here (O1), −2 O5, capital +1

        O4 Message consistency

        Washington 60
          - 100 (+40) if Seoul had chosen “A ballistic missile” by T+13:30 (D3): +2 here (O4); Tokyo +2 O4;
            Seoul +5 O4
          - What saved it: it would have been 40 (−20) if Washington had chosen “A satellite launch” (D3):
            −1 here (O4), capital +1; Seoul +1 O4

        Tokyo 60
          - 100 (+40) if Seoul had chosen “A ballistic missile” by T+13:30 (D3): +2 here (O4); Washington +2
            O4; Seoul +5 O4
          - What saved it: it would have been 40 (−20) if Tokyo had chosen “A satellite launch” (D3): −1
            here (O4), capital +1; Seoul +1 O4

        Seoul 0
          - 90 (+90) if Seoul had chosen “A ballistic missile” by T+13:30 (D3): +5 here (O4); Washington +2
            O4; Tokyo +2 O4
          - 10 (+10) if Seoul had chosen “A satellite launch” by T+13:30 (D3): +1 here (O4), capital +1
          - 10 (+10) if Tokyo had chosen “A satellite launch” (D3): +1 here (O4); Tokyo −1 O4, capital +1

        O5 Accurate public warning

        Washington 100
        No change that was tried would have raised it.
          - What saved it: it would have been 0 (−100) if Washington had chosen “Confirm before telling
            anyone” (D1): −2 here (O5), −2 O1, capital +1

        Tokyo 0
          - 50 (+50) if Tokyo had chosen “Okinawa alone” (D2): +1 here (O5), capital +5
        """)


def test_no_score_no_change() -> None:
    assert said(write_changes, build_report(Game().records)) == "No objective was exercised."


def test_where_a_team_is_not_rated_the_price_alone_is_shown() -> None:
    assert said(write_changes, report(decide(421, "washington", "push-track", "both"))) == block("""
        For each score stand up to three changes that would have helped it: another option, the same option
        on time, one card shared, one consultation, or choices of several teams that fit. After each stand
        the marks that it brings here, and its price elsewhere. Last stands the one change that would have
        cost most: what saved it.

        O1 Timely warning data

        Washington not rated
          - If Washington had decided the same by T+7 (D1): +1 here (O1), +1 O5
          - What saved it: if Washington had chosen “Confirm before telling anyone” (D1): −1 here (O1), −1
            O5, capital +1

        O5 Accurate public warning

        Washington not rated
          - If Washington had decided the same by T+7 (D1): +1 here (O5), +1 O1
          - What saved it: if Washington had chosen “Confirm before telling anyone” (D1): −1 here (O5), −1
            O1, capital +1

        Tokyo not rated
          - If Tokyo had chosen “Okinawa alone” by T+9 (D2): +2 here (O5), capital −1
        """)
