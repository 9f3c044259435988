"""What a report must not get wrong: turning points, gaps, words said in public, and what was read."""

from __future__ import annotations

from tabletop.report.build import build_report
from tabletop.rules.scoring import score_log
from tabletop.scenario.quantities import score
from tests.report.exercises import full_records
from tests.rules.playing import begin, do, name_it, options, second_phase, track


def test_the_best_moment_is_told_by_a_good_mark_and_is_not_the_costliest() -> None:
    rule = {"id": "asked", "measure": "asked-first", "good": ["message"], "bad": ["message"]}
    decisions = options("push-track", both={"public": True, "consults": None})
    decisions["push-track"]["options"]["both"] |= {
        "effects": {},
        "good": {"share": "Both hear it", "warning": "In time"},
    }
    game = begin(rule, decisions=decisions)
    do(game, "washington", 330, do="decide", decision="push-track", option="both")
    summary = build_report(game.records).summary
    assert summary.best is not None
    assert summary.best.reason.endswith("Both hear it")
    assert summary.costliest is None, "the bad mark is of the same act"


def test_gaps_are_taken_before_figures_are_rounded() -> None:
    for goal, result in zip(
        score_log(full_records()).objectives, build_report(full_records()).objectives, strict=False
    ):
        if result.gap is not None:
            assert result.gap == score(goal.gap)


def test_a_public_option_is_told_by_its_label_or_title() -> None:
    decisions = options("push-track", both={"public": True, "title": "Both at once"})
    game = begin(decisions=decisions)
    do(game, "washington", 330, do="decide", decision="push-track", option="both")
    do(game, "washington", 340, do="state", text="Hear us")
    assert [one.text for one in build_report(game.records).statements] == [
        "acted in public by choosing “Both at once”",
        "Hear us",
    ]


def test_what_the_public_heard_is_quoted_and_advice_and_injects_stand_there_too() -> None:
    both = {"public": "The track is known to both.", "title": "Both at once"}
    decisions = options("push-track", both=both)
    advice = {"area": "the-islands", "says": "stay-inside"}
    decisions["alert"]["options"]["okinawa"] |= {"public": False, "advice": advice}
    timeline = track()
    timeline[2]["inject"]["advice"] = {"by": "seoul", "area": "islands", "says": "all-clear"}
    game = begin(decisions=decisions, timeline=timeline)
    do(game, "washington", 330, do="decide", decision="push-track", option="both")
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    report = build_report(game.records)
    assert [(one.by, one.text, one.advice, one.how) for one in report.statements] == [
        ("washington", "“The track is known to both.”", "", "option"),
        ("seoul", "an inject spoke for it, K3 A vessel reports a flash", "Islands: all clear", "inject"),
        ("tokyo", "acted in public by choosing “Okinawa alone”", "The islands: stay inside", "option"),
    ]
    assert "Teams made two statements in public" in report.summary.paragraphs[3].text


def test_of_two_options_that_say_the_same_the_one_that_was_chosen_is_told() -> None:
    said = {"public": True, "text": "Put it out."}
    decisions = options(
        "name-it", satellite={**said, "title": "Alone"}, missile={**said, "title": "With both"}
    )
    game = name_it(second_phase(begin(decisions=decisions)), seoul="satellite")
    [told] = [one for one in build_report(game.records).statements if one.by == "seoul"]
    assert "“Alone”" in told.text


def test_who_decided_on_an_inject_had_read_it() -> None:
    game = begin()
    do(game, "washington", 330, do="decide", decision="push-track", option="both")
    (row,) = (row for row in build_report(game.records).msel if row.code == "K2")
    assert "washington" not in row.unread


def test_no_sentence_of_the_summary_is_cut_in_what_a_reason_rests_on() -> None:
    why = "Governments nearby learned everything afterwards, through international newspaper correspondents"
    game = begin({"id": "asked", "measure": "asked-first", "good": [], "bad": {"message": why}})
    do(game, "tokyo", do="state", text="Hear us")
    words = " ".join(paragraph.text for paragraph in build_report(game.records).summary.paragraphs)
    assert f"{why}." in words
    assert "…" not in words
