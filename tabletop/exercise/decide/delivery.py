"""Build the events of a release: the inject, its cards and its decisions; and those of a backlash."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import NamedTuple

from tabletop.exercise import events as e
from tabletop.exercise.attached import attached
from tabletop.exercise.decide.cards import dealt, passed_on
from tabletop.exercise.state import Exercise
from tabletop.scenario.cards import Card
from tabletop.scenario.decisions import Decision
from tabletop.scenario.injects import Addition, Inject
from tabletop.scenario.scenario import Entry


def content(state: Exercise, entry: str, to: tuple[str, ...] = ()) -> e.InjectContent:
    """Return the inject's current content, with edits, for `to` or else its current audience.

    Raises KeyError if it is unknown.
    """
    known, planned = state.inject(entry), state.script.entry(entry)
    base = known.added or (planned.inject if planned else None)
    if base is None:
        raise KeyError(entry)
    return e.InjectContent(
        title=base.title if known.title is None else known.title,
        sender=base.sender,
        channel=base.channel,
        to=to or known.to or base.to,
        text=base.text if known.text is None else known.text,
        office=(base.for_ or "") if isinstance(base, Inject) else base.office,
    )


def release_event(
    entry: str, code: str, words: e.InjectContent, due: int | None = None, now: int = 0
) -> e.InjectReleased:
    """Return the release of an inject with that content."""
    return e.InjectReleased(
        entry=entry,
        code=code,
        title=words.title,
        sender=words.sender,
        channel=words.channel,
        to=words.to,
        text=words.text,
        office=words.office,
        due=due,
        timing=_timing(due, now),
    )


def deliver(state: Exercise, entry: str, to: tuple[str, ...], due: int | None, now: int) -> list[e.Event]:
    """Return the release of an inject to `to`, with its additions, cards and decisions."""
    words, planned = content(state, entry, to), state.script.entry(entry)
    code = (planned.code if planned else state.inject(entry).code) or ""
    release = release_event(entry, code, words, due, now)
    if planned is None:
        return [release]
    inject = planned.inject
    cards = [(inject.card, words.text)]
    paragraphs = []
    for addition in _holding(state, planned, now):
        readers = tuple(team for team in addition.to or to if team in to)
        if readers:
            paragraphs.append(e.Paragraph(to=readers, text=addition.text))
        cards.append((addition.card, addition.text))
    hands = [(card, text) for card, text in cards if isinstance(card, Card) and card.holder in to]
    if paragraphs or inject.attachments:
        more = {"additions": tuple(paragraphs), "attachments": attached(state, inject.attachments)}
        release = release.model_copy(update=more)
    return [
        release,
        *_handed_out(state, hands, entry, now),
        *_presented(state, planned, now),
    ]


def _handed_out(state: Exercise, cards: list[tuple[Card, str]], entry: str, now: int) -> list[e.Event]:
    """Return the events that deal the cards, then those by which standing rules pass them on."""
    received = [(card, dealt(state, card, text, entry)) for card, text in cards]
    new = [(card, event) for card, event in received if event is not None]
    passed = [event for card, deal in new for event in passed_on(state, card, deal, now)]
    return [*(deal for _, deal in new), *passed]


def _holding(state: Exercise, planned: Entry, now: int) -> list[Addition]:
    """Return the additions whose conditions hold now."""
    tests = state.script.additions
    return [
        addition
        for index, addition in enumerate(planned.inject.additions)
        if (test := tests.get((planned.id, index))) is None or test(state, now)
    ]


TALK_SHARE = 4
"""A team talks for this part of the window before the options open: a quarter."""

ON_TIME = 60
"""Game seconds after the due time within which a release counts as on time."""


def _timing(due: int | None, now: int) -> e.Timing:
    if due is None or due <= now <= due + ON_TIME:
        return "on-time"
    return "early" if now < due else "late"


def _presented(state: Exercise, planned: Entry, now: int) -> list[e.Event]:
    asked: list[e.Event] = []
    for name in planned.decisions:
        decision = state.script.scenario.decisions[name]
        test = state.script.asked_when.get(name)
        if test is not None and not test(state, now):
            continue
        for team in decision.team:
            if (name, team) not in state.decisions and (name, team) not in state.discussions:
                if decision.talk_first is None:
                    put = _Put(planned.id, decision.window, now + decision.window)
                    asked.append(_question(state, name, team, put))
                else:
                    asked.append(_discussion(name, decision, team, planned, now))
    return asked


def _discussion(name: str, decision: Decision, team: str, planned: Entry, now: int) -> e.Event:
    return e.DiscussionBegan(
        decision=name,
        code=decision.code or "",
        team=team,
        title=decision.title,
        prompt=decision.talk_first or "",
        window=decision.window,
        opens=now + decision.window // TALK_SHARE,
        due=now + decision.window,
        entry=planned.id,
    )


def opened(state: Exercise, name: str, team: str) -> e.Event:
    """Return the question and its options, once the team has talked; the window runs on from the talk."""
    talk = state.discussions[name, team]
    return _question(state, name, team, _Put(talk.entry, talk.window, talk.due, talk.began_at))


class _Put(NamedTuple):
    """How a decision is put to a team."""

    entry: str
    window: int
    due: int
    since: int | None = None
    """When the team began to talk about it, if it talked first."""


def _question(state: Exercise, name: str, team: str, put: _Put) -> e.DecisionPresented:
    """Return the question and its options, in the order that the seed draws."""
    decision = state.script.scenario.decisions[name]
    offered = state.script.offered[name]
    order = _drawn(state.seed, name, tuple(offered))
    return e.DecisionPresented(
        decision=name,
        code=decision.code or "",
        team=team,
        title=decision.title,
        question=decision.question,
        options=tuple(offered[option] for option in order),
        window=put.window,
        due=put.due,
        entry=put.entry,
        write_in=decision.write_in,
        since=put.since,
    )


@lru_cache(maxsize=1024)
def _drawn(seed: int, name: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """Return the options of a decision in their drawn order, which is the same for every team."""
    return tuple(sorted(options, key=lambda option: _digest(seed, name, option)))


def backlash(state: Exercise, team: str, now: int) -> list[e.Event]:
    """Return the events of a backlash: capital reset, backlash inject sent."""
    scenario = state.script.scenario
    if scenario.backlash is None:
        return [e.BacklashTriggered(team=team, capital=scenario.capital.reset)]
    entry, code = opaque_id(state, "backlash", team), f"B{state.added + 1}"
    press = scenario.backlash
    words = e.InjectContent(
        title=press.title, sender=press.sender, channel=press.channel, to=(team,), text=press.text
    )
    return [
        e.BacklashTriggered(team=team, capital=scenario.capital.reset, entry=entry),
        e.InjectAdded(entry=entry, code=code, inject=words),
        release_event(entry, code, words),
    ]


def opaque_id(state: Exercise, kind: str, *what: str) -> str:
    """Return an id that does not reveal how many came before it, since players see it."""
    return f"{kind}-{_digest(state.seed, str(state.seq), *what)[:10]}"


def _digest(seed: int, *words: str) -> str:
    return hashlib.sha256("\x1f".join((str(seed), *words)).encode("utf-8", "surrogatepass")).hexdigest()
