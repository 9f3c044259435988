"""Scores, ratings, and what is said where there are none."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.report.build import build_report
from tabletop.report.sections.scores import write_scores
from tests.game import Game
from tests.report.exercises import full_game, full_records, with_clock
from tests.report.sections.saying import block, decide, report, said


def test_scores_of_teams_gaps_and_what_the_rules_alone_gave() -> None:
    assert said(write_scores, build_report(full_records())) == block("""
        Objective                   Weight  Washington  Tokyo        Seoul   Gap     All teams
        O1 Timely warning data           2       100.0  100.0            –   0.0         100.0
        O4 Message consistency           1        50.0   50.0          0.0  50.0          20.8
                                                               (rules 0.0)        (rules 20.8)
        O5 Accurate public warning       1       100.0   25.0            –  75.0          43.8
        Overall                                                                           66.1
                                                                                  (rules 66.1)

        Not exercised: O9 Legal basis. Nothing that arose in play could move it, so it has no score.

        Ratings on the HSEEP scale
        Objective                   Team       Proposed                            Given  Note  By
        O1 Timely warning data      All teams  P, performed without challenges     –      –     –
        O4 Message consistency      All teams  U, unable to be performed           –      –     –
        O5 Accurate public warning  All teams  M, performed with major challenges  –      –     –
        """)


def test_nothing_exercised_is_said_and_not_tabulated() -> None:
    assert said(write_scores, build_report(Game().records)) == block("""
        No objective was exercised.

        Not exercised: O1 Timely warning data; O4 Message consistency; O5 Accurate public warning. Nothing
        that arose in play could move them, so they have no score.
        """)


def test_given_ratings_stand_beside_proposed_ones() -> None:
    game = full_game()
    game.grant("evaluator", c.Grade(objective="share", rating="S", note="By luck"))
    game.grant("evaluator", c.Grade(objective="message", team="seoul", rating="U", note="Alone"))
    text = said(write_scores, build_report(with_clock(game.records)))
    assert text[text.index("Ratings") :] == block("""
        Ratings on the HSEEP scale
        Objective             Team       Proposed              Given                 Note          By
        O1 Timely warning     All teams  P, performed without  S, performed with     By luck [51]  evaluator
        data                             challenges            some challenges
        O4 Message            All teams  U, unable to be       –                     –             –
        consistency                      performed
        O4 Message            Seoul      U, unable to be       U, unable to be       Alone [52]    evaluator
        consistency                      performed             performed
        O5 Accurate public    All teams  M, performed with     –                     –             –
        warning                          major challenges
        """)
    hidden = said(write_scores, build_report(with_clock(game.records), anonymous=True))
    assert hidden[hidden.index("Ratings") :] == block("""
        Ratings on the HSEEP scale
        Objective                Team       Proposed                  Given                     Note
        O1 Timely warning data   All teams  P, performed without      S, performed with some    By luck [51]
                                            challenges                challenges
        O4 Message consistency   All teams  U, unable to be           –                         –
                                            performed
        O4 Message consistency   Seoul      U, unable to be           U, unable to be           Alone [52]
                                            performed                 performed
        O5 Accurate public       All teams  M, performed with major   –                         –
        warning                             challenges
        """)


def test_one_team_alone_on_an_objective_has_no_gap() -> None:
    text = said(write_scores, report(decide(310, "washington", "push-track", "both"), until=330))
    assert text == block("""
        Objective                   Weight  Washington  Tokyo  Seoul  Gap  All teams
        O1 Timely warning data           2       100.0      –      –    –      100.0
        O5 Accurate public warning       1       100.0      –      –    –      100.0
        Overall                                                                100.0

        Not exercised: O4 Message consistency. Nothing that arose in play could move it, so it has no score.

        Ratings on the HSEEP scale
        Objective                   Team       Proposed                         Given  Note  By
        O1 Timely warning data      All teams  P, performed without challenges  –      –     –
        O5 Accurate public warning  All teams  P, performed without challenges  –      –     –
        """)
