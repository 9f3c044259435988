"""The executive summary, in finished prose."""

from __future__ import annotations

from tabletop.report.build import build_report
from tabletop.report.sections.overview import write_summary
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, decide, report, said


def test_a_game_with_something_of_everything() -> None:
    assert said(write_summary, build_report(full_records())) == block("""
        The exercise. “Spring exercise” was played on 31 May 2026 with the scenario Tiny and three teams:
        Washington, Tokyo and Seoul. From STARTEX to ENDEX it took 20 min of game time and 47 s of real
        time.

        Scores. Over the three of four objectives that were exercised, 4 of 12 situations went well, 3
        badly. People made one adjustment.

        Turning points. The best moment was +2 in all for Washington at T+5:50, on O1 and O5: D1: chose
        “Voice and data to both at once”. The costliest was −2 in all for Seoul at T+10, on O4. Among these
        marks: D3: nothing was decided, the phase ended.

        Coordination. Decisions were put to teams five times: three were taken in time, one was taken late
        and one was not taken. Late: D2 (Tokyo). Not taken: D3 (Seoul). Cards were passed to a partner three
        times (two by Washington, none by Tokyo and one by Seoul), all of them within the card's window. The
        median time from having a card to passing it on was 50 s. Teams consulted partners once by request
        (two partners, each counted), without an answer from every partner asked, and once as part of a
        decision (two partners, each counted). Teams made four statements in public; the labels used were
        missile (2) and satellite (1). Rules that compare teams gave no good marks and one bad one.

        At home. Domestic capital began at 6 and ended at 5 for Washington, 2 for Tokyo and 6 for Seoul.
        Tokyo used it up once, at T+9:30.
        """)


def test_an_exercise_that_nobody_started() -> None:
    assert said(write_summary, build_report(Game().records)) == block("""
        The exercise. “Spring exercise” was set up with the scenario Tiny for three teams: Washington, Tokyo
        and Seoul. It had not been started when this report was made, so there is nothing to assess.
        """)


def test_an_exercise_that_still_runs_says_so() -> None:
    assert said(write_summary, report(until=None)) == block("""
        The exercise. “Spring exercise” was played with the scenario Tiny and three teams: Washington, Tokyo
        and Seoul. ENDEX had not been called when this report was made, at T+0.

        Scores. No objective was exercised.

        Between the teams. No decision was put to the teams. No team consulted another. No team spoke in
        public.
        """)


def test_teams_that_did_nothing_at_all() -> None:
    assert said(write_summary, report()) == block("""
        The exercise. “Spring exercise” was played with the scenario Tiny and three teams: Washington, Tokyo
        and Seoul. From STARTEX to ENDEX it took 20 min of game time.

        Scores. Over the two of three objectives that were exercised, 0 of 3 situations went well, 3 badly.

        Turning points. The costliest was −2 in all for Washington at T+20, on O1 and O5: D1: nothing was
        decided, the exercise ended.

        Between the teams. Decisions were put to teams twice: all were not taken. Not taken: D1 (Washington)
        and D2 (Tokyo). Teams held two cards and shared none. No team consulted another. No team spoke in
        public.
        """)


def test_an_emergency_is_counted() -> None:
    stopped = report(
        (10, "facilitator", {"do": "emergency", "text": "Fire"}),
        (10, "facilitator", {"do": "stand-down"}),
        (10, "facilitator", {"do": "resume"}),
        decide(310, "washington", "push-track", "both"),
        until=330,
    )
    assert said(write_summary, stopped) == block("""
        The exercise. “Spring exercise” was played with the scenario Tiny and three teams: Washington, Tokyo
        and Seoul. From STARTEX to ENDEX it took 5 min 30 s of game time. Play was stopped once for a
        real-world emergency.

        Scores. Over the two of three objectives that were exercised, 2 of 2 situations went well.

        Turning points. The best moment was +2 in all for Washington at T+5:10, on O1 and O5: D1: chose
        “Voice and data to both at once”.

        Between the teams. A decision was put to a team once: one was taken in time. Cards were passed to a
        partner twice (two by Washington, none by Tokyo and none by Seoul), all of them within the card's
        window. The median time from having a card to passing it on was 10 s. Teams consulted partners once
        as part of a decision (two partners, each counted). No team spoke in public.

        At home. Domestic capital began at 6 and ended at 5 for Washington, 6 for Tokyo and 6 for Seoul.
        """)
