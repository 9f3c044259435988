"""What a station says about the pen: who holds it, and when it has moved."""

from __future__ import annotations

from tabletop.exercise.events import Event, OptionProposed
from tabletop.plaintext import in_quotes
from tabletop.protocol.team import Member, OwnTeam
from tabletop.tui.kit.rows import Part, Tone, shortened
from tabletop.tui.station.station_model import StationModel

_NAME = 30
"""How much of a name stands in a sentence."""

NOBODY = "nobody holds the pen until the facilitator gives it to a seat"


def named(member: Member) -> str:
    """Return a member in a sentence, with the office where there is a name."""
    if member.name.strip() and member.role.strip():
        return shortened(f"{member.name} ({member.role})", 2 * _NAME)
    return shortened(member.called, _NAME)


def holder(team: OwnTeam) -> str:
    """Who holds the pen, as the middle of a sentence."""
    if team.mine:
        return "you hold the pen"
    return f"{named(team.holder)} holds the pen" if team.holder is not None else NOBODY


def badge(team: OwnTeam) -> Part | None:
    """Return a few words for the top of the screen; None where nobody else could hold it."""
    if team.mine and not team.others:
        return None
    if team.mine:
        return ("  ✎ you hold the pen", "good")
    if team.holder is None:
        return ("  ✎ nobody has the pen", "warn")
    return (f"  ✎ {shortened(team.holder.called, 16)} has the pen", "warn")


def moved(before: OwnTeam, now: OwnTeam) -> tuple[str, Tone] | None:
    """Return what to tell a seat once the pen of its team has moved."""
    if before.pen == now.pen:
        return None
    if now.mine:
        return ("You hold the pen now: you decide and speak for your team.", "warn")
    if now.holder is None:
        return (f"The pen was taken back: {NOBODY}.", "warn")
    lost = "You have handed over the pen. " if before.mine else ""
    return (f"{lost}{named(now.holder)} decides and speaks for your team now.", "warn")


def without_pen(team: OwnTeam) -> str:
    """Why this seat does not speak in public, and what to do."""
    if team.holder is None:
        return f"Not you: {NOBODY}. Ask the facilitator."
    name = shortened(team.holder.called, _NAME)
    only = f"{holder(team)}, and only that seat speaks in public"
    return f"Not you: {only}. Ask {name} to say it, or for the pen."


def only_the_pen_rates(team: OwnTeam) -> str:
    """Why this seat does not rate its team, and what to do."""
    if team.holder is None:
        return f"Not you: {NOBODY}. Ask the facilitator."
    return f"Not you: {holder(team)}, and only that seat rates your team. Say what you would give."


def offer(team: OwnTeam, name: str) -> str:
    """Return what is said of a pen that this seat may take, and what to press; empty if it may not."""
    if not team.offered or team.holder is None:
        return ""
    who = shortened(team.holder.called, _NAME)
    return f"{who} holds the pen and is away. Press H to take it: then you decide and speak for {name}."


def proposing(team: OwnTeam) -> str:
    """Return what becomes of what this seat sends about a decision."""
    if team.holder is None:
        return "Nobody holds the pen at the moment: what you propose waits for whoever gets it."
    words = holder(team)
    return f"{words[:1].upper()}{words[1:]}: you propose, that seat decides."


def put_forward(model: StationModel, event: Event) -> str:
    """Return what to tell the seat with the pen when another of its team proposes something; else nothing."""
    if not isinstance(event, OptionProposed) or not model.team.mine or event.person in ("", model.team.me):
        return ""
    who = event.name.strip() or event.office.strip() or "Somebody"
    question = model.decisions.questions.get(event.decision)
    name = question.name if question is not None else event.decision
    words = in_quotes(shortened(event.text, 90))
    return f"{shortened(who, _NAME)} proposes for {shortened(name, _NAME)}: {words}"
