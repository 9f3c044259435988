"""Find the references in a condition, and expand ``all`` in it to teams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from tabletop.scenario import conditions as c
from tabletop.scenario.base import Part
from tabletop.scenario.content import ALL
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.reading.document import Path

Kind: TypeAlias = Literal["team", "teams", "decision", "option", "card", "label", "entry"]
"""The kind of thing referred to; ``teams`` also allows ``all``."""


class Reference(NamedTuple):
    """A referring word and its location inside its condition."""

    kind: Kind
    word: str
    loc: Path
    at_key: bool = False
    decision: str = ""
    """For an option: the decision it belongs to; for a team: the decision that it must be asked."""


def references(condition: Part, loc: Path = ()) -> Iterator[Reference]:
    """Yield every reference in the condition, in the order written."""
    match condition:
        case c.All(all=inner):
            yield from _each(inner, (*loc, "all"))
        case c.AnyOf(any=inner):
            yield from _each(inner, (*loc, "any"))
        case c.Not(not_=one):
            yield from references(one, (*loc, "not"))
        case c.By(by=deadline):
            yield from references(deadline.that, (*loc, "by", "that"))
        case c.Chose(chose=c.TeamChoice() as choice):
            yield from _choice(choice, (*loc, "chose"))
        case c.Chose(chose=dict() as chosen):
            yield from _choices(chosen, (*loc, "chose"))
        case c.EveryoneChose(everyone_chose=chosen):
            yield from _choices(chosen, (*loc, "everyone-chose"))
        case c.Decided(decided=words):
            yield from _words("decision", words, (*loc, "decided"))
        case c.OnTime(on_time=words):
            yield from _words("decision", words, (*loc, "on-time"))
        case c.Released(released=words):
            yield from _words("entry", words, (*loc, "released"))
        case _:
            yield from _of_teams(condition, loc)


def _of_teams(condition: Part, loc: Path) -> Iterator[Reference]:
    """Yield the references of conditions about sharing, consultations, statements and labels."""
    match condition:
        case c.Shared(shared=shared):
            loc = (*loc, "shared")
            yield Reference("card", shared.card, (*loc, "card"))
            if shared.by is not None:
                yield Reference("team", shared.by, (*loc, "by"))
            yield from _words("teams", shared.with_ or (), (*loc, "with"))
        case c.Consulted(consulted=consulted):
            yield Reference("team", consulted.by, (*loc, "consulted", "by"))
            yield from _words("teams", consulted.with_, (*loc, "consulted", "with"))
        case c.Stated(stated=stated):
            yield Reference("team", stated.by, (*loc, "stated", "by"))
            if stated.label is not None:
                yield Reference("label", stated.label, (*loc, "stated", "label"))
        case c.Labels(labels=labels):
            yield Reference("decision", labels.decision, (*loc, "labels", "decision"))


def _each(conditions: Iterable[Part], loc: Path) -> Iterator[Reference]:
    for index, condition in enumerate(conditions):
        yield from references(condition, (*loc, index))


def _words(kind: Kind, words: Iterable[str], loc: Path) -> Iterator[Reference]:
    for index, word in enumerate(words):
        yield Reference(kind, word, (*loc, index))


def _choices(chosen: dict[str, tuple[str, ...]], loc: Path) -> Iterator[Reference]:
    for decision, options in chosen.items():
        yield Reference("decision", decision, (*loc, decision), at_key=True)
        for index, option in enumerate(options):
            yield Reference("option", option, (*loc, decision, index), decision=decision)


def _choice(choice: c.TeamChoice, loc: Path) -> Iterator[Reference]:
    yield Reference("decision", choice.decision, (*loc, "decision"))
    for index, option in enumerate(choice.options):
        yield Reference("option", option, (*loc, "options", index), decision=choice.decision)
    if choice.by is not None:
        yield Reference("team", choice.by, (*loc, "by"), decision=choice.decision)


def with_teams(condition: c.Condition, participants: Participants) -> c.Condition:
    """Return the condition with ``all`` expanded to every team except the one that shares or consults."""
    match condition:
        case c.All(all=inner):
            return condition.model_copy(update={"all": tuple(with_teams(one, participants) for one in inner)})
        case c.AnyOf(any=inner):
            return condition.model_copy(update={"any": tuple(with_teams(one, participants) for one in inner)})
        case c.Not(not_=one):
            return condition.model_copy(update={"not_": with_teams(one, participants)})
        case c.By(by=deadline):
            within = deadline.model_copy(update={"that": with_teams(deadline.that, participants)})
            return condition.model_copy(update={"by": within})
        case c.Shared(shared=shared) if shared.with_ and ALL in shared.with_:
            giver = shared.by or participants.holders.get(shared.card)
            sharing = shared.model_copy(update={"with_": participants.partners(giver)})
            return condition.model_copy(update={"shared": sharing})
        case c.Consulted(consulted=consulted) if ALL in consulted.with_:
            consultation = consulted.model_copy(update={"with_": participants.partners(consulted.by)})
            return condition.model_copy(update={"consulted": consultation})
    return condition
