"""Decide what happens to cards: dealt, shared by hand or by an option, passed on by a standing rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.state import Exercise
from tabletop.scenario.cards import Card, Sharing
from tabletop.scenario.conditions.names import Names
from tabletop.scenario.options import Option
from tabletop.scenario.prose import listed
from tabletop.scenario.scenario import Deal


@dataclass(frozen=True, slots=True)
class SharingForm:
    """How a card is shared."""

    sanitised: bool = False
    onward: bool = False
    decision: str | None = None


def share(state: Exercise, command: c.Share, team: str, now: int) -> list[e.Event]:
    """Share a card that the team holds with partners that do not have it from this team."""
    if (team, command.card) not in state.hands:
        raise RefusedError("this team does not hold that card", "not-held")
    partners = partners_named(state, team, command.with_)
    _refuse_kept(state, team, command.card, partners)
    how = SharingForm(sanitised=command.sanitised, onward=command.onward)
    shared = _shared(state, team, command.card, partners, how)
    if shared is None:
        raise RefusedError("you have already shared that card with them in that form", NOTHING_TO_DO)
    return [shared]


def _refuse_kept(state: Exercise, team: str, card: str, partners: Sequence[str]) -> None:
    """Refuse partners from which a decision of the team keeps the card in this phase."""
    scenario = state.script.scenario
    for kept in kept_from(state, team, [(card, "")]):
        wanted = [scenario.teams[partner].name for partner in partners if partner in kept.to]
        if wanted:
            code = scenario.decisions[kept.decision].code or kept.decision
            raise RefusedError(
                f"your decision {code} keeps that card from {listed(wanted)} until this phase ends", "kept"
            )


def share_by_option(state: Exercise, decision: str, team: str, option: Option) -> list[e.Event]:
    """Return the sharing of each card that the option shares and the team holds.

    An option passes a card on even if an earlier decision kept it: the later decision counts.
    """
    done: list[e.Event] = []
    for item, raw in (*((one, False) for one in option.shares), *((one, True) for one in option.shares_raw)):
        if (team, item.card) in state.hands:
            partners = tuple(partner for partner in item.with_ if partner != team)
            form = SharingForm(_in_clean_form(state, team, item, raw=raw), item.onward, decision)
            shared = _shared(state, team, item.card, partners, form)
            done += [shared] if shared is not None else []
    return done


def _in_clean_form(state: Exercise, team: str, item: Sharing, *, raw: bool) -> bool:
    """Whether an option passes a card in its clean form. A card with nothing to take out passes as it is."""
    if raw or item.sanitised is not None:
        return not raw and bool(item.sanitised)
    held = state.hands[team, item.card]
    return held.sanitised is not None or bool(held.caveat)


def _shared(
    state: Exercise, team: str, card: str, partners: tuple[str, ...], how: SharingForm
) -> e.Event | None:
    """Return the event of sharing a held card with the partners that lack it in that form, or None.

    A card that was received sanitised stays sanitised when it is passed on.
    """
    held = state.hands[team, card]
    sanitised = how.sanitised or held.clean
    to = _lacking(state, team, card, partners, sanitised=sanitised)
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
        caveat=held.caveat,
    )


def _lacking(
    state: Exercise, team: str, card: str, partners: Iterable[str], *, sanitised: bool
) -> tuple[str, ...]:
    """Return the partners that do not have the card from this team in that form or a fuller one."""
    have = {
        item.to
        for item in state.shares.values()
        if item.by == team and item.card == card and (item.sanitised == sanitised or not item.sanitised)
    }
    return tuple(partner for partner in partners if partner not in have)


def grant(state: Exercise, command: c.Grant, team: str, now: int) -> list[e.Event]:
    """Allow partners to pass on a card that this team owns."""
    held = state.hands.get((team, command.card))
    if held is None or not held.own:
        raise RefusedError("only the team that owns the card can allow others to pass it on", "not-held")
    wanted = partners_named(state, team, command.to)
    partners = tuple(to for to in wanted if (to, command.card) not in state.leave)
    if not partners:
        raise RefusedError("they may already pass it on", NOTHING_TO_DO)
    return [e.LeaveGranted(by=team, to=partners, card=command.card, title=held.title)]


def partners_named(state: Exercise, team: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the partners named, each once. Raises `RefusedError` for the team itself and unknown ones."""
    for partner in wanted:
        if partner not in state.script.scenario.teams:
            raise RefusedError(f"there is no team '{partner}'", "unknown-team")
        if partner == team:
            raise RefusedError("a team does not share or consult with itself", "own-team")
    return tuple(dict.fromkeys(wanted))


