"""Evaluators tick expected actions, each done or not seen."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide import decide
from tabletop.exercise.describe import describe
from tabletop.exercise.description import Reader
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import view
from tabletop.report.build import build_report
from tabletop.report.sections.msel import write_msel
from tabletop.report.sections.objectives import write_objectives
from tabletop.scenario.scenario import Scenario
from tests.builders import expecting
from tests.game import Game
from tests.report.sections.saying import said


def game(**columns: Any) -> Game:
    return Game(expecting(**columns)).start().pass_to(310)


def test_a_tick_says_what_was_expected_of_whom_and_by_when() -> None:
    [event] = game().grant("evaluator", c.Tick(inject="detection", note="By telephone"), at=360)
    assert event == e.ActionTicked(
        entry="detection",
        number=1,
        action="Push the track",
        team="washington",
        objective="share",
        due=420,
        outcome="done",
        note="By telephone",
    )
    assert [view(event, seat) for seat in ("washington", "tokyo", "wall", "observer")] == [None] * 3 + [event]


def test_the_latest_tick_counts_for_each_team() -> None:
    played = game()
    for outcome in ("done", "not-seen"):
        played.grant("facilitator", c.Tick(inject="detection", action=2, team="tokyo", outcome=outcome))
    played.grant("evaluator", c.Tick(inject="detection", action=2, team="seoul"))
    assert {team: tick.done for (_, number, team, _), tick in played.state.ticks.items() if number == 2} == {
        "tokyo": False,
        "seoul": True,
    }


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"inject": "nowhere"}, "unknown-inject"),
        ({"inject": "leak"}, "unknown-action"),
        ({"inject": "notice"}, "unknown-action"),
        ({"inject": "detection", "action": 3}, "unknown-action"),
        ({"inject": "detection", "action": 2, "team": "paris"}, "unknown-team"),
        ({"inject": "detection", "team": "tokyo"}, "other-team"),
    ],
)
def test_a_tick_of_something_else_is_refused(fields: dict[str, Any], code: str) -> None:
    assert game().refuse("evaluator", c.Tick(**fields)) == code


def test_nothing_is_ticked_before_its_inject_goes_out() -> None:
    assert Game(expecting()).start().refuse("evaluator", c.Tick(inject="detection")) == "not-released"


def test_the_same_tick_of_the_same_person_is_not_recorded_twice() -> None:
    played = game()
    ticked = c.Tick(inject="detection", note="By telephone")
    played.grant("evaluator", ticked, at=360)
    assert played.refuse("evaluator", ticked, at=480) == "nothing-to-do"
    [tick] = played.state.ticks.values()
    assert tick.at == 360, "done in time, however often it is ticked"
    for other in (
        ticked.model_copy(update={"note": "By fax"}),
        ticked.model_copy(update={"happened": 400}),
        ticked.model_copy(update={"outcome": "not-seen"}),
        ticked,
    ):
        played.grant("evaluator", other)


def test_another_person_at_the_same_seat_ticks_for_themselves() -> None:
    played, ticked = game(), c.Tick(inject="detection")
    for name in ("Mori", "Kim"):
        played.grant("evaluator", ticked, name=name)
    assert played.refuse("evaluator", ticked, name="Mori") == "nothing-to-do"
    assert sorted(person for *_, person in played.state.ticks) == ["Kim", "Mori"]


def test_a_text_is_ticked_as_a_whole() -> None:
    played = Game(expecting(expected="Somebody rings,\nand at once.")).start().pass_to(310)
    assert not next(row for row in build_report(played.records).msel if row.id == "detection").actions
    [event] = played.grant("facilitator", c.Tick(inject="detection", outcome="not-seen"))
    assert isinstance(event, e.ActionTicked)
    assert (event.number, event.action) == (1, "Somebody rings, and at once.")
    assert played.refuse("facilitator", c.Tick(inject="detection", action=2)) == "unknown-action"
    assert "Somebody rings, and at once. not seen T+5:10" in " ".join(
        said(write_msel, build_report(played.records)).split()
    )


def test_a_tick_moves_no_score() -> None:
    played, ticked = game(), game()
    ticked.grant("evaluator", c.Tick(inject="detection"))
    assert ticked.score().objectives == played.score().objectives


def test_the_report_shows_ticks_beside_the_objective_and_in_the_msel() -> None:
    columns = {
        "storyline": "the launch",
        "controller": "Cell 1",
        "priority": "high",
        "location": "Pier",
        "for": "Desk 4",
    }
    played = game(**columns)
    played.grant("evaluator", c.Tick(inject="detection"), at=480)
    played.grant("evaluator", c.Tick(inject="detection", action=2, outcome="not-seen", note="Quiet"))
    report = build_report(played.records)
    row = next(row for row in report.msel if row.id == "detection")
    assert [(action.due, [seen.in_time for seen in action.seen]) for action in row.actions] == [
        (420, [False]),
        (None, [None]),
    ]
    beside = " ".join(said(write_objectives, report).split())
    assert "Washington: Push the track, within 2 min done T+8, after its time by evaluator" in beside
    listed = " ".join(said(write_msel, report).split())
    for words in (
        "for Desk 4",
        "Storyline: the launch.",
        "Priority: high.",
        "not seen T+8 by evaluator: Quiet",
    ):
        assert words in listed, words


def test_the_whole_team_reads_which_office_an_inject_is_for() -> None:
    [released] = [
        event
        for event in game(**{"for": "Desk 4"}).events(e.InjectReleased)
        if isinstance(event, e.InjectReleased) and event.entry == "detection"
    ]
    seen = view(released, "washington")
    assert isinstance(seen, e.InjectReleased)
    assert (seen.office, view(released, "tokyo")) == ("Desk 4", None)


def tick(happened: str) -> c.Tick:
    return c.Tick.model_validate({"inject": "detection", "happened": happened})


def test_a_tick_can_say_when_it_was_done_and_by_that_it_is_in_time() -> None:
    played = game()
    [event] = played.grant("evaluator", tick("T+6:40"), at=500)
    assert isinstance(event, e.ActionTicked)
    assert (event.happened, event.due) == (400, 420)
    text = " ".join(said(write_objectives, build_report(played.records)).split())
    assert "T+6:40" in text
    assert "after its time" not in text
    late = game()
    late.grant("evaluator", c.Tick(inject="detection"), at=500)
    assert "after its time" in said(write_objectives, build_report(late.records))
    told = describe(event, Reader({}))
    assert "saw done at T+6:40 what was expected" in told.sentence.lower().replace("t+", "T+")


@pytest.mark.parametrize(
    ("happened", "said_so"), [("T+8:21", "later than now"), ("T+4:59", "went out at T+5")]
)
def test_a_tick_lies_between_the_inject_and_now(happened: str, said_so: str) -> None:
    played = game()
    played.pass_to(500)
    answer = decide(played.state, "evaluator", tick(happened), 500)
    assert isinstance(answer, Refusal)
    assert (answer.code, said_so in answer.message) == ("bad-time", True)


def by_t7() -> Game:
    """An exercise with a bonus for the first action if somebody saw it done by T+7."""
    when = {"by": {"at": "T+7", "that": {"observed": {"about": "detection", "action": 1}}}}
    rule = {"id": "seen", "measure": "bonus", "when": when, "points": {"washington": {"share": 1}}}
    scenario = expecting().model_dump(mode="json", by_alias=True) | {"rules": [rule]}
    return Game(Scenario.model_validate(scenario)).start().pass_to(310)


def seen(played: Game) -> bool:
    return any(entry.rule == "seen" for entry in played.score().ledger)


def test_what_was_done_in_time_and_ticked_later_was_observed_in_time() -> None:
    late, in_time = by_t7(), by_t7()
    late.grant("evaluator", c.Tick(inject="detection"), at=500)
    in_time.grant("evaluator", tick("T+6:40"), at=500)
    assert (seen(late), seen(in_time)) == (False, True)


def test_a_persons_tick_takes_back_only_their_own() -> None:
    played = by_t7()
    played.grant("evaluator", c.Tick(inject="detection"), at=400)
    played.grant("facilitator", c.Tick(inject="detection", outcome="not-seen"))
    assert seen(played)
    assert sorted((person, one.done) for (*_, person), one in played.state.ticks.items()) == [
        ("evaluator", True),
        ("facilitator", False),
    ]
    played.grant("evaluator", c.Tick(inject="detection", outcome="not-seen"))
    assert not seen(played)
