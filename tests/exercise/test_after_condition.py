"""Injects that follow a condition: due a while after it first became true, whatever happens to it since."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.schedule import due_time, next_due
from tabletop.exercise.view import view
from tests.game import Game
from tests.scenario.authoring import load
from tests.scenario.test_after import editorial

SPOKE = "after: {when: {stated: {by: norland}}}\n    delay: 4 min"


def begin(folder: Path, written: str = SPOKE) -> Game:
    return Game(load(folder, editorial(written)).scenario).start()


@pytest.fixture
def game(tmp_path: Path) -> Game:
    return begin(tmp_path)


def out_at(game: Game) -> int | None:
    return game.state.inject("editorial").released_at


def speak(game: Game, at: int) -> None:
    game.grant("norland", c.State(text="We saw it."), at=at)


def test_it_goes_out_its_delay_after_the_condition_first_was_true(game: Game) -> None:
    speak(game, 300)
    speak(game, 420)
    game.pass_to(900)
    assert game.events(e.DelayBegan) == [e.DelayBegan(entry="editorial", due=540)]
    assert out_at(game) == 540


def test_the_end_of_the_delay_is_due(game: Game) -> None:
    speak(game, 300)
    game.pass_to(500)
    assert next_due(game.state, 500) == 540


def test_it_waits_for_the_condition_for_ever(game: Game) -> None:
    game.pass_to(1100)
    assert due_time(game.state, game.state.script.scenario.entries["editorial"]) is None
    assert out_at(game) is None


def test_latest_does_not_wait(tmp_path: Path) -> None:
    game = begin(tmp_path, f"{SPOKE}\n    latest: T+10")
    game.pass_to(660)
    assert out_at(game) == 600


def test_without_a_delay_it_goes_out_at_once(tmp_path: Path) -> None:
    game = begin(tmp_path, "after: {when: {stated: {by: norland}}}")
    speak(game, 300)
    game.pass_to(360)
    assert out_at(game) in (300, 360)


def test_a_condition_that_is_no_longer_true_counts_from_when_it_was(tmp_path: Path) -> None:
    game = begin(tmp_path, "after: {when: {not: {stated: {by: norland}}}}\n    delay: 4 min")
    game.pass_to(60)
    speak(game, 120)
    game.pass_to(600)
    assert out_at(game) == 240


def test_held_it_keeps_its_time_and_released_by_hand_it_goes_out(game: Game) -> None:
    game.grant("facilitator", c.Hold(inject="editorial"))
    speak(game, 300)
    game.pass_to(900)
    assert out_at(game) is None
    game.grant("facilitator", c.Unhold(inject="editorial"))
    game.settle()
    assert out_at(game) == 900


def test_skipped_it_never_begins_to_wait(game: Game) -> None:
    game.grant("facilitator", c.Skip(inject="editorial"))
    speak(game, 300)
    game.pass_to(900)
    assert not game.events(e.DelayBegan)


def test_the_log_alone_says_when_it_is_due(game: Game) -> None:
    speak(game, 300)
    game.pass_to(360)
    assert fold(game.records) == game.state
    assert fold(game.records).inject("editorial").due == 540


def test_no_team_learns_that_something_is_coming() -> None:
    assert view(e.DelayBegan(entry="editorial", due=540), "norland", ("norland",)) is None
