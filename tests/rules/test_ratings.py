"""Ratings: proposed by bands, given by an evaluator, the latest one standing."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.rules.ratings import Rating, propose, proposed_for, ratings
from tabletop.rules.scoring import TeamScore
from tabletop.rules.tally import Tally
from tabletop.scenario.content import RatingBands
from tests.builders import tiny_scenario
from tests.game import Game

BANDS = RatingBands()


@pytest.mark.parametrize(
    ("score", "letter"),
    [
        (100, "P"),
        (80, "P"),
        (79.999, "S"),
        (60, "S"),
        (59.9, "M"),
        (40, "M"),
        (39.9, "U"),
        (0, "U"),
        (None, None),
    ],
)
def test_a_band_begins_exactly_at_its_score(score: float | None, letter: str | None) -> None:
    assert propose(score, BANDS) == letter


def test_a_scenario_may_set_other_bands() -> None:
    assert propose(80, RatingBands(P=90, S=75, M=10)) == "S"


@pytest.mark.parametrize(("situations", "letter"), [(3, None), (4, "P"), (9, "P")])
def test_a_rating_is_proposed_from_four_situations_on(situations: int, letter: str | None) -> None:
    standing = TeamScore(1, 0, 1, 0, Tally(situations, situations, 0))
    assert proposed_for(standing, BANDS) == letter


def test_bands_go_down() -> None:
    with pytest.raises(ValueError, match="P above S, S above M"):
        RatingBands(P=60, S=80, M=40)


def rated(*grades: c.Grade, option: str = "both") -> dict[tuple[str, str | None], Rating]:
    game = Game(tiny_scenario()).start()
    game.grant("washington", c.Decide(decision="push-track", option=option), at=310)
    for grade in grades:
        game.grant("evaluator", grade)
    found = ratings(game.score(), game.records, game.state.script.scenario.ratings)
    return {(rating.objective, rating.team): rating for rating in found}


def test_under_four_situations_nothing_is_proposed() -> None:
    found = rated()
    assert {key: rating.proposed for key, rating in found.items()} == {
        ("share", None): None,
        ("message", None): None,
        ("warning", None): None,
    }
    assert found["message", None].stands is None


def test_what_an_evaluator_gives_stands_beside_what_was_proposed() -> None:
    found = rated(c.Grade(objective="share", rating="M", note="By luck"))
    rating = found["share", None]
    assert (rating.proposed, rating.given, rating.stands, rating.note) == (None, "M", "M", "By luck")


def test_the_latest_rating_stands() -> None:
    found = rated(
        c.Grade(objective="share", rating="U", note="Too hasty"),
        c.Grade(objective="share", rating="S", note="On reflection"),
    )
    assert (found["share", None].given, found["share", None].note) == ("S", "On reflection")


def test_a_team_is_named_once_somebody_has_rated_it() -> None:
    found = rated(
        c.Grade(objective="warning", team="washington", rating="S", note="Alone"), option="confirm-first"
    )
    assert (found["warning", "washington"].proposed, found["warning", "washington"].given) == (None, "S")
    assert found["warning", None].given is None
    assert ("warning", "tokyo") not in found


def test_an_objective_that_was_not_exercised_may_still_be_rated() -> None:
    found = rated(c.Grade(objective="message", rating="P", note="Seen outside play"))
    assert found["message", None].stands == "P"


def test_a_rating_names_its_event() -> None:
    found = rated(c.Grade(objective="share", rating="P", note="Yes"))
    assert found["share", None].seq is not None
    assert found["warning", None].seq is None
