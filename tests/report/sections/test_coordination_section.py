"""Who told whom, who consulted whom, who spoke in public."""

from __future__ import annotations

from tabletop.report.build import build_coordination, build_report
from tabletop.report.sections.coordination import write_coordination
from tabletop.report.sections.ties import write_consultations
from tests.builders import tiny_scenario
from tests.report.exercises import full_records
from tests.report.sections.saying import block, decide, game, report, said

ASK = {"do": "consult", "with": ["tokyo", "seoul"], "about": "push-track", "text": "Do you\nsee it?"}


def test_a_game_with_something_of_everything() -> None:
    assert said(write_coordination, build_report(full_records())) == block("""
        Coordination matrix
        From        To          Cards  In window  Median  Minutes    Asked  Answered      Median   Part of a
                                                          of each                         answer    decision
        Washington  Tokyo           1          1    50 s  0.8            1         1        20 s           1
        Washington  Seoul           1          1    50 s  0.8            1         0           –           1
        Tokyo       Washington      0          0       –  –              0         0           –           0
        Tokyo       Seoul           0          0       –  –              0         0           –           0
        Seoul       Washington      0          0       –  –              0         0           –           0
        Seoul       Tokyo           1          1    40 s  0.7            0         0           –           0
        Each card counts once, from when the giver had it until it passed it on. Asked and answered are
        consultations by request; beside them stand those that were part of a decision. A consultation of
        several partners counts once for each of them.

        Decisions put to several teams
        Decision            Put at  Decided, the first to the last   Lag  Did not decide
        D3 Name the object  T+9:30  Washington T+9:40: missile      10 s  Seoul
                                    Tokyo T+9:50: missile

        What comparing the teams shows
        Marks given by rules that look at several teams at once, beside those of each decision. The marks go
        to each team named.

        Time  Rule   Finding                                       Teams  Marks
        T+10  Alike  D3: Seoul alone chose otherwise [33, 35, 37]  Seoul  O4 −1

        Information shared
        Card            First held by    Window  Passed on
        C1 First track  Washington, T+5  2 min   Washington to Tokyo, Seoul: T+5:50, after 50 s [17]
        C2 Flash        Seoul, T+6       5 min   Seoul to Tokyo: T+6:40, after 40 s [22]
                                                 not passed on to Washington

        Consultations
        Time    Asked by    Asked         About, and answers
        T+5:10  Washington  Tokyo, Seoul  D1 Share the first track [13] “Do you see it?” – Tokyo, after 20
                                          s: “Not yet.”
                                          not answered by Seoul
                                          then it decided D1 Share the first track, T+5:40
        T+5:50  Washington  Tokyo, Seoul  D1 Share the first track part of the decision [18]

        Statements in public
        Time     Said by     Label                           Words
        T+9:30   Tokyo       –                               D2 Alert the public acted in public by choosing
                                                             “The whole country” [25]
        T+9:40   Washington  missile (A ballistic missile)   D3 Name the object acted in public by choosing
                                                             “A ballistic missile” [34]
        T+9:50   Tokyo       missile (A ballistic missile)   D3 Name the object acted in public by choosing
                                                             “A ballistic missile” [36]
        T+11:40  Seoul       satellite (A satellite launch)  We call it a launch. [40]

        Messages
        Tokyo to Seoul 1; Tokyo to Exercise control 1. A message to several receivers counts once for each.
        Their words stay in the log.
        """)


def test_what_did_not_happen_is_said() -> None:
    assert said(write_coordination, report(until=60)) == block("""
        From team to team
        From        To          Cards  In window  Median  Minutes    Asked  Answered      Median   Part of a
                                                          of each                         answer    decision
        Washington  Tokyo           0          0       –  –              0         0           –           0
        Washington  Seoul           0          0       –  –              0         0           –           0
        Tokyo       Washington      0          0       –  –              0         0           –           0
        Tokyo       Seoul           0          0       –  –              0         0           –           0
        Seoul       Washington      0          0       –  –              0         0           –           0
        Seoul       Tokyo           0          0       –  –              0         0           –           0
        Each card counts once, from when the giver had it until it passed it on. Asked and answered are
        consultations by request; beside them stand those that were part of a decision. A consultation of
        several partners counts once for each of them.

        Information shared
        No team held a card.

        Consultations
        No team consulted another.

        Statements in public
        No team spoke in public.

        Messages
        No messages were written.
        """)


