"""What was played, by whom and when."""

from __future__ import annotations

from tabletop.report.build import build_report
from tabletop.report.sections.overview import write_overview
from tests.builders import tiny_scenario
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, report, said


def test_facts_situation_teams_objectives_phases_and_course() -> None:
    assert said(write_overview, build_report(full_records())) == block("""
        Exercise           Spring exercise
        Scenario           Tiny
        Handling           ____________________ (to be filled in)
        Date               31 May 2026 (UTC)
        Place              ____________________ (to be filled in)
        Sponsor            Staff
        Point of contact   ____________________ (to be filled in)
        Participants       ____________________ (to be filled in)
        Evaluators         evaluator
        Core capabilities  ____________________ (to be filled in)
        Duration           20 min of game time, 20 min planned; 47 s of real time
        Scope              Three capitals, one morning.
        Threat             A launch to the south.
        Scenario in brief  Three capitals, one object, twenty minutes.

        Situation at the start
          It is early.

          Nobody has slept.

        Teams
        Team        Offices represented
        Washington  President; Missile warning
        Tokyo       Prime Minister; Crisis manager
        Seoul       President; Joint Chiefs of Staff

        Objectives
        Code  Objective                                Why it matters
        O1    Timely warning data (time-critical)      –
        O4    Message consistency                      –
        O5    Accurate public warning (time-critical)  –
        O9    Legal basis (not exercised)              Law is slow.

        Phases
        Phase      Planned from  Began  Ended
        Launch     T+0           T+0    T+10
        Aftermath  T+10          T+10   T+20

        Course of the exercise
        Game time  Event         Detail                   Time of day (UTC)
        T+0        STARTEX       Launch                   09:00:02
        T+2        PAUSEX        A question of procedure  09:00:07
        T+2        Play resumed                           09:00:08
        T+10       Gate          Launch ended             09:00:38
        T+10       Phase began   Aftermath                09:00:39
        T+20       ENDEX                                  09:00:49
        T+20       Hot wash                               09:00:53
        """)


def test_an_anonymous_report_tells_no_date_and_no_time_of_day() -> None:
    text = said(write_overview, build_report(full_records(), anonymous=True))
    assert "2026" not in text
    assert "UTC" not in text
    assert "T+2        PAUSEX        A question of procedure" in text


def test_what_a_scenario_does_not_say_is_left_out() -> None:
    bare = tiny_scenario(summary=None, teams={"washington": {"name": "Washington"}}, backlash=None)
    bare = bare.model_copy(update={"decisions": {}, "timeline": bare.timeline[:1]})
    assert said(write_overview, build_report(Game(bare).records)) == block("""
        Exercise           Spring exercise
        Scenario           Tiny
        Handling           ____________________ (to be filled in)
        Date               1 March 2026 (UTC)
        Place              ____________________ (to be filled in)
        Sponsor            ____________________ (to be filled in)
        Point of contact   ____________________ (to be filled in)
        Participants       ____________________ (to be filled in)
        Evaluators         ____________________ (to be filled in)
        Core capabilities  ____________________ (to be filled in)
        Duration           0 s of game time, 20 min planned

        Teams
        Team        Offices represented
        Washington  –

        Objectives
        Code  Objective                                               Why it matters
        O1    Timely warning data (time-critical, not exercised)      –
        O4    Message consistency (not exercised)                     –
        O5    Accurate public warning (time-critical, not exercised)  –

        Phases
        Phase      Planned from  Began  Ended
        Launch     T+0           –      –
        Aftermath  T+10          –      –
        """)


def test_a_phase_that_has_not_ended_has_no_end() -> None:
    assert "Launch     T+0           T+0    –" in said(write_overview, report(until=None))


def test_lines_of_the_situation_stay_apart() -> None:
    scenario = tiny_scenario(situation="One line.\nAnother.\n\nA paragraph.\n")
    lines = said(write_overview, build_report(Game(scenario).records)).splitlines()
    at = lines.index("Situation at the start")
    assert lines[at + 1 : at + 5] == ["  One line.", "  Another.", "", "  A paragraph."]


def test_the_scenario_may_say_to_whom_the_report_may_go() -> None:
    game = Game(tiny_scenario(report={"handling": "For those who took part"})).start()
    lines = said(write_overview, build_report(game.records)).splitlines()
    assert "Handling           For those who took part" in lines
