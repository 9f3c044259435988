"""Teams rate themselves where play stands: asked once a gate, changed until play goes on, seen by few."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.decide import decide
from tabletop.exercise.decide.self_ratings import open_now
from tabletop.exercise.describe import describe
from tabletop.exercise.description import Reader
from tabletop.exercise.narration import narrate, narrate_self_rating
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import view
from tests.builders import TEAMS
from tests.game import Game

ASK = c.AskSelfRatings()


def own(note: str = "", **ratings: str) -> c.RateSelf:
    return c.RateSelf.model_validate({"ratings": ratings, "note": note})


def at_gate() -> Game:
    game = Game().start()
    game.grant("facilitator", c.Gate(), at=600)
    return game


@pytest.fixture
def game() -> Game:
    game = at_gate()
    game.grant("facilitator", ASK)
    return game


def said(game: Game, seat: str, command: c.Command) -> str:
    answer = decide(game.state, seat, command, game.now)
    assert isinstance(answer, Refusal)
    return answer.message


def test_every_team_is_asked_about_every_objective_and_the_wall_is_not(game: Game) -> None:
    asked = game.records[-1].event
    assert isinstance(asked, e.SelfRatingsAsked)
    goals = game.state.script.scenario.objectives
    assert [(one.id, one.title) for one in asked.objectives] == [
        (word, goal.title) for word, goal in goals.items()
    ]
    assert all(view(asked, seat) == asked for seat in (*TEAMS, "facilitator", "evaluator", "observer"))
    assert view(asked, "wall", TEAMS) is None
    assert describe(asked, Reader({})).sentence == "Every team was asked to rate itself"


def test_only_the_team_and_exercise_control_see_what_it_gave_itself(game: Game) -> None:
    [rated] = game.grant("tokyo", own("We rang late", share="S"))
    assert all(view(rated, seat) == rated for seat in ("tokyo", "facilitator", "evaluator", "observer"))
    assert all(view(rated, seat, TEAMS) is None for seat in ("washington", "seoul", "wall"))


def test_it_can_be_changed_and_the_latest_stands_for_all_of_it(game: Game) -> None:
    game.grant("tokyo", own("First", share="S", warning="P"))
    game.grant("tokyo", own(share="M"))
    asked = open_now(game.state)
    assert asked is not None
    assert [(one.id, one.rating) for one in asked.given["tokyo"].ratings] == [("share", "M")]
    assert asked.given["tokyo"].note == ""
    assert set(asked.given) == {"tokyo"}
    assert fold(game.records) == game.state


def test_the_log_and_the_diary_tell_it_in_a_sentence(game: Game) -> None:
    [rated] = game.grant("tokyo", own("We rang late", warning="P", share="S"))
    names = {"team": {"tokyo": "Tokyo team"}}
    titles = {one.id: one.name for one in rated.ratings} if isinstance(rated, e.TeamRatedItself) else {}
    assert narrate(rated, names) == (
        f"Tokyo team rated itself: {titles['share']} S, {titles['warning']} P: We rang late"
    )

    class Own(Reader):
        team = "tokyo"

    assert describe(rated, Own({})).sentence.startswith("Rated ourselves: ")


def test_an_evaluator_reads_of_an_objective_once_it_is_shown_and_the_note_with_the_last(game: Game) -> None:
    [rated] = game.grant("tokyo", own("We rang late", share="S", warning="U"))
    assert isinstance(rated, e.TeamRatedItself)
    share, warning = (one.name for one in rated.ratings)
    hidden = narrate_self_rating(rated)
    assert hidden == f"Tokyo rated itself: “{share}” and “{warning}” (withheld)"
    half = narrate_self_rating(rated, shown={"share"}, hint="shown once you have rated that")
    assert half == f"Tokyo rated itself: {share} S; “{warning}” (shown once you have rated that)"
    assert narrate_self_rating(rated, shown={"share", "warning"}) == narrate(rated)


def test_teams_are_asked_once_at_a_gate_and_again_after_endex(game: Game) -> None:
    assert game.refuse("facilitator", ASK) == "nothing-to-do"
    game.grant("tokyo", own(share="S"))
    game.grant("facilitator", c.BeginPhase())
    assert open_now(game.state) is None
    game.grant("facilitator", c.Endex(), at=1200)
    assert game.refuse("tokyo", own(share="P")) == "no-self-ratings"
    game.grant("facilitator", ASK)
    game.grant("tokyo", own(share="P"))
    assert {gate: list(asked.given) for gate, asked in game.state.self_ratings.items()} == {
        "launch": ["tokyo"],
        "end": ["tokyo"],
    }


@pytest.mark.parametrize("goes_on", [c.BeginPhase(), c.Endex()])
def test_it_is_closed_when_play_goes_on_or_ends(goes_on: c.Command, game: Game) -> None:
    game.grant("tokyo", own(share="S"))
    game.grant("facilitator", goes_on)
    assert isinstance(game.do("tokyo", own(share="P")), Refusal)
    assert game.state.self_ratings["launch"].given["tokyo"].ratings[0].rating == "S"


def test_the_hot_wash_closes_what_was_asked_after_endex(game: Game) -> None:
    game.grant("facilitator", c.Endex())
    game.grant("facilitator", ASK)
    game.grant("facilitator", c.HotWash())
    assert (
        said(game, "tokyo", own(share="S")) == "the hot wash has begun: teams do not rate themselves any more"
    )


def test_an_emergency_interrupts_and_does_not_close(game: Game) -> None:
    game.grant("facilitator", c.Emergency(text="Fire"))
    assert said(game, "tokyo", own(share="S")) == "play has stopped for a real-world emergency"
    game.grant("facilitator", c.StandDown())
    game.grant("tokyo", own(share="S"))


def test_refusals_in_words(game: Game) -> None:
    running, asked_never = Game().start(), at_gate()
    where = "teams rate themselves at a gate, and after ENDEX"
    assert said(running, "facilitator", ASK) == where
    assert said(running, "tokyo", own(share="S")) == where
    assert said(asked_never, "tokyo", own(share="S")) == (
        "the teams have not been asked to rate themselves at this gate"
    )
    assert said(game, "facilitator", ASK) == "the teams were asked to rate themselves at this gate already"
    assert said(game, "tokyo", own(shaer="S")) == "there is no objective 'shaer'; did you mean 'share'?"
    assert said(game, "tokyo", own(zzz="S")) == "there is no objective 'zzz'"
    assert said(game, "tokyo", own("A note alone")) == "rate at least one objective: P, S, M or U"
    game.grant("tokyo", own("So", share="S"))
    assert said(game, "tokyo", own("So", share="S")) == "these ratings are recorded already"
    game.grant("tokyo", own("Thus", share="S"))


@pytest.mark.parametrize("seat", ["facilitator", "evaluator", "observer", "wall"])
def test_only_a_team_rates_itself(seat: str, game: Game) -> None:
    assert game.refuse(seat, own(share="S")) == "wrong-seat"


@pytest.mark.parametrize("seat", ["tokyo", "evaluator", "observer", "wall"])
def test_only_the_facilitator_asks(seat: str) -> None:
    assert at_gate().refuse(seat, ASK) == "wrong-seat"


def test_it_moves_no_score(game: Game) -> None:
    before = game.score()
    for team in TEAMS:
        game.grant(team, own("Not good", share="U", warning="U"))
    assert game.score() == before
