"""B16: which kind of seat may give which command. Said here again in full, from the documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide import decide, may
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.state import Stage
from tests.commands import EVERY_COMMAND
from tests.game import Game

PLAYERS = {
    *("read", "decide", "propose", "withdraw", "share", "grant", "consult", "answer", "state", "message"),
    "answer-probes",
    "rate-self",
    "initial",
}
JUDGES = {"observe", "adjust", "grade", "tick"}
CONTROL = {
    *("startex", "pausex", "resume", "rate", "jump", "gate", "phase", "emergency", "stand-down", "endex"),
    *("hot-wash", "close", "auto", "release", "hold", "unhold", "skip", "edit", "address", "inject", "lapse"),
    *("message", "note", "open", "unlock", "judge", "open-probes", "close-probes"),
    "show-rules",
    "ask-self-ratings",
}
MAY = {
    "washington": PLAYERS,
    "facilitator": CONTROL | JUDGES,
    "evaluator": JUDGES,
    "observer": set(),
    "wall": set(),
    "clock": CONTROL,
    "nobody": set(),
    "": set(),
    "Washington": set(),
}


LOOKED_AT_CLOSER = {"message", "inject"}
"""Whom it is for decides too: while play stands, a message may go to exercise control, an inject may wait."""


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.do)
@pytest.mark.parametrize("seat", MAY)
def test_b16_a_seat_may_do_what_its_kind_may_and_nothing_else(seat: str, command: c.Command) -> None:
    game = Game().start().pass_to(310)
    before = len(game.records)
    answer = game.do(seat, command)
    if command.do in MAY[seat]:
        assert not (isinstance(answer, Refusal) and answer.code == "wrong-seat"), answer
    else:
        assert isinstance(answer, Refusal)
        assert answer.code == "wrong-seat"
        assert len(game.records) == before


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.do)
def test_every_command_is_some_seats(command: c.Command) -> None:
    assert any(command.do in verbs for verbs in MAY.values())


def test_what_an_evaluator_records_is_what_an_evaluator_may() -> None:
    game = Game().start().pass_to(310)
    granted = [
        event
        for command in EVERY_COMMAND
        if not isinstance(answer := game.do("evaluator", command), Refusal)
        for event in answer
    ]
    assert {type(event) for event in granted} == {e.ObservationMade, e.ScoreAdjusted, e.RatingGiven}


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.do)
@pytest.mark.parametrize("stage", Stage)
def test_may_says_in_which_stages_a_command_is_granted(stage: Stage, command: c.Command) -> None:
    """A screen asks `may` before it offers a key; `decide` refuses everything else as out of place."""
    state = replace(Game().start().pass_to(310).state, stage=stage)
    seat = next(seat for seat, verbs in MAY.items() if command.do in verbs)
    answer = decide(state, seat, command, 310)
    refused = isinstance(answer, Refusal) and answer.code == "wrong-stage"
    if not (refused and command.do in LOOKED_AT_CLOSER):
        assert may(stage, type(command)) is not refused
