"""What the report rests on."""

from __future__ import annotations

from tabletop.report.build import build_report
from tabletop.report.sections.basis import write_basis
from tests.builders import tiny_scenario
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, said


def test_how_scores_are_made_what_rules_gave_and_which_log_was_read() -> None:
    assert said(write_basis, build_report(full_records(), chain_head="5a" * 32)) == block("""
        Every mark, good (+) or bad (−), has a reason, and the numbers of the events in the log that it
        rests on; those numbers stand in brackets throughout this report. On time-critical objectives (O1
        and O5) a good mark counts for what was done within its window only.

        Counted are the situations that arose: decisions put to a team, and what the rules between teams
        looked at. A bar runs from the worst (0) to the best (100) that those situations allowed. Under four
        situations nothing is rated.

        For all teams together stands their mean (the lowest, where a scenario says so), with the gap from
        the lowest to the highest beside it. Means and gaps are made before rounding. No figure stands for
        everything.

        An adjustment made by a person counts in the bar; the value the rules gave stands beside it.

        A rating is proposed by the mean of an objective over all teams (P from 80, S from 60, M from 40, U
        below); where something went badly, S at most. It is for a person to confirm or to change.

        What would have changed a bar is found by playing the log again with that one thing done otherwise
        and everything else as it was, injects included.

        Rule                         Good marks  Bad marks
        Marks of the options chosen          +4         −1
        Decisions that nobody took            0         −1
        Adjustments by people                 0       −0.5
        Alike                                 0         −1

        Everything above is drawn from the exercise's log of 53 events, and from nothing else. The complete
        ledger is in the JSON form of this report.
          - Recorded by tabletop 0.1.0
          - Scenario tiny, content 93dfe822fc52
          - Last event number 53, chain 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a
        """)


def test_an_anonymous_report_says_what_it_leaves_out() -> None:
    text = said(write_basis, build_report(full_records(), anonymous=True))
    assert "Names of seats, dates and times of day are left out." in " ".join(text.split())
    assert "left out" not in said(write_basis, build_report(full_records()))


def test_time_is_not_spoken_of_where_no_objective_depends_on_it() -> None:
    goals = {"share": {"code": "O1", "title": "Share"}, "message": {"code": "O4", "title": "One message"}}
    goals["warning"] = {"code": "O5", "title": "Warn"}
    text = said(write_basis, build_report(Game(tiny_scenario(objectives=goals)).records))
    assert "time-critical" not in text
    assert "Rule  " not in text, "no rule has given anything"
