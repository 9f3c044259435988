"""Hold a scorecard against the anchors of its scenario."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tabletop.exercise.anchors import AnchorResult, Anchors, Result
from tabletop.rules.scoring import ObjectiveScore, Scorecard, TeamScore

_FAR_FEWER: Final = 0.75
"""Below this share of another play's situations, its counts are no measure."""


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """One objective: what was reached here, and what silence, chance and the best play found came to."""

    code: str
    title: str
    here: str
    silence: str
    random: str
    best: str


@dataclass(frozen=True, slots=True)
class AnchorTable:
    """A result with its anchors beside it."""

    sentence: str
    rows: tuple[AnchorRow, ...]
    below: tuple[str, ...] = ()
    """The objectives on which less went well here than in the random play in the middle."""
    traded: str = ""
    """Why less went well on those: what was won on the others, or that less went well over all too."""
    fewer: str = ""
    """That far fewer situations arose here than in that play; empty if they did not."""


def anchor_table(anchors: Anchors | None, card: Scorecard) -> AnchorTable | None:
    """Return the result with its anchors; None if the exercise has none."""
    if anchors is None:
        return None
    lot = {
        goal.objective: anchors.random.objectives.get(goal.objective, Result()) for goal in card.objectives
    }
    fewer = _fewer(card, lot.values())
    below = (
        goal
        for goal in card.objectives
        if not fewer and lot[goal.objective].situations is not None
        if goal.tally.well < lot[goal.objective].well
    )
    return AnchorTable(
        anchors.sentence,
        tuple(_rows(anchors, card)),
        tuple(f"{goal.code} {goal.title}" for goal in below),
        _traded(card, lot.values()),
        fewer,
    )


def _traded(card: Scorecard, lot: Collection[Result]) -> str:
    """Say what came of it over all objectives that less went well on some; where all were counted."""
    if any(one.situations is None for one in lot):
        return ""
    here, drawn = sum(goal.tally.well for goal in card.objectives), sum(one.well for one in lot)
    badly, ill = sum(goal.tally.badly for goal in card.objectives), sum(one.badly for one in lot)
    totals = f"{here} situations went well here and {badly} badly, in that play {drawn} well and {ill} badly"
    if here - badly <= drawn - ill:
        return f"That was not made up for elsewhere: over all objectives {totals}."
    return (
        "Objectives pull against each other: what serves one costs marks on another, and choices went to "
        f"the others here. Over all objectives {totals}."
    )


def _fewer(card: Scorecard, lot: Iterable[Result]) -> str:
    """Say that counts do not compare, as where an exercise ended early."""
    here, there = (
        sum(goal.tally.situations for goal in card.objectives),
        sum(one.situations or 0 for one in lot),
    )
    return f"{here} here, {there} in that play" if here < _FAR_FEWER * there else ""


def _rows(anchors: Anchors, card: Scorecard) -> Iterator[AnchorRow]:
    for goal in card.objectives:
        beside = (one.objectives.get(goal.objective, Result()).words for one in anchors.results)
        yield AnchorRow(goal.code, goal.title, _result(goal).words, *beside)


def result_of(card: Scorecard) -> AnchorResult:
    """Return what a play came to, for keeping."""
    teams: dict[str, dict[str, Result]] = {}
    for goal in card.objectives:
        for team, score in goal.teams.items():
            teams.setdefault(team, {})[goal.objective] = _result(score)
    return AnchorResult(
        overall=_rounded(card.overall),
        objectives={goal.objective: _result(goal) for goal in card.objectives},
        teams=teams,
    )


def _result(of: ObjectiveScore | TeamScore) -> Result:
    return Result(bar=_rounded(of.score), **of.tally.counts)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
