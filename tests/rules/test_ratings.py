"""Ratings: proposed by bands, given by an evaluator, the latest one standing."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.rules.ratings import Rating, agreement, propose, proposed_for, ratings, ratings_data
from tabletop.rules.scoring import TeamScore
from tabletop.rules.tally import Tally
from tabletop.scenario.objectives import Letter, RatingBands
from tests.builders import records_of, tiny_scenario
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
    [given] = rating.given
    assert (rating.proposed, rating.stands) == (None, "M")
    assert (given.by, given.letter, given.note) == ("evaluator", "M", "By luck")


def test_the_latest_rating_of_a_person_stands() -> None:
    found = rated(
        c.Grade(objective="share", rating="U", note="Too hasty"),
        c.Grade(objective="share", rating="S", note="On reflection"),
    )
    [given] = found["share", None].given
    assert (given.letter, given.note) == ("S", "On reflection")


def by(author: str, letter: Letter, *, team: str | None = None, objective: str = "share") -> e.RatingGiven:
    return e.RatingGiven(objective=objective, team=team, rating=letter, note="So", author=author)


def rated_by(*given: e.RatingGiven) -> dict[tuple[str, str | None], Rating]:
    game = Game(tiny_scenario()).start()
    records = [*game.records, *records_of(given, seat="evaluator")]
    return {
        (rating.objective, rating.team): rating
        for rating in ratings(game.score(), records, game.state.script.scenario.ratings)
    }


def test_ratings_of_two_people_stand_side_by_side_and_one_erases_only_its_own() -> None:
    found = rated_by(by("Kim", "P"), by("Lee", "U"), by("Kim", "S"))
    assert [(one.by, one.letter) for one in found["share", None].given] == [("Lee", "U"), ("Kim", "S")]
    assert found["share", None].stands is None


@pytest.mark.parametrize(
    ("letters", "percent"),
    [("P", None), ("PP", 100), ("PS", 0), ("PPS", 100 / 3), ("PPSS", 100 / 3), ("SSSS", 100)],
)
def test_agreement_is_per_cent_of_pairs(letters: str, percent: float | None) -> None:
    found = rated_by(*(by(f"Rater {n}", letter) for n, letter in enumerate(letters)))  # type: ignore[arg-type]
    assert agreement(found.values()).percent == (None if percent is None else pytest.approx(percent))


def test_only_those_who_rated_the_same_objective_of_the_same_team_are_compared() -> None:
    found = rated_by(
        by("Kim", "P"), by("Lee", "U", team="tokyo"), by("Lee", "U", objective="warning"), by("Lee", "P")
    )
    assert (agreement(found.values()).pairs, agreement(found.values()).percent) == (1, 100)
    data = ratings_data(found.values())
    assert data is not None
    assert (data["agreement"], data["pairs"]) == (100.0, 1)


def test_where_nobody_rated_there_is_no_data() -> None:
    assert ratings_data(rated().values()) is None


def test_a_team_is_named_once_somebody_has_rated_it() -> None:
    found = rated(
        c.Grade(objective="warning", team="washington", rating="S", note="Alone"), option="confirm-first"
    )
    assert (found["warning", "washington"].proposed, found["warning", "washington"].stands) == (None, "S")
    assert found["warning", None].given == ()
    assert ("warning", "tokyo") not in found


def test_an_objective_that_was_not_exercised_may_still_be_rated() -> None:
    found = rated(c.Grade(objective="message", rating="P", note="Seen outside play"))
    assert found["message", None].stands == "P"


def test_a_rating_names_its_event() -> None:
    found = rated(c.Grade(objective="share", rating="P", note="Yes"))
    assert found["share", None].given[0].seq > 1


@pytest.mark.parametrize(("badly", "letter"), [(0, "P"), (1, "S")])
def test_nothing_that_went_badly_was_performed_without_challenges(badly: int, letter: str) -> None:
    standing = TeamScore(9, 0, 10, -1, Tally(5, 4, badly))
    assert proposed_for(standing, BANDS) == letter
