"""Scores, ratings, and what is said where there are none."""

from __future__ import annotations

from dataclasses import replace

from tabletop.exercise import commands as c
from tabletop.report.build import build_report
from tabletop.report.sections.scores import write_scores
from tabletop.scenario.quantities import Score
from tests.game import Game
from tests.report.exercises import full_game, full_records, with_clock
from tests.report.sections.saying import block, decide, report, said, with_situations_enough


def test_no_number_stands_where_a_team_is_not_rated() -> None:
    text = said(write_scores, build_report(full_records()))
    assert text.partition("\n\nTeams on themselves")[0] == block("""
        Objective                    Washington                 Tokyo                 Seoul  All teams  Gap
        O1 Timely warning data        not rated                     –                     –  not rated    –
                                    1 of 1 well
        O4 Message consistency        not rated             not rated             not rated  not rated    –
                                    1 of 3 well           1 of 3 well  0 of 3 well, 2 badly
        O5 Accurate public warning    not rated             not rated                     –  not rated    –
                                    1 of 1 well  0 of 1 well, 1 badly

        Results of each team
        Team        Went well        Highest  Lowest
        Washington  3 of 5           –        –
        Tokyo       1 of 4, 1 badly  –        –
        Seoul       0 of 3, 2 badly  –        –

        Not exercised: O9 Legal basis. Nothing that arose in play could move it.
        """)


def test_scores_of_teams_gaps_and_what_the_rules_alone_gave() -> None:
    text = said(write_scores, with_situations_enough(build_report(full_records())))
    assert text[: text.index("\n\n")] == block("""
        Objective                    Washington                 Tokyo                 Seoul   All teams  Gap
        O1 Timely warning data              100                     –                     –   not rated    –
                                    1 of 4 well
        O4 Message consistency               60                    60                     0          40   60
                                    1 of 4 well           1 of 4 well             (rules 0)  (rules 40)
                                                                       0 of 4 well, 2 badly
        O5 Accurate public warning          100                     0                     –          50  100
                                    1 of 4 well  0 of 4 well, 1 badly
        """)


def test_nothing_exercised_is_said_and_not_tabulated() -> None:
    assert said(write_scores, build_report(Game().records)) == block("""
        No objective was exercised.

        Not exercised: O1 Timely warning data; O4 Message consistency; O5 Accurate public warning. Nothing
        that arose in play could move them.
        """)


def test_given_ratings_stand_beside_proposed_ones() -> None:
    game = full_game()
    game.grant("evaluator", c.Grade(objective="share", rating="S", note="By luck"))
    game.grant("evaluator", c.Grade(objective="message", team="seoul", rating="U", note="Alone"))
    text = said(write_scores, build_report(with_clock(game.records)))
    assert text[text.index("Ratings") :].partition("\n\nTeams on themselves")[0] == block("""
        Ratings on the HSEEP scale
        Proposed by the scores, for people to confirm or to change. P: performed without challenges; S:
        performed with some challenges; M: performed with major challenges; U: unable to be performed.

        Objective                   Washington  Tokyo  Seoul  All teams  Given
        O1 Timely warning data      –           –      –      –          S
        O4 Message consistency      –           –      –      –
        O5 Accurate public warning  –           –      –      –

        Objective               Team       Proposed  Given                           Note          By
        O1 Timely warning data  All teams  –         S, performed with some          By luck [54]  evaluator
                                                     challenges
        O4 Message consistency  Seoul      –         U, unable to be performed       Alone [55]    evaluator
        """)
    hidden = said(write_scores, build_report(with_clock(game.records), anonymous=True))
    assert hidden[hidden.index("Ratings") :].partition("\n\nTeams on themselves")[0] == block("""
        Ratings on the HSEEP scale
        Proposed by the scores, for people to confirm or to change. P: performed without challenges; S:
        performed with some challenges; M: performed with major challenges; U: unable to be performed.

        Objective                   Washington  Tokyo  Seoul  All teams  Given
        O1 Timely warning data      –           –      –      –          S
        O4 Message consistency      –           –      –      –
        O5 Accurate public warning  –           –      –      –

        Objective               Team       Proposed  Given                              Note
        O1 Timely warning data  All teams  –         S, performed with some challenges  By luck [54]
        O4 Message consistency  Seoul      –         U, unable to be performed          Alone [55]
        """)


def test_one_team_alone_on_an_objective_has_no_gap() -> None:
    text = said(write_scores, report(decide(310, "washington", "push-track", "both"), until=330))
    assert text == block("""
        Objective                    Washington  Tokyo  Seoul  All teams  Gap
        O1 Timely warning data        not rated      –      –  not rated    –
                                    1 of 1 well
        O5 Accurate public warning    not rated      –      –  not rated    –
                                    1 of 1 well

        Results of each team
        Team        Went well  Highest  Lowest
        Washington  2 of 2     –        –
        Tokyo       –          –        –
        Seoul       –          –        –

        Not exercised: O4 Message consistency. Nothing that arose in play could move it.
        """)


def test_each_team_whose_rating_something_bad_lowered_is_named() -> None:
    """All teams together are rated lower by the score alone: only the team's own rating was lowered."""
    found = build_report(full_records())
    goal = found.objectives[0]
    first, *others = goal.teams
    first = replace(first, score=Score(95), situations=9, well=8, badly=1, proposed="S")
    poor = [replace(one, score=Score(30), situations=9, well=3, badly=4, proposed="M") for one in others]
    goal = replace(goal, teams=(first, *poor), score=Score(50), proposed="M")
    rated = replace(found.ratings[0], proposed="M")
    text = said(write_scores, replace(found, objectives=(goal,), ratings=(rated,)))
    name = found.team_name(first.team)
    assert f"{goal.name} ({name} {first.score}, 1 badly)" in " ".join(text.split())