def test_a_card_sent_late_sanitised_and_again() -> None:
    share = {"do": "share", "card": "track", "with": ["tokyo"]}
    text = said(
        write_coordination,
        report(
            (400, "washington", {**share, "sanitised": True}),
            (500, "washington", share),
            (560, "tokyo", {**share, "with": ["seoul"]}),
            until=600,
        ),
    )
    start, end = text.index("Card "), text.index("Consultations")
    assert text[start:end].rstrip() == block("""
        Card            First held by    Window  Passed on
        C1 First track  Washington, T+5  2 min   Washington to Tokyo: T+6:40, after 1 min 40 s, clean form
                                                 [11]
                                                 Washington to Tokyo: T+8:20, after 3 min 20 s, past its
                                                 window, again [12]
                                                 Tokyo to Seoul: T+9:20, after 2 min 40 s, past its window
                                                 [13]
                                                 clean form: “An object is heading south.”
        C2 Flash        Seoul, T+6       5 min   not passed on to Washington, Tokyo
        """)


def test_a_consultation_is_told_with_its_answers_and_with_what_came_next() -> None:
    found = build_coordination(
        game(
            (310, "washington", ASK),
            (330, "tokyo", {"do": "answer", "from": "washington", "text": "Not “yet”."}),
            decide(340, "washington", "push-track", "confirm-first"),
            until=400,
        ).records
    )
    assert said(write_consultations, found) == block("""
        Consultations
        Time    Asked by    Asked         About, and answers
        T+5:10  Washington  Tokyo, Seoul  D1 Share the first track [8] “Do you
                                          see it?” – Tokyo, after 20 s: “Not ‘yet’.”
                                          not answered by Seoul
                                          then it decided D1 Share the first track, T+5:40
        """)


def test_what_an_option_stood_for_is_part_of_the_decision() -> None:
    found = build_coordination(game(decide(330, "washington", "push-track", "both"), until=400).records)
    assert said(write_consultations, found) == block("""
        Consultations
        Time    Asked by    Asked         About, and answers
        T+5:30  Washington  Tokyo, Seoul  D1 Share the first track part of the decision [10]
        """)


def test_statements_with_and_without_a_label_and_messages_to_control() -> None:
    text = said(
        write_coordination,
        report(
            (20, "tokyo", {"do": "state", "text": "We watch."}),
            (30, "seoul", {"do": "state", "text": "It is a launch.", "label": "satellite"}),
            (40, "seoul", {"do": "message", "to": ["tokyo", "control"], "text": "Well?"}),
            (50, "tokyo", {"do": "message", "to": ["seoul"], "text": "Well."}),
            until=60,
        ),
    )
    assert text[text.index("Statements") :] == block("""
        Statements in public
        Time    Said by  Label                           Words
        T+0:20  Tokyo    –                               We watch. [5]
        T+0:30  Seoul    satellite (A satellite launch)  It is a launch. [6]

        Messages
        Tokyo to Seoul 1; Seoul to Tokyo 1; Seoul to Exercise control 1. A message to several receivers
        counts once for each. Their words stay in the log.
        """)


def test_rules_that_compare_teams_name_each_of_them() -> None:
    rule = {"id": "alike", "measure": "joint-choice", "joint": {"message": 1}, "dissent": {"message": -1}}
    moves = [decide(400, "tokyo", "alert", "okinawa")]
    moves += [
        decide(410 + n, team, "name-it", "missile") for n, team in enumerate(("washington", "tokyo", "seoul"))
    ]
    text = said(write_coordination, report(*moves, scenario=tiny_scenario(rules=[rule])))
    start, end = text.index("What comparing"), text.index("Information shared")
    assert text[start:end].rstrip() == block("""
        What comparing the teams shows
        Marks given by rules that look at several teams at once, beside those of each decision. The marks go
        to each team named.

        Time    Rule   Finding                                 Teams                     Marks
        T+6:52  Alike  D3: all teams chose alike [17, 19, 21]  Washington, Tokyo, Seoul  O4 +1
        """)
