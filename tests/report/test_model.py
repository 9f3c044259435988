"""What a report says about an exercise, before any format."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise.events import NoteTaken
from tabletop.report.build import build_report
from tabletop.report.model import AfterActionReport
from tabletop.report.words import band
from tabletop.rules.scoring import score_log
from tabletop.scenario.options import Option
from tabletop.scenario.prose import counted, listed, shortened, times
from tabletop.scenario.quantities import Level, Moment, Points, Stretch
from tabletop.scenario.scenario import Scenario
from tests.builders import records_of, tiny_scenario
from tests.game import Game
from tests.report.exercises import full_game, full_records, with_clock


@pytest.fixture(scope="module")
def report() -> AfterActionReport:
    """The report of the full game."""
    return build_report(full_records(), chain_head="ab" * 32)


def test_overview(report: AfterActionReport) -> None:
    seen = report.overview
    assert (seen.exercise, seen.scenario, seen.scenario_id) == ("Spring exercise", "Tiny", "tiny")
    assert (seen.date, str(seen.played), str(seen.real)) == ("31 May 2026", "20 min", "47 s")
    assert [team.name for team in seen.teams] == ["Washington", "Tokyo", "Seoul"]
    assert [(phase.id, phase.began, phase.ended) for phase in seen.phases] == [
        ("launch", 0, 600),
        ("aftermath", 600, 1200),
    ]
    assert [turn.what for turn in seen.course] == [
        "STARTEX",
        "PAUSEX",
        "Play resumed",
        "Gate",
        "Phase began",
        "ENDEX",
        "Hot wash",
    ]
    assert seen.events == len(full_game().records)
    assert seen.chain_head == "ab" * 32


def test_decisions(report: AfterActionReport) -> None:
    found = {(run.id, run.team): run for run in report.decisions}
    pushed = found["push-track", "washington"]
    assert (pushed.outcome, str(pushed.taken), str(pushed.due)) == ("in time", "T+5:50", "T+7")
    assert pushed.chosen is not None
    assert pushed.chosen.id == "both"
    assert [option.id for option in pushed.others] == ["confirm-first"]
    assert [(award.objective, str(award.points)) for award in pushed.points] == [
        ("share", "+1"),
        ("warning", "+1"),
    ]
    assert [(earlier.option, earlier.rationale) for earlier in pushed.earlier] == [
        ("confirm-first", "Be sure.")
    ]
    assert pushed.local == "D 06:05"
    alert = found["alert", "tokyo"]
    assert (alert.outcome, str(alert.late_by), str(alert.capital)) == ("late", "30 s", "−6")
    lapsed = found["name-it", "seoul"]
    assert (lapsed.outcome, lapsed.chosen, lapsed.reason) == ("not taken", None, "the phase ended")
    assert len(lapsed.others) == 2


def test_points_of_decisions_and_of_rules_add_up_to_the_ledger(report: AfterActionReport) -> None:
    by_decisions = sum(award.points for run in report.decisions for award in run.points)
    by_rules = sum(item.points * len(item.teams) * len(item.objectives) for item in report.crossings)
    by_people = sum(item.points for item in report.adjustments)
    assert by_decisions + by_rules + by_people == sum(entry.points for entry in report.ledger)


def test_scores_are_those_of_the_scorecard(report: AfterActionReport) -> None:
    card = score_log(full_records())
    assert report.summary.score == float(round(card.overall or 0))
    for goal in report.objectives:
        assert goal.score == float(round(card.objective(goal.id).score or 0))
    assert [goal.id for goal in report.not_exercised] == ["legal"]
    assert report.progress[-1].overall == report.summary.score


def test_an_adjusted_score_keeps_the_value_of_the_rules() -> None:
    game = Game().start()
    game.grant("washington", c.Decide(decision="push-track", option="both"), at=310)
    game.grant("evaluator", c.Adjust(team="washington", objective="share", points=-1, reason="One call late"))
    report = build_report(game.records)
    goal = report.objectives[0]
    assert (goal.teams[0].score, goal.teams[0].rule_score) == (50.0, 100.0)
    assert (goal.score, goal.rule_score, goal.adjusted) == (50.0, 100.0, True)
    assert (report.adjustments[0].score, report.adjustments[0].rule_score) == (50.0, 100.0)
    assert report.summary.rule_score is not None
    assert report.summary.score is not None
    assert report.summary.score < report.summary.rule_score


def test_strengths_and_areas_for_improvement_come_from_ledger_and_observers(
    report: AfterActionReport,
) -> None:
    share, message, warning = report.objectives
    assert [finding.source for finding in share.strengths] == ["observation", "rule"]
    assert share.strengths[1].text.startswith("D1: chose")
    both = message.strengths[0]
    assert [occasion.team for occasion in both.occasions] == ["washington", "tokyo"]
    assert {finding.source for finding in message.improvements} == {"rule", "adjustment"}
    assert all(finding.points is None or finding.points < 0 for finding in warning.improvements)
    numbers = range(1, report.overview.events + 1)
    for goal in report.objectives:
        for finding in (*goal.strengths, *goal.improvements):
            assert all(set(occasion.evidence) <= set(numbers) for occasion in finding.occasions)


def test_the_plan_has_a_row_for_each_area_and_leaves_the_rest_to_people(report: AfterActionReport) -> None:
    rows = report.improvement_plan
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0].issue == "No one checked the alert."
    assert len({row.issue for row in rows}) == len(rows)
    assert all((row.action, row.owner, row.due) == ("", "", "") for row in rows)


def test_msel_as_played(report: AfterActionReport) -> None:
    rows = {row.code: row for row in report.msel}
    assert {code: row.fate for code, row in rows.items()} == {
        "K1": "on time",
        "K2": "on time",
        "K3": "on time",
        "K4": "on time",
        "K5": "held back",
        "K6": "by hand",
        "B1": "backlash",
        "X2": "ad hoc",
    }
    assert rows["K4"].planned == "on D2, T+12 at the latest"
    assert rows["K5"].reason == "Too early"
    assert [(reading.team, reading.after) for reading in rows["K1"].read] == [("washington", 60)]
    assert rows["K1"].unread == ("tokyo", "seoul")
    assert rows["B1"].to == ("tokyo",)
    times_out = [row.released for row in report.msel if row.released is not None]
    assert times_out == sorted(times_out)


def test_injects_early_late_edited_readdressed_skipped() -> None:
    game = Game().start()
    game.grant("facilitator", c.Release(inject="detection"), at=60)
    game.grant("facilitator", c.Hold(inject="sighting"))
    game.grant("facilitator", c.Edit(inject="leak", title="Nothing new", text="No news."))
    game.grant("facilitator", c.Address(inject="leak", to=("washington",), confirm=True))
    game.grant("facilitator", c.Release(inject="leak"))
    game.grant("facilitator", c.Skip(inject="alert-sounds", reason="No time"))
    game.grant("facilitator", c.Release(inject="sighting"), at=900)
    rows = {row.id: row for row in build_report(game.records).msel}
    assert (rows["detection"].fate, rows["sighting"].fate) == ("early", "late")
    leak = rows["leak"]
    assert (leak.edited, leak.readdressed, leak.to, leak.text) == (True, True, ("washington",), "No news.")
    assert (rows["alert-sounds"].fate, rows["alert-sounds"].reason) == ("skipped", "No time")
    assert rows["complaint"].fate == "not used"


def test_cards_count_from_when_their_giver_had_them(report: AfterActionReport) -> None:
    track, flash = report.cards
    assert (track.holder, [(d.to, str(d.after), d.within) for d in track.deliveries]) == (
        "washington",
        [("tokyo", "50 s", True), ("seoul", "50 s", True)],
    )
    assert track.deliveries[0].decision == "D1 Share the first track"
    assert flash.without == ("washington",)
    pairs = {(pair.by, pair.to): (pair.cards, pair.within, pair.median) for pair in report.sharing}
    assert pairs["seoul", "tokyo"] == (1, 1, 40)
    assert pairs["tokyo", "seoul"] == (0, 0, None)


def test_a_card_passed_on_and_sent_again() -> None:
    game = Game().start()
    game.grant("washington", c.Share(card="track", with_=("tokyo",), sanitised=True), at=400)
    game.grant("washington", c.Share(card="track", with_=("tokyo",)), at=500)
    game.grant("tokyo", c.Share(card="track", with_=("seoul",)), at=560)
    report = build_report(game.records)
    first, again, onward = report.cards[0].deliveries
    assert (first.sanitised, first.within, again.again, again.within) == (True, True, True, False)
    assert (onward.by, onward.after, onward.within) == ("tokyo", 160, False)
    assert sum(pair.cards for pair in report.sharing) == 2


def test_talk(report: AfterActionReport) -> None:
    asked, implied = report.consultations
    assert (asked.unanswered, [reply.by for reply in asked.replies]) == (("seoul",), ["tokyo"])
    assert implied.implied
    assert [item.label for item in report.statements] == [None, "missile", "missile", "satellite"]
    assert report.statements[1].meaning == "A ballistic missile"
    assert {(item.by, item.to): item.messages for item in report.messages} == {
        ("tokyo", "seoul"): 1,
        ("tokyo", "control"): 1,
    }


def test_domestic_capital(report: AfterActionReport) -> None:
    tokyo = next(run for run in report.capital if run.team == "tokyo")
    assert (tokyo.start, tokyo.lowest, tokyo.end, tokyo.backlashes) == (6, 0, 2, (570,))
    assert [(str(step.capital), str(step.change)) for step in tokyo.steps] == [("0", "−6"), ("2", "+2")]


def test_private_notes_stay_out() -> None:
    records = full_records()
    assert any(isinstance(record.event, NoteTaken) for record in records)
    assert "Private" not in repr(build_report(records))


def test_the_summary_is_prose(report: AfterActionReport) -> None:
    text = "\n".join(f"{paragraph.title}: {paragraph.text}" for paragraph in report.summary.paragraphs)
    assert (
        "Over the three of four objectives that were exercised, 4 of 12 situations went well, 3 badly."
        in text
    )
    assert "Late: D2 (Tokyo). Not taken: D3 (Seoul)." in text
    assert "Tokyo used it up once, at T+9:30." in text
    assert report.summary.best is not None
    assert (report.summary.best.team, str(report.summary.best.points)) == ("washington", "+2")
    assert not any(mark in text for mark in ("  ", "..", " .", "None", "()"))


def test_an_exercise_that_was_only_created() -> None:
    report = build_report(with_clock(Game().records))
    assert not report.overview.started
    assert [paragraph.title for paragraph in report.summary.paragraphs] == ["The exercise"]
    assert "not been started" in report.summary.paragraphs[0].text
    assert (report.summary.score, report.objectives, report.progress) == (None, (), ())
    assert len(report.not_exercised) == 3
    assert {row.fate for row in report.msel} == {"not reached", "not used"}


def test_an_exercise_without_decisions_and_still_running() -> None:
    report = build_report(_running().records)
    text = " ".join(paragraph.text for paragraph in report.summary.paragraphs)
    assert "ENDEX had not been called when this report was made, at T+2." in text
    assert "No decision was put to the teams." in text
    assert "No objective was exercised." in text
    assert report.overview.real is None


def _running() -> Game:
    game = Game().start()
    game.grant("facilitator", c.Note(text="All well"), at=120)
    return game


def test_one_team_alone() -> None:
    plain = tiny_scenario()
    only = {"washington": plain.teams["washington"]}
    entries = [entry for entry in plain.timeline if entry.id == "detection"]
    decisions = {"push-track": plain.decisions["push-track"].model_copy(update={"options": _alone(plain)})}
    game = Game(tiny_scenario(teams=only, timeline=entries, decisions=decisions, backlash=None)).start()
    game.grant("washington", c.Decide(decision="push-track", option="confirm-first"), at=310)
    game.grant("facilitator", c.Endex(), at=1200)
    report = build_report(game.records)
    assert report.sharing == ()
    assert report.objectives[0].gap is None
    assert "and one team, Washington." in report.summary.paragraphs[0].text
    assert "furthest apart" not in report.summary.paragraphs[1].text


def _alone(plain: Scenario) -> dict[str, Option]:
    options = plain.decisions["push-track"].options
    return {
        name: option.model_copy(update={"shares": (), "shares_raw": (), "consults": None})
        for name, option in options.items()
    }


def test_anonymous_names_no_seat_and_no_time_of_day(report: AfterActionReport) -> None:
    hidden = build_report(full_records(), anonymous=True)
    assert report.observations[0].author == "evaluator"
    assert {item.author for item in hidden.observations} == {None}
    assert {item.author for item in hidden.adjustments} == {None}
    assert hidden.overview.date is None
    assert {turn.wall for turn in hidden.overview.course} == {None}
    assert hidden.decisions == report.decisions
    assert hidden.ledger == report.ledger


def test_after_headless_play_there_is_no_date() -> None:
    records = [record.model_copy(update={"wall": "2000-01-01T00:00:00.000Z"}) for record in full_records()]
    report = build_report(records)
    assert (report.overview.date, report.overview.real) == (None, None)


def test_a_time_of_day_that_is_none_is_left_out() -> None:
    records = [record.model_copy(update={"wall": f"noon {record.seq}"}) for record in full_records()]
    assert build_report(records).overview.date is None


def test_a_log_that_creates_nothing() -> None:
    with pytest.raises(ValueError, match="empty"):
        build_report([])
    with pytest.raises(ValueError, match="creates"):
        build_report(records_of([NoteTaken(text="x")]))


def test_quantities_are_written_as_people_write_them() -> None:
    assert [str(Moment(value)) for value in (0, 90, 3600)] == ["T+0", "T+1:30", "T+60"]
    assert [str(Stretch(value)) for value in (0, 59, 90, 3660)] == ["0 s", "59 s", "1 min 30 s", "1 h 1 min"]
    assert [str(Points(value)) for value in (2, -0.5, 0)] == ["+2", "−0.5", "0"]
    assert [str(Level(value)) for value in (3, -1)] == ["3", "−1"]


def test_words() -> None:
    assert [listed(["a", "b", "c"][:count]) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [counted(count, "card") for count in (1, 3, 12)] == ["one card", "three cards", "12 cards"]
    assert [times(count) for count in (1, 2, 11)] == ["once", "twice", "11 times"]
    assert [band(score) for score in (100, 80, 79.9, 40, 0)] == ["strong", "strong", "sound", "mixed", "poor"]
    assert shortened("one  two\nthree", 9) == "one two…"
