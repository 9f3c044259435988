"""Same story: the last label and advice to the public, compared once a phase and team."""

from __future__ import annotations

from typing import Any

from tests.game import Game
from tests.rules.playing import begin, do, given, name_it, of, options, second_phase

STORY: dict[str, Any] = {
    "id": "story",
    "measure": "same-story",
    "good": {"message": "One story"},
    "bad": {"message": "Two stories"},
}

EXAMPLES: list[dict[str, Any]] = [STORY]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "same-story", "good": ["message"], "bad": {"message": "Two stories"}},
        "Compared in each phase: the last label and the last advice of each team to the public. They match "
        "every partner's that spoke of the same: +1 on O4. They contradict one: −1 on O4.",
    )
]


def advise(game: Any, team: str, says: str, area: str = "islands") -> None:  # noqa: ANN401
    do(game, team, do="state", text="Hear us", area=area, says=says)


def test_one_label_is_good_for_each_that_spoke() -> None:
    game = begin(STORY)
    do(game, "tokyo", do="state", text="Hear us", label="missile")
    assert given(game, "story") == {}, "nobody to compare with"
    do(game, "seoul", do="state", text="Hear us", label="missile")
    assert given(game, "story") == {"tokyo": 1, "seoul": 1}
    assert of(game, "story")[0].reason == "One story (the label was “missile” from Tokyo and Seoul)"


def test_an_option_with_a_label_speaks_too_and_an_amendment_takes_it_back() -> None:
    game = second_phase(begin(STORY))
    name_it(game, seoul="missile", washington="satellite")
    assert given(game, "story") == {"tokyo": -1, "seoul": -1, "washington": -1}
    name_it(game, washington="missile")
    assert given(game, "story") == {"tokyo": 1, "seoul": 1, "washington": 1}


def test_r3_who_corrects_itself_and_who_repeats_the_correction_are_not_blamed() -> None:
    game = begin(STORY)
    advise(game, "seoul", "shelter")
    advise(game, "seoul", "no-threat")
    advise(game, "washington", "no-threat")
    assert given(game, "story") == {"seoul": 1, "washington": 1}


def test_saying_the_same_again_adds_nothing() -> None:
    game = begin(STORY)
    for team in ("seoul", "tokyo") * 5:
        advise(game, team, "shelter")
    standing = game.score().objective("message").teams["seoul"]
    assert (standing.earned, standing.best, standing.worst) == (1, 1, -1)


def test_advice_for_different_areas_is_not_compared() -> None:
    game = begin(STORY)
    advise(game, "seoul", "shelter", area="seoul city")
    advise(game, "tokyo", "all-clear", area="islands")
    assert given(game, "story") == {}
    assert game.score().objective("message").teams["seoul"].score is None


def test_each_phase_has_its_own_story() -> None:
    game = begin(STORY)
    do(game, "tokyo", do="state", text="Hear us", label="missile")
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "seoul", do="state", text="Hear us", label="satellite")
    assert given(game, "story") == {}


def labelled() -> Game:
    """A game in which options of one decision carry a label without saying it in a statement of their own."""
    quiet = options("name-it", missile={"public": False}, satellite={"public": False})
    return second_phase(begin(STORY, decisions=quiet))


def test_own_words_take_back_the_label_of_the_option_before_them() -> None:
    game = labelled()
    name_it(game, seoul="missile", washington="satellite")
    assert given(game, "story")["seoul"] == -1
    do(game, "washington", do="decide", decision="name-it", words="We have no name for it")
    assert given(game, "story") == {"tokyo": 1, "seoul": 1}


def test_words_say_nothing_in_public_whatever_control_judges_them_to_be() -> None:
    game = labelled()
    do(game, "washington", do="decide", decision="name-it", words="We have no name for it")
    do(game, "facilitator", do="gate")
    do(game, "facilitator", do="phase")
    do(game, "seoul", do="state", text="Hear us", label="missile")
    before = given(game, "story")
    do(game, "facilitator", do="judge", decision="name-it", team="washington", as_="satellite")
    assert given(game, "story") == before
    assert "washington" not in before
