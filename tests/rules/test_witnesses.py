"""The events that a mark cites where it hangs on what was said and shared: how its condition held."""

from __future__ import annotations

from typing import Any

from tabletop.exercise import events as e
from tests.game import Game
from tests.rules.playing import do
from tests.rules.test_if_parts import asked, begin


def cited(game: Game, kind: type[e.Event]) -> list[e.Event]:
    """The events of a kind that Seoul's mark on O4 cites."""
    [mark] = [
        one for one in game.score().ledger if (one.team, one.objective) == ("seoul", "message") and one.why
    ]
    events = [game.records[seq - 1].event for seq in mark.evidence]
    return [event for event in events if isinstance(event, kind)]


def hanging_on(condition: dict[str, Any]) -> Game:
    """Seoul is about to choose an option whose mark hangs on a condition."""
    part = {"when": condition, "good": {"message": "It held"}}
    return asked(begin("satellite", part, bad={"message": "It did not"}))


def consult(game: Game, by: str, partner: str, answer: str) -> None:
    do(game, by, do="consult", with_=[partner], text="What do you see?")
    do(game, partner, do="answer", from_=by, text=answer)


def decide(game: Game) -> None:
    do(game, "seoul", do="decide", decision="name-it", option="satellite")


def test_asking_first_is_shown_by_the_team_s_own_question() -> None:
    game = hanging_on({"consulted": ["tokyo"]})
    consult(game, "tokyo", "seoul", "Lights")
    consult(game, "seoul", "tokyo", "Satellite")
    consult(game, "seoul", "tokyo", "We are sure")
    decide(game)
    assert [getattr(one, "text", "") for one in cited(game, e.ConsultAnswered)] == ["Satellite"]


def test_a_talk_of_two_teams_named_counts_either_way_round() -> None:
    game = hanging_on({"consulted": {"by": "washington", "with": ["tokyo"]}})
    consult(game, "tokyo", "washington", "Lights")
    consult(game, "washington", "tokyo", "A wake")
    decide(game)
    assert [getattr(one, "text", "") for one in cited(game, e.ConsultAnswered)] == ["Lights"]


def test_a_card_is_shown_by_its_first_sharing_not_by_a_later_one() -> None:
    game = hanging_on({"shared": {"card": "track", "with": ["seoul"]}})
    do(game, "washington", do="share", card="track", with_=["seoul"], sanitised=True)
    do(game, "washington", do="share", card="track", with_=["seoul"])
    decide(game)
    [shared] = cited(game, e.CardShared)
    assert isinstance(shared, e.CardShared)
    assert shared.sanitised


def test_of_two_givers_the_one_that_is_named_is_cited() -> None:
    game = hanging_on({"shared": {"card": "track", "by": "tokyo", "with": ["seoul"]}})
    do(game, "washington", do="share", card="track", with_=["tokyo", "seoul"], onward=True, sanitised=True)
    do(game, "tokyo", do="share", card="track", with_=["seoul"])
    decide(game)
    assert [getattr(one, "by", "") for one in cited(game, e.CardShared)] == ["tokyo"]


def test_words_in_public_are_cited() -> None:
    game = hanging_on({"stated": {"by": "tokyo"}})
    do(game, "tokyo", do="state", text="We see it still")
    decide(game)
    said = [
        getattr(one, "text", "") for one in cited(game, e.StatementMade) if getattr(one, "by", "") == "tokyo"
    ]
    assert said == ["Okinawa alone"], "what its decision said before was enough"
