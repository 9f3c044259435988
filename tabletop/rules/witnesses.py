"""The events that show that a condition of a mark held: a consultation, a card received, words in public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.exercise.state import DecisionState, Exercise
from tabletop.rules.ledger import Judged
from tabletop.rules.marks import decisive
from tabletop.scenario import conditions as c
from tabletop.scenario.base import ALL
from tabletop.scenario.conditions import BaseCondition


def witnesses(judged: Iterable[Judged], team: str, asked: DecisionState, state: Exercise) -> Iterator[int]:
    """Yield the number of each event by which a condition held that a mark of the team's decision hung on."""
    for one in judged:
        if one.held:
            for leaf, answer in decisive(one.condition, one.answers):
                if answer:
                    yield from _seen(leaf, team, asked, state)


def _seen(leaf: BaseCondition, team: str, asked: DecisionState, state: Exercise) -> Iterator[int]:
    scenario = state.script.scenario
    every = [phase.id for phase in scenario.phases]
    match leaf:
        case c.Consulted(consulted=talk):
            one = talk.by or team
            phases = [asked.phase] if talk.by is None else every
            partners = scenario.partners(one) if ALL in talk.with_ else talk.with_
            for partner in partners:
                found = (state.consulted_in(phase, one, partner) for phase in phases)
                yield from sorted(seq for seq in found if seq is not None)[:1]
        case c.Held(held=card):
            hand = state.hands.get((card.by or team, card.card))
            if hand is not None:
                yield hand.seq
        case c.Shared(shared=card):
            for receiver in card.with_ or scenario.teams:
                hand = state.hands.get((receiver, card.card))
                if hand is not None and hand.via in scenario.teams:
                    yield hand.seq
        case _:
            return