def kept_from(state: Exercise, team: str, cards: Iterable[tuple[str, str]]) -> Iterator[e.KeptCard]:
    """Yield what the team's decisions of this phase keep of these cards, given by id and title."""
    titles = dict(cards)
    for name, decision in state.script.scenario.decisions.items():
        asked = state.decisions.get((name, team))
        if (
            asked is not None
            and asked.option is not None
            and not asked.words
            and asked.decided_phase == state.phase
        ):
            yield from kept_by(decision.options[asked.option], name, team, titles.items())


def kept_by(
    option: Option, decision: str, team: str, cards: Iterable[tuple[str, str]]
) -> Iterator[e.KeptCard]:
    """Yield what an option keeps of these cards, given by id and title."""
    if not option.keeps:
        return
    for card, title in cards:
        partners = tuple(partner for partner in option.keeps.get(card, ()) if partner != team)
        if partners:
            yield e.KeptCard(card=card, title=title, to=partners, decision=decision)


def held_by(state: Exercise, team: str) -> Iterator[tuple[str, str]]:
    """Yield the id and title of each card that the team holds."""
    for (holder, card), held in state.hands.items():
        if holder == team:
            yield card, held.title


def dealt(state: Exercise, card: Card, words: str, entry: str) -> e.CardReceived | None:
    """Return the event that deals a card to its holder, or None if it holds it as its own already."""
    team = card.holder or ""
    held = state.hands.get((team, card.id))
    if held is not None and held.own:
        return None
    return e.CardReceived(
        team=team,
        card=card.id,
        code=card.code or "",
        title=card.title,
        text=card.text or words,
        sanitised=card.clean_form,
        window=card.window,
        tags=card.tags,
        entry=entry,
        caveat=card.caveat,
        keeps=tuple(kept_from(state, team, [(card.id, card.title)])),
    )


def dealt_at_the_start(deal: Deal) -> e.CardDealt:
    """Return the event by which a team holds a card from the start of a cut."""
    card = deal.card
    own = deal.team == card.holder
    return e.CardDealt(
        team=deal.team,
        card=card.id,
        code=card.code or "",
        title=card.title,
        text=card.text or "",
        owner=card.holder or "",
        sanitised=card.clean_form if own else None,
        clean=deal.sanitised,
        window=card.window,
        tags=card.tags,
        caveat=card.caveat,
    )


def passed_on(state: Exercise, card: Card, received: e.CardReceived, now: int) -> Iterator[e.Event]:
    """Yield what standing rules pass on of a card that is being dealt: to each team by the first that holds.

    What the holder's own decisions keep from a partner does not pass.
    """
    done = {partner for kept in received.keeps for partner in kept.to} | {received.team}
    for index, rule in enumerate(card.passes):
        test = state.script.passes.get((received.entry, card.id, index))
        if test is not None and not test(state, now):
            continue
        clean = rule.clean and (received.sanitised is not None or bool(received.caveat))
        wanted = [partner for partner in rule.to if partner not in done]
        to = _lacking(state, received.team, card.id, wanted, sanitised=clean)
        if to:
            done.update(to)
            when = Names(state.script.scenario).say(rule.when) if rule.when is not None else ""
            yield _passed(received, e.StandingRule(name=rule.name or "", when=when), to, clean=clean)


def _passed(
    received: e.CardReceived, rule: e.StandingRule, to: tuple[str, ...], *, clean: bool
) -> e.CardShared:
    return e.CardShared(
        by=received.team,
        to=to,
        card=received.card,
        code=received.code,
        title=received.title,
        text=(received.sanitised or received.title) if clean else received.text,
        window=received.window,
        tags=received.tags,
        sanitised=clean,
        caveat=received.caveat,
        standing=rule,
    )
