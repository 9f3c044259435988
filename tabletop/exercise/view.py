"""Filter events by seat. Denied by default: what is not granted here is not sent.

Players' views never include codes of injects or cards, since gaps in them would reveal traffic between
others; nor who else received an inject or a card.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from tabletop.exercise import events as e
from tabletop.exercise.commands import EVALUATOR, FACILITATOR, OBSERVER, WALL
from tabletop.exercise.public import public

SEES_ALL = frozenset({FACILITATOR, EVALUATOR, OBSERVER})
"""Seats that see everything: they run, evaluate or observe the exercise."""

ONLY_SEES = frozenset({OBSERVER, WALL})
"""Seats that never act."""

Viewer = Callable[[Any, str], "e.Event | None"]


def view(event: e.Event, seat: str, teams: Collection[str] = ()) -> e.Event | None:
    """Return the event as `seat` may see it, or None if it may not see it at all.

    For the wall, which sees what went to every team, `teams` gives all teams.
    """
    if seat in SEES_ALL:
        return _without_files(event)
    if seat == WALL:
        return public(event, teams)
    viewer = _VIEWERS.get(type(event))
    return viewer(event, seat) if viewer is not None else None


def _without_files(event: e.Event) -> e.Event:
    """Return the first event without the bytes of attached files, which are fetched one by one."""
    if isinstance(event, e.ExerciseCreated) and event.scenario.files:
        return event.model_copy(update={"scenario": event.scenario.without_data()})
    return event


def _everyone(event: e.Event, seat: str) -> e.Event:
    return event


def _paused(event: e.PlayPaused, seat: str) -> e.Event:
    return e.PlayPaused()


def _released(event: e.InjectReleased, seat: str) -> e.Event | None:
    if seat not in event.to:
        return None
    return e.InjectReleased(
        entry=event.entry,
        code="",
        title=event.title,
        sender=event.sender,
        channel=event.channel,
        to=(seat,),
        text=event.text,
        office=event.office,
        additions=tuple(
            e.Paragraph(to=(seat,), text=paragraph.text)
            for paragraph in event.additions
            if seat in paragraph.to
        ),
        attachments=event.attachments,
    )


def _own_team(event: Any, seat: str) -> e.Event | None:
    return event if event.team == seat else None


def _card_received(event: e.CardReceived, seat: str) -> e.Event | None:
    return event.model_copy(update={"code": ""}) if event.team == seat else None


def _card_dealt(event: e.CardDealt, seat: str) -> e.Event | None:
    if event.team != seat:
        return None
    bound = _bound(event.caveat, seat, clean=event.clean)
    return event.model_copy(update={"code": "", "caveat": bound})


def _bound(caveat: tuple[str, ...], seat: str, *, clean: bool) -> tuple[str, ...]:
    """Return from which others a team is to keep the raw form of a card; none if it has the clean one."""
    return () if clean else tuple(team for team in caveat if team != seat)


def _card_shared(event: e.CardShared, seat: str) -> e.Event | None:
    """Return the sharing without the condition of a standing rule, which may tell what another team chose."""
    rule = event.standing
    named = e.StandingRule(name=rule.name) if rule is not None else None
    bound = _bound(event.caveat, seat, clean=event.sanitised)
    if event.by == seat:
        return event.model_copy(update={"code": "", "standing": named, "caveat": bound})
    if seat not in event.to:
        return None
    return e.CardShared(
        by=event.by,
        to=(seat,),
        card=event.card,
        code="",
        title=event.title,
        text=event.text,
        window=event.window,
        tags=event.tags,
        sanitised=event.sanitised,
        onward=event.onward,
        caveat=bound,
        standing=named,
    )


def _backlash(event: e.BacklashTriggered, seat: str) -> e.Event | None:
    return e.BacklashTriggered(team=seat, capital=event.capital) if event.team == seat else None


def _leave(event: e.LeaveGranted, seat: str) -> e.Event | None:
    if event.by == seat:
        return event
    if seat not in event.to:
        return None
    return e.LeaveGranted(by=event.by, to=(seat,), card=event.card, title=event.title)


def _consult_requested(event: e.ConsultRequested, seat: str) -> e.Event | None:
    if event.by == seat:
        return event
    if seat not in event.to:
        return None
    return e.ConsultRequested(consult=event.consult, by=event.by, to=(seat,), text=event.text)


def _consult_answered(event: e.ConsultAnswered, seat: str) -> e.Event | None:
    return event if seat in (event.by, event.to) else None


def _consult_implied(event: e.ConsultImplied, seat: str) -> e.Event | None:
    return event if event.by == seat else None


def _statement(event: e.StatementMade, seat: str) -> e.Event:
    if event.by == seat:
        return event
    return e.StatementMade(by=event.by, text=event.text, label=event.label, area=event.area, says=event.says)


def _message(event: e.MessageSent, seat: str) -> e.Event | None:
    if event.by == seat:
        return event
    return e.MessageSent(by=event.by, to=(seat,), text=event.text) if seat in event.to else None


_VIEWERS: Mapping[type, Viewer] = {
    e.ExerciseStarted: _everyone,
    e.PlayPaused: _paused,
    e.PlayResumed: _everyone,
    e.RateChanged: _everyone,
    e.TimeJumped: _everyone,
    e.GateReached: _everyone,
    e.PhaseBegan: _everyone,
    e.EmergencyDeclared: _everyone,
    e.EmergencyCleared: _everyone,
    e.ExerciseEnded: _everyone,
    e.HotWashBegan: _everyone,
    e.ExerciseClosed: _everyone,
    e.InjectReleased: _released,
    e.InjectRead: _own_team,
    e.CardReceived: _card_received,
    e.CardDealt: _card_dealt,
    e.CardShared: _card_shared,
    e.LeaveGranted: _leave,
    e.DiscussionBegan: _own_team,
    e.DiscussionClosed: _own_team,
    e.DecisionPresented: _own_team,
    e.OptionsLocked: _own_team,
    e.OptionUnlocked: _own_team,
    e.DecisionRecorded: _own_team,
    e.AnswerWritten: _own_team,
    e.DecisionLapsed: _own_team,
    e.OptionProposed: _own_team,
    e.ProposalWithdrawn: _own_team,
    e.BacklashTriggered: _backlash,
    e.CapitalCredited: _own_team,
    e.ConsultRequested: _consult_requested,
    e.ConsultAnswered: _consult_answered,
    e.ConsultImplied: _consult_implied,
    e.StatementMade: _statement,
    e.MessageSent: _message,
    e.RulesShown: _everyone,
    e.RulesInitialled: _everyone,
    e.ProbesOpened: _everyone,
    e.ProbeAnswered: _own_team,
    e.ProbesClosed: _everyone,
    e.SelfRatingsAsked: _everyone,
    e.TeamRatedItself: _own_team,
}
"""Views by event type. Event types that are not listed are for exercise control alone."""
