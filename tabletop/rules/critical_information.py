"""Critical information: how long each team worked on a decision without a card that a partner held.

It gives no points. A minute counts once, whatever number of decisions and cards it is counted for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from tabletop.exercise.state import Exercise

Span: TypeAlias = tuple[int, int]
Curve: TypeAlias = tuple[tuple[int, int], ...]
"""Game times, each with the seconds that had come together by then."""


def without_critical_information(state: Exercise) -> Mapping[str, Curve]:
    """Return for each team how its seconds without a partner's card grew; it grows evenly between points.

    A team acts from when a decision is put to it until it records it. One that it does not take counts not.
    """
    return {team: _curve(_spans(state, team)) for team in state.script.scenario.teams}


def seconds_by(curve: Curve, at: int) -> int:
    """Return the seconds that had come together by a game time."""
    before = (0, 0)
    for point in curve:
        if point[0] >= at:
            grown = point[1] > before[1]
            return before[1] + (max(0, at - before[0]) if grown else 0)
        before = point
    return before[1]


def cards_missed(state: Exercise, team: str) -> list[str]:
    """Return the cards that partners held and the team did not while it acted, in the order they were got."""
    acting = _acting(state, team)
    return [
        card
        for card, (lack, until) in sorted(_missing(state, team), key=lambda one: (one[1], one[0]))
        if any(max(start, lack) < min(end, until) for start, end in acting)
    ]


def _acting(state: Exercise, team: str) -> list[Span]:
    """Return when the team had a decision before it that it took."""
    return _joined(
        (asked.presented_at, asked.decided_at)
        for (_, asked_team), asked in state.decisions.items()
        if asked_team == team and asked.decided_at is not None
    )


def _spans(state: Exercise, team: str) -> list[Span]:
    """Return when the team acted while a partner held a card that it did not hold."""
    acting = _acting(state, team)
    missing = _joined(span for _, span in _missing(state, team))
    return [
        (max(start, lack), min(end, until))
        for start, end in acting
        for lack, until in missing
        if max(start, lack) < min(end, until)
    ]


def _missing(state: Exercise, team: str) -> Iterator[tuple[str, Span]]:
    """Yield each card with the time in which a partner held it and the team did not."""
    first: dict[str, int] = {}
    own: dict[str, int] = {}
    for (holder, card), held in state.hands.items():
        if holder == team:
            own[card] = held.at
        else:
            first[card] = min(held.at, first.get(card, held.at))
    for card, since in first.items():
        yield card, (since, own.get(card, state.at))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, with those that touch joined to one."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _curve(spans: list[Span]) -> Curve:
    points: list[tuple[int, int]] = []
    total = 0
    for start, end in sorted(spans):
        points.append((start, total))
        total += end - start
        points.append((end, total))
    return tuple(points)
