"""The result beside its anchors: what may be compared, and what may not."""

from __future__ import annotations

from tabletop.exercise.anchors import AnchorResult, Anchors, Result
from tabletop.pages.text import TextPage
from tabletop.report.sections.anchors import write_anchors
from tabletop.rules.anchors import anchor_table, result_of
from tabletop.rules.scoring import score_log
from tests.report.exercises import full_records

CARD = score_log(full_records())
HERE = result_of(CARD)


def beside(times: int, badly: int = 0, *, counted: bool = True) -> Anchors:
    """Return anchors of plays in which that many times as many situations arose, and went well."""

    def more(one: Result) -> Result:
        if not counted:
            return Result(bar=one.bar)
        situations = (one.situations or 0) * times
        return Result(bar=one.bar, situations=situations, well=one.well * times + 1, badly=badly)

    other = AnchorResult(
        overall=HERE.overall,
        objectives={goal: more(one) for goal, one in HERE.objectives.items()},
        teams={},
    )
    return Anchors(
        scenario="tiny",
        scenario_hash="0" * 64,
        engine="0.1.0",
        plays=1000,
        seed=1,
        median_play=1,
        silence=other,
        random=other,
        best=other,
    )


def written(anchors: Anchors) -> str:
    page = TextPage(200)
    write_anchors(page, anchor_table(anchors, CARD))
    return " ".join(page.text().split())


def test_where_as_much_arose_what_went_less_well_is_named() -> None:
    words = written(beside(1))
    assert "less went well here than in that random play" in words
    assert "Fewer situations arose" not in words


def test_a_shortened_exercise_is_not_held_against_whole_ones() -> None:
    words = written(beside(2))
    assert "less went well here" not in words
    assert "Fewer situations arose here than in those plays (12 here, 24 in that play)" in words


def test_only_what_was_made_up_for_is_called_a_choice_between_objectives() -> None:
    worse, traded = written(beside(1)), written(beside(1, badly=9))
    assert "That was not made up for elsewhere: over all objectives" in worse
    assert "pull against each other" not in worse
    assert "Objectives pull against each other" in traded


def test_anchors_without_counts_are_held_against_nothing() -> None:
    words = written(beside(1, counted=False))
    assert "less went well" not in words
    assert "0 well" not in words
