"""Decide commands of communication: cards, consultations, statements, messages."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.delivery import opaque_id
from tabletop.exercise.refusal import RefusedError
from tabletop.exercise.state import Exercise


def share(state: Exercise, command: c.Share, team: str, now: int) -> list[e.Event]:
    """Share a card that the team holds with partners that do not have it from this team."""
    if (team, command.card) not in state.hands:
        raise RefusedError("this team does not hold that card", "not-held")
    partners = _partners(state, team, command.with_)
    how = SharingForm(sanitised=command.sanitised, onward=command.onward)
    shared = share_event(state, team, command.card, partners, how)
    if shared is None:
        raise RefusedError("you have already shared that card with them in that form", "nothing-to-do")
    return [shared]


@dataclass(frozen=True, slots=True)
class SharingForm:
    """How a card is shared."""

    sanitised: bool = False
    onward: bool = False
    decision: str | None = None


def share_event(
    state: Exercise, team: str, card: str, partners: tuple[str, ...], how: SharingForm
) -> e.Event | None:
    """Return the event of sharing a held card with the partners that lack it in that form, or None.

    A card that was received sanitised stays sanitised when it is passed on.
    """
    held = state.hands[team, card]
    sanitised = how.sanitised or held.clean
    have = {
        item.to
        for item in state.shares.values()
        if item.by == team and item.card == card and (item.sanitised == sanitised or not item.sanitised)
    }
    to = tuple(partner for partner in partners if partner not in have)
    if not to:
        return None
    return e.CardShared(
        by=team,
        to=to,
        card=card,
        code=held.code,
        title=held.title,
        text=(held.sanitised or held.title) if sanitised and not held.clean else held.text,
        window=held.window,
        tags=held.tags,
        sanitised=sanitised,
        onward=how.onward,
        decision=how.decision,
    )


def grant(state: Exercise, command: c.Grant, team: str, now: int) -> list[e.Event]:
    """Allow partners to pass on a card that this team owns."""
    held = state.hands.get((team, command.card))
    if held is None or not held.own:
        raise RefusedError("only the team that owns the card can allow others to pass it on", "not-held")
    partners = tuple(to for to in _partners(state, team, command.to) if (to, command.card) not in state.leave)
    if not partners:
        raise RefusedError("they may already pass it on", "nothing-to-do")
    return [e.LeaveGranted(by=team, to=partners, card=command.card, title=held.title)]


def consult(state: Exercise, command: c.Consult, team: str, now: int) -> list[e.Event]:
    """Consult partners."""
    partners = _partners(state, team, command.with_)
    if command.about is not None and (command.about, team) not in state.decisions:
        raise RefusedError("a consultation can be about a decision that was put to this team", "not-asked")
    consult_id = opaque_id(state, "consult", team)
    return [
        e.ConsultRequested(consult=consult_id, by=team, to=partners, about=command.about, text=command.text)
    ]


def answer(state: Exercise, command: c.Answer, team: str, now: int) -> list[e.Event]:
    """Answer a partner's latest consultation that this team has not answered, or the one named."""
    waiting = [
        (item.seq, name)
        for name, item in state.consults.items()
        if item.by == command.from_ and team in item.to and team not in item.answers
        if command.consult in (None, name)
    ]
    if not waiting:
        raise RefusedError("this team has no open consultation from them to answer", "nothing-to-answer")
    return [e.ConsultAnswered(consult=max(waiting)[1], by=team, to=command.from_, text=command.text)]


def state_in_public(state: Exercise, command: c.State, team: str, now: int) -> list[e.Event]:
    """Make a public statement, with a label if one is given."""
    labels = state.script.scenario.labels
    if command.label is not None and labels and command.label not in labels:
        raise RefusedError(f"unknown label; the labels are {', '.join(labels)}", "unknown-label")
    if command.about is not None and (command.about, team) not in state.decisions:
        raise RefusedError("a statement can be about a decision that was put to this team", "not-asked")
    if bool(command.area) != bool(command.says):
        raise RefusedError("public advice needs both an area and what to do there", "half-advice")
    return [
        e.StatementMade(
            by=team,
            text=command.text,
            label=command.label or None,
            area=command.area or None,
            says=command.says or None,
            about=command.about,
        )
    ]


def message(state: Exercise, command: c.Message, seat: str, now: int) -> list[e.Event]:
    """Write to partners or to exercise control."""
    sender = seat if seat in state.script.scenario.teams else e.CONTROL
    known = {*state.script.scenario.teams, e.CONTROL} - {sender}
    unknown = [to for to in command.to if to not in known]
    if unknown:
        raise RefusedError(f"a message cannot go to '{unknown[0]}'", "unknown-team")
    if not state.running and sender != e.CONTROL and set(command.to) != {e.CONTROL}:
        raise RefusedError("while play is stopped, messages can only go to exercise control", "wrong-stage")
    return [e.MessageSent(by=sender, to=_unique(command.to), text=command.text)]


def _partners(state: Exercise, team: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    for partner in wanted:
        if partner not in state.script.scenario.teams:
            raise RefusedError(f"there is no team '{partner}'", "unknown-team")
        if partner == team:
            raise RefusedError("a team does not share or consult with itself", "own-team")
    return _unique(wanted)


def _unique(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
