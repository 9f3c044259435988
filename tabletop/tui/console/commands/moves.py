"""Moves entered for a team at exercise control's own terminal: what it could do, and its form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tabletop.exercise.decide.self_ratings import open_now
from tabletop.exercise.state import Stage
from tabletop.tui.console.console import Console
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.overview.wording import until
from tabletop.tui.station.forms.consent import InitialForm
from tabletop.tui.station.forms.decide import DecideForm
from tabletop.tui.station.forms.probes import ProbesForm
from tabletop.tui.station.forms.self_ratings import SelfRatingsForm
from tabletop.tui.station.forms.share import ShareForm
from tabletop.tui.station.forms.speak import AnswerForm, ConsultForm, MessageForm, StateForm
from tabletop.tui.station.forms.team_form import TeamForm, TeamSeat
from tabletop.tui.station.station_model import StationModel

_IN_PLAY: Final = frozenset({Stage.RUNNING, Stage.PAUSED, Stage.GATE, Stage.EMERGENCY, Stage.ENDED})


TALKS: Final = "talks-first"
"""Kind of what a team cannot decide yet."""


@dataclass(frozen=True, slots=True)
class TeamMove:
    """Something that a team could do now."""

    about: str
    """Its kind, the team, and the decision or the consultation it is about."""
    parts: Line


def moves(console: Console) -> list[TeamMove]:
    """Yield what can be entered now: what waits for a team first, then what any team can do at any time."""
    found: list[TeamMove] = []
    state = console.model.state
    if state.open_probes:
        for team in console.acting_teams:
            left = sum(team not in state.probes[name].answers for name in state.open_probes)
            count: Part = (f"{left} to answer" if left else "answered", "warn" if left else "good")
            found.append(_move(console, team, "probes", "", ("the probes  ", "new"), count))
    found.extend(_own_ratings(console))
    if console.model.stage is Stage.READY:
        return [*found, *_initials(console)]
    if console.model.stage is Stage.ENDED:
        return found
    for asked in console.model.standings.open():
        if asked.team in console.acting_teams and asked.opens is None:
            what: Part = (f"{asked.code} {asked.title}  ", "new")
            late: Part = (
                f"due {until(asked.due, console.now)}",
                "bad" if asked.due < int(console.now) else "warn",
            )
            found.append(
                _move(console, asked.team, "decide", asked.decision, ("decide ", "plain"), what, late)
            )
    for asked in console.model.standings.talking():
        if asked.team in console.acting_teams:
            about, opens = f"{asked.code} {asked.title}".strip(), until(asked.opens or 0, console.now)
            talks: Part = (f"talks first about {about}  ", "plain")
            found.append(
                _move(console, asked.team, TALKS, asked.decision, talks, (f"options open {opens}", "dim"))
            )
    for team in console.acting_teams:
        for consult, by in console.model.contacts.waiting(team):
            who: Part = (console.model.team(by), "new")
            found.append(
                _move(console, team, "answer", consult, ("answer ", "plain"), who, (", who asked", "dim"))
            )
    for team in console.acting_teams:
        found.extend(_any_time(console, team))
    return [*found, *_initials(console)]


def asked_at_gate(console: Console) -> bool:
    """Whether teams are asked something where play stands."""
    state = console.model.state
    return bool(state.open_probes) or open_now(state) is not None


def _own_ratings(console: Console) -> Iterator[TeamMove]:
    asked = open_now(console.model.state)
    for team in console.acting_teams if asked is not None else ():
        rated: Part = ("recorded", "good") if asked and team in asked.given else ("not yet", "warn")
        yield _move(console, team, "rate-self", "", ("rate itself  ", "new"), rated)


def initials_wanted(console: Console) -> bool:
    """Whether teams can initial the rules and objectives before play."""
    return console.model.stage is Stage.READY and console.model.state.consent is not None


def _initials(console: Console) -> Iterator[TeamMove]:
    consent = console.model.state.consent
    for team in console.acting_teams if consent is not None else ():
        given = consent.initials.get(team) if consent is not None else None
        state: Part = ("not initialled", "warn") if given is None else (f"as {given.name}", "good")
        yield _move(console, team, "initial", "", ("initial the rules  ", "plain"), state)


def _move(console: Console, team: str, kind: str, what: str, *parts: Part) -> TeamMove:
    about = f"{kind} {team} {what}".rstrip()
    return TeamMove(about, ((f"{console.model.team(team):<12} ", "strong"), *parts))


def _any_time(console: Console, team: str) -> Iterator[TeamMove]:
    state = console.model.state
    held = sum(1 for holder, _ in state.hands if holder == team)
    if held:
        count: Part = (f"  {held} {'card' if held == 1 else 'cards'}", "dim")
        yield _move(console, team, "share", "", ("share a card", "plain"), count)
    yield _move(console, team, "consult", "", ("consult", "plain"))
    yield _move(console, team, "state", "", ("speak in public", "plain"))
    yield _move(console, team, "message", "", ("write a message", "plain"))
    for question in console.model.standings.open():
        if question.team == team and question.opens is None:
            on: Part = (f"{question.code} {question.title}".strip(), "plain")
            yield _move(console, team, "propose", question.decision, ("note a proposal for ", "plain"), on)
    for (name, asked_team), asked in state.decisions.items():
        if (
            asked_team == team
            and asked.decided_at is not None
            and not asked.lapsed
            and console.now <= asked.due
        ):
            known = console.model.decision(name)
            title = f"{known.code or ''} {known.title}".strip()
            yield _move(console, team, "decide", name, ("change ", "plain"), (title, "plain"))


def why_no_form(about: str) -> str:
    """Return why a move that was chosen in the list has no form."""
    if about.partition(" ")[0] == TALKS:
        return "The team talks about it first: its options open by themselves, or by Ctrl+O."
    return "This cannot be entered any more."


def move_form(console: Console, about: str) -> TeamForm | None:
    """Make the team's own form for a move, such as ``decide tokyo alert``; None if it cannot make it."""
    kind, team, what = (*about.split(" "), "", "")[:3]
    early = kind == "initial" and console.model.stage is Stage.READY
    if team not in console.acting_teams or not (early or console.model.stage in _IN_PLAY):
        return None
    seat = console.team_seat(team)
    question = seat.model.decisions.questions.get(what)
    match kind:
        case "decide" if question is not None and (question.open or question.amendable(console.now)):
            return DecideForm(seat, what)
        case "propose" if question is not None and question.open:
            return DecideForm(seat, what, for_member=True)
        case "answer" if any(item.consult == what for item in seat.model.talk.asked_of_us):
            return AnswerForm(seat, what)
    fits, make = _FORMS.get(kind, (None, None))
    return make(seat) if fits is not None and make is not None and fits(seat.model) else None


_FORMS: Final[Mapping[str, tuple[Callable[[StationModel], bool], Callable[[TeamSeat], TeamForm]]]] = {
    "initial": (lambda model: model.rules.shown is not None, InitialForm),
    "probes": (lambda model: bool(model.probes.open), ProbesForm),
    "rate-self": (lambda model: model.self_ratings.asked is not None, SelfRatingsForm),
    "share": (lambda model: bool(model.cards.held), ShareForm),
    "consult": (lambda _: True, ConsultForm),
    "state": (lambda _: True, StateForm),
    "message": (lambda _: True, MessageForm),
}
"""When a team can fill in a form that is about nothing in particular, and the form."""
