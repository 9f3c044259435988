"""The public view of events, for the wall, which everybody in the building can see.

Denied by default. An inject or a message is public only if it went to every team, without paragraphs for
some of them; what teams do and say among themselves is never public.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from tabletop.exercise import events as e
from tabletop.exercise.commands import WALL

PublicView = Callable[[Any, Collection[str]], "e.Event | None"]


def public(event: e.Event, teams: Collection[str]) -> e.Event | None:
    """Return the event as the wall may see it, or None. `teams` are all teams of the exercise."""
    public_view = _PUBLIC_VIEWS.get(type(event))
    return public_view(event, teams) if public_view is not None else None


def _to_all(to: Collection[str], teams: Collection[str]) -> bool:
    """Return whether `to` includes every team; False if the teams are not known."""
    return bool(teams) and set(teams) <= set(to)


def _unchanged(event: e.Event, teams: Collection[str]) -> e.Event:
    return event


def _paused(event: e.PlayPaused, teams: Collection[str]) -> e.Event:
    return e.PlayPaused()


def _released(event: e.InjectReleased, teams: Collection[str]) -> e.Event | None:
    if not _to_all(event.to, teams):
        return None
    return e.InjectReleased(
        entry="",
        code="",
        title=event.title,
        sender=event.sender,
        channel=event.channel,
        to=(WALL,),
        text=event.text,
        additions=tuple(
            e.Paragraph(to=(WALL,), text=paragraph.text)
            for paragraph in event.additions
            if _to_all(paragraph.to, teams)
        ),
    )


def _statement(event: e.StatementMade, teams: Collection[str]) -> e.Event:
    return e.StatementMade(by=event.by, text=event.text, label=event.label, area=event.area, says=event.says)


def _message(event: e.MessageSent, teams: Collection[str]) -> e.Event | None:
    if event.by != e.CONTROL or not _to_all(event.to, teams):
        return None
    return e.MessageSent(by=e.CONTROL, to=(WALL,), text=event.text)


_PUBLIC_VIEWS: Final[Mapping[type, PublicView]] = {
    e.RulesShown: _unchanged,
    e.RulesInitialled: _unchanged,
    e.ExerciseStarted: _unchanged,
    e.PlayPaused: _paused,
    e.PlayResumed: _unchanged,
    e.RateChanged: _unchanged,
    e.TimeJumped: _unchanged,
    e.GateReached: _unchanged,
    e.PhaseBegan: _unchanged,
    e.EmergencyDeclared: _unchanged,
    e.EmergencyCleared: _unchanged,
    e.ExerciseEnded: _unchanged,
    e.HotWashBegan: _unchanged,
    e.ExerciseClosed: _unchanged,
    e.InjectReleased: _released,
    e.StatementMade: _statement,
    e.MessageSent: _message,
}
