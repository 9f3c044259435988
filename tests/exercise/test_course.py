"""The course of an exercise: which command is granted when, and what it does."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.state import Stage
from tests.game import Game

FACILITATOR = "facilitator"


def jump(to: str) -> c.Jump:
    return c.Jump.model_validate({"to": to})


def test_an_exercise_runs_from_startex_to_close() -> None:
    game = Game()
    stages = [game.state.stage]
    for command in (
        c.Startex(),
        c.Pausex(reason="coffee"),
        c.Resume(),
        c.Gate(),
        c.BeginPhase(),
        c.Endex(),
        c.HotWash(),
        c.Close(),
    ):
        game.grant(FACILITATOR, command)
        stages.append(game.state.stage)
    assert [str(stage) for stage in stages] == [
        "ready",
        "running",
        "paused",
        "running",
        "gate",
        "running",
        "ended",
        "hot-wash",
        "closed",
    ]


@pytest.mark.parametrize(
    ("before", "command"),
    [
        ([], c.Pausex()),
        ([], c.Resume()),
        ([], c.Endex()),
        ([], c.Release(inject="notice")),
        ([c.Startex()], c.Startex()),
        ([c.Startex()], c.Resume()),
        ([c.Startex()], c.BeginPhase()),
        ([c.Startex()], c.HotWash()),
        ([c.Startex(), c.Endex()], c.Startex()),
        ([c.Startex(), c.Endex()], c.Release(inject="notice")),
        ([c.Startex(), c.Endex(), c.Close()], c.Note(text="too late")),
        ([c.Startex(), c.Endex(), c.Close()], c.Emergency()),
    ],
)
def test_a_command_out_of_place_is_refused_and_changes_nothing(
    before: list[c.Command], command: c.Command
) -> None:
    game = Game()
    for earlier in before:
        game.grant(FACILITATOR, earlier)
    state = game.state
    assert game.refuse(FACILITATOR, command) == "wrong-stage"
    assert game.state == state


def test_a_gate_lapses_what_is_open_and_the_next_phase_begins_at_its_time() -> None:
    game = Game().start().pass_to(6 * 60)
    assert game.state.decisions["alert", "tokyo"].open
    events = game.grant(FACILITATOR, c.Gate())
    assert [event.type for event in events] == ["decision-lapsed", "decision-lapsed", "gate-reached"]
    assert game.refuse("tokyo", c.Decide(decision="alert", option="quiet")) == "wrong-stage"
    game.grant(FACILITATOR, c.BeginPhase())
    assert (game.state.phase, game.state.at) == ("aftermath", 10 * 60)


def test_a_phase_that_begins_late_does_not_turn_the_clock_back() -> None:
    game = Game().start().pass_to(13 * 60)
    game.grant(FACILITATOR, c.Gate())
    game.grant(FACILITATOR, c.BeginPhase())
    assert game.state.at == 13 * 60


def test_the_last_phase_has_no_gate() -> None:
    game = Game().start().pass_to(600)
    game.grant(FACILITATOR, c.Gate())
    game.grant(FACILITATOR, c.BeginPhase())
    assert game.refuse(FACILITATOR, c.Gate()) == "last-phase"


def test_a_real_world_emergency_stops_play_from_any_stage_and_play_stays_stopped() -> None:
    game = Game().start()
    game.grant(FACILITATOR, c.Emergency(text="fire alarm"))
    assert str(game.state.stage) == "emergency"
    assert game.refuse("tokyo", c.State(text="hello")) == "wrong-stage"
    game.grant(FACILITATOR, c.StandDown())
    assert game.state.stage is Stage.PAUSED


def test_an_emergency_at_a_gate_comes_back_to_the_gate() -> None:
    game = Game().start()
    game.grant(FACILITATOR, c.Gate())
    game.grant(FACILITATOR, c.Emergency())
    game.grant(FACILITATOR, c.StandDown())
    assert game.state.stage is Stage.GATE


def test_the_clock_jumps_forward_only() -> None:
    game = Game().start().pass_to(60)
    assert game.refuse(FACILITATOR, jump("T+1")) == "backwards"
    game.grant(FACILITATOR, jump("T+5"))
    assert game.state.at == 300
    assert game.state.inject("detection").released_at == 300


def test_teams_do_not_run_the_exercise_and_exercise_control_plays_no_team() -> None:
    game = Game().start()
    assert game.refuse("tokyo", c.Pausex()) == "wrong-seat"
    assert game.refuse(FACILITATOR, c.State(text="from nobody")) == "wrong-seat"
    assert game.refuse("observer", c.Note(text="hello")) == "wrong-seat"
    assert game.refuse("evaluator", c.Endex()) == "wrong-seat"
    assert game.refuse("nowhere", c.State(text="hello")) == "wrong-seat"


def test_capital_is_credited_at_a_gate_only() -> None:
    game = Game().start()
    credit = c.Credit(team="tokyo", points=1, reason="warned well")
    assert game.refuse("clock", credit) == "wrong-stage"
    game.grant(FACILITATOR, c.Gate())
    game.grant("clock", credit)
    assert game.state.accounts["tokyo"].capital == 7
    assert isinstance(game.records[-1].event, e.CapitalCredited)
