"""The events that show that a condition of a mark held: a consultation, a card received, words in public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.exercise.state import DecisionState, Exercise
from tabletop.rules.ledger import Judged
from tabletop.rules.marks import decisive
from tabletop.scenario import conditions as c
from tabletop.scenario.base import ALL
from tabletop.scenario.conditions import BaseCondition
from tabletop.scenario.conditions.dealings import Consultation


def witnesses(
    judged: Iterable[Judged], team: str, asked: DecisionState, state: Exercise, now: int
) -> Iterator[int]:
    """Yield the number of each event by which a condition held that a mark of the team's decision hung on.

    The decision was taken at `now`; what came later explains nothing of it.
    """
    for one in judged:
        if one.held:
            for leaf, answer in decisive(one.condition, one.answers):
                if answer:
                    yield from _seen(leaf, team, asked, state, now)


def _seen(leaf: BaseCondition, team: str, asked: DecisionState, state: Exercise, now: int) -> Iterator[int]:
    match leaf:
        case c.Consulted(consulted=Consultation(by=None, with_=named)):
            partners = state.script.scenario.partners(team) if ALL in named else named
            for partner in partners:
                yield from _earliest(
                    consult.answered_by[partner]
                    for consult in state.consults.values()
                    if consult.by == team and consult.phase == asked.phase
                    if consult.answers.get(partner, now + 1) <= now
                )
        case c.Consulted(consulted=Consultation(by=str(by), with_=named)):
            for partner in state.script.scenario.partners(by) if ALL in named else named:
                yield from _earliest(
                    consult.answered_by[answers]
                    for consult in state.consults.values()
                    for asker, answers in ((by, partner), (partner, by))
                    if consult.by == asker and consult.answers.get(answers, now + 1) <= now
                )
        case c.Held(held=card):
            holder = card.by or team
            hand = state.hands.get((holder, card.card))
            own = [hand.seq] if hand is not None and hand.via not in state.script.scenario.teams else []
            yield from _earliest((*own, *_shares(card.card, holder, None, state, now)))
        case c.Shared(shared=card):
            for receiver in card.with_ or state.script.scenario.teams:
                yield from _earliest(_shares(card.card, receiver, card.by, state, now))
        case c.Stated(stated=said):
            yield from _earliest(
                one.seq
                for one in state.statements.values()
                if one.by == said.by and said.label in (None, one.label) and one.at <= now
            )


def _shares(card: str, receiver: str, giver: str | None, state: Exercise, now: int) -> Iterator[int]:
    """Yield each sharing of a card with a team by `now`; by one giver, if one is named."""
    for share in state.shares.values():
        if (share.card, share.to) == (card, receiver) and giver in (None, share.by) and share.at <= now:
            yield share.seq


def _earliest(seqs: Iterable[int]) -> Iterator[int]:
    yield from sorted(seqs)[:1]
