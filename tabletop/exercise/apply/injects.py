"""Apply events of injects and cards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import (
    CardShare,
    Exercise,
    HeldCard,
    InjectState,
    InjectStatus,
)


def _inject(state: Exercise, entry: str, **changes: Any) -> Exercise:
    return state.changed(injects=state.injects.set(entry, replace(state.inject(entry), **changes)))


def _off_schedule(state: Exercise, entry: str, **changes: Any) -> Exercise:
    place = state.script.places.get(entry)
    left = tuple(one for one in state.scheduled if one != place)
    return _inject(state.changed(scheduled=left), entry, **changes)


def inject_added(state: Exercise, event: e.InjectAdded, record: Record) -> Exercise:
    """Add an inject."""
    known = InjectState(added=event.inject, code=event.code)
    return state.changed(injects=state.injects.set(event.entry, known), added=state.added + 1)


def inject_edited(state: Exercise, event: e.InjectEdited, record: Record) -> Exercise:
    """Replace the inject's title and text."""
    return _inject(state, event.entry, title=event.title, text=event.text)


def inject_readdressed(state: Exercise, event: e.InjectReaddressed, record: Record) -> Exercise:
    """Replace the inject's audience."""
    return _inject(state, event.entry, to=event.to)


def inject_held(state: Exercise, event: e.InjectHeld, record: Record) -> Exercise:
    """Mark the inject as held."""
    return _off_schedule(state, event.entry, status=InjectStatus.HELD)


def inject_unheld(state: Exercise, event: e.InjectUnheld, record: Record) -> Exercise:
    """Put the inject back on the schedule."""
    planned = state.script.entry(event.entry)
    if planned is not None and not planned.contingency:
        places = {*state.scheduled, state.script.places[planned.id]}
        state = state.changed(scheduled=tuple(one for one in state.script.schedule if one in places))
    return _inject(state, event.entry, status=InjectStatus.SCHEDULED, branch=False)


def inject_skipped(state: Exercise, event: e.InjectSkipped, record: Record) -> Exercise:
    """Mark the inject as skipped."""
    return _off_schedule(state, event.entry, status=InjectStatus.SKIPPED, branch=event.branch)


def delay_began(state: Exercise, event: e.DelayBegan, record: Record) -> Exercise:
    """Record when the inject is due."""
    return _inject(state, event.entry, due=event.due)


def inject_released(state: Exercise, event: e.InjectReleased, record: Record) -> Exercise:
    """Mark the inject as released."""
    return _off_schedule(
        state,
        event.entry,
        status=InjectStatus.RELEASED,
        branch=False,
        to=event.to,
        released_at=record.at,
        timing=event.timing,
        seq=record.seq,
    )


def inject_read(state: Exercise, event: e.InjectRead, record: Record) -> Exercise:
    """Record when the team opened the inject."""
    return _inject(state, event.entry, reads=state.inject(event.entry).reads.set(event.team, record.at))


def card_received(state: Exercise, event: e.CardReceived, record: Record) -> Exercise:
    """Give the card to the team as its own."""
    held = _held(event, record, via=event.entry, sanitised=event.sanitised, own=True)
    return state.changed(hands=_hold(state.hands, event.team, event.card, held))


def card_dealt(state: Exercise, event: e.CardDealt, record: Record) -> Exercise:
    """Give the card to the team, as its own or as if its owner had shared it before play."""
    own = event.team == event.owner
    via = "" if own else event.owner
    held = _held(event, record, via=via, sanitised=event.sanitised, own=own, clean=event.clean)
    state = state.changed(hands=_hold(state.hands, event.team, event.card, held))
    if own:
        return state
    share = CardShare(
        by=event.owner,
        to=event.team,
        card=event.card,
        at=record.at,
        seq=record.seq,
        phase=state.phase,
        sanitised=event.clean,
        repeated=False,
    )
    return state.changed(
        shares=state.shares.set(len(state.shares), share),
        given=state.given.set((event.owner, event.team, event.card), record.at),
    )


def _held(
    event: e.CardReceived | e.CardDealt | e.CardShared,
    record: Record,
    *,
    via: str,
    own: bool,
    sanitised: str | None = None,
    clean: bool = False,
) -> HeldCard:
    """Return the card as a team holds it from this event on."""
    return HeldCard(
        at=record.at,
        seq=record.seq,
        via=via,
        title=event.title,
        code=event.code,
        text=event.text,
        sanitised=sanitised,
        window=event.window,
        tags=event.tags,
        own=own,
        clean=clean,
        caveat=event.caveat,
    )


def _hold(
    hands: Map[tuple[str, str], HeldCard], team: str, card: str, held: HeldCard
) -> Map[tuple[str, str], HeldCard]:
    """Put the card in the team's hand in this form; it has held it since it got it in any."""
    known = hands.get((team, card))
    return hands.set((team, card), held if known is None else replace(held, at=known.at))


def card_shared(state: Exercise, event: e.CardShared, record: Record) -> Exercise:
    """Give the card to the partners."""
    hands, shares, given, leave = state.hands, state.shares, state.given, state.leave
    owned = hands[event.by, event.card].own if (event.by, event.card) in hands else False
    for to in event.to:
        held = hands.get((to, event.card))
        if held is None or not (held.own or event.sanitised):
            given_on = _held(event, record, via=event.by, own=False, clean=event.sanitised)
            hands = _hold(hands, to, event.card, given_on)
        shares = shares.set(
            len(shares),
            CardShare(
                by=event.by,
                to=to,
                card=event.card,
                at=record.at,
                seq=record.seq,
                phase=state.phase,
                sanitised=event.sanitised,
                repeated=(event.by, to, event.card) in given,
            ),
        )
        if (event.by, to, event.card) not in given:
            given = given.set((event.by, to, event.card), record.at)
        if owned and event.onward:
            leave = leave.set((to, event.card), record.seq)
    return state.changed(hands=hands, shares=shares, given=given, leave=leave)


def leave_granted(state: Exercise, event: e.LeaveGranted, record: Record) -> Exercise:
    """Allow the teams to pass the card on."""
    leave = state.leave
    for team in event.to:
        leave = leave.set((team, event.card), record.seq)
    return state.changed(leave=leave)
