"""Describe injects and cards."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.describe.base import Describers, because, inject_name, titled
from tabletop.exercise.description import Description, Passage, Reader
from tabletop.plaintext import in_quotes
from tabletop.scenario.gametime import format_time


def _released(event: e.InjectReleased, reader: Reader) -> Description:
    passages = [Passage("inject", titled(event.code, event.title), event.text)]
    passages += [Passage("inject", f"to {reader.to(part.to)}", part.text) for part in event.additions]
    office = f" for {event.office}" if event.office else ""
    title, way = passages[0].title, f"from {event.sender} by {event.channel}{office}"
    if reader.team:
        return Description(f"received {title} {way}", passages=tuple(passages))
    timing = () if event.timing == "on-time" else (event.timing,)
    return Description(f"inject {title} {way} went to {reader.to(event.to)}", "", tuple(passages), timing)


def _added(event: e.InjectAdded, reader: Reader) -> Description:
    return Description(f"inject {titled(event.code, event.inject.title)} was added")


def _edited(event: e.InjectEdited, reader: Reader) -> Description:
    words = Passage("inject", in_quotes(event.title), event.text)
    return Description(f"{inject_name(event.entry, reader)} was reworded", passages=(words,))


def _skipped(event: e.InjectSkipped, reader: Reader) -> Description:
    inject = inject_name(event.entry, reader)
    if event.branch:
        return Description(f"{inject} was passed over: its branch was not taken")
    return Description(f"{inject} was skipped{because(event.reason)}")


def _received(event: e.CardReceived, reader: Reader) -> Description:
    card = _card(event.code, event.title, event.text, reader)
    what = f"received the card {card.title}{_caveat(event.caveat, reader)}"
    return Description(what, reader.actor(event.team), (card, *_clean_form(event.sanitised)))


def _caveat(caveat: tuple[str, ...], reader: Reader) -> str:
    return f", whose raw form is to be kept from {reader.to(caveat)}" if caveat else ""


def _clean_form(text: str | None) -> tuple[Passage, ...]:
    return (Passage("clean form", "its clean form", text),) if text else ()


def _dealt(event: e.CardDealt, reader: Reader) -> Description:
    card = _card(event.code, event.title, event.text, reader)
    return Description(f"holds the card {card.title} from the start", reader.actor(event.team), (card,))


def _shared(event: e.CardShared, reader: Reader) -> Description:
    form = ", in clean form" if event.sanitised else ", as is" if reader.team else ""
    leave = ", to be passed on at will" if event.onward and reader.team else ""
    decision = f"{reader.its(event.by)} decision {reader.decision(event.decision)}" if event.decision else ""
    through = f", by {decision}" if decision else _standing(event.standing)
    card = _card(event.code, event.title, event.text, reader)
    caveat = "" if event.sanitised else _caveat(event.caveat, reader)
    what = f"shared the card {card.title} with {reader.to(event.to)}{form}{leave}{through}{caveat}"
    return Description(what, reader.actor(event.by), (card,))


def _standing(rule: e.StandingRule | None) -> str:
    """Return by which rule a card passed on by itself, and when that holds if the reader may know."""
    if rule is None:
        return ""
    called = f"the standing rule {in_quotes(rule.name)}" if rule.name else "standing rule"
    return f", by {called}{f' (when {rule.when})' if rule.when else ''}"


def _leave(event: e.LeaveGranted, reader: Reader) -> Description:
    what = f"let {reader.to(event.to)} pass on the card {in_quotes(event.title)}"
    return Description(what, reader.actor(event.by))


def _card(code: str, title: str, text: str, reader: Reader) -> Passage:
    """Return a card's words; a team knows it by its title."""
    return Passage("card", in_quotes(title) if reader.team else titled(code, title), text)


DESCRIBERS: Describers = {
    e.InjectAdded: _added,
    e.InjectEdited: _edited,
    e.InjectReaddressed: lambda event, reader: Description(
        f"{inject_name(event.entry, reader)} was readdressed to {reader.to(event.to)}"
    ),
    e.InjectHeld: lambda event, reader: Description(
        f"{inject_name(event.entry, reader)} was held back{because(event.reason)}"
    ),
    e.InjectUnheld: lambda event, reader: Description(
        f"{inject_name(event.entry, reader)} was put back on the schedule"
    ),
    e.InjectSkipped: _skipped,
    e.DelayBegan: lambda event, reader: Description(
        f"what {inject_name(event.entry, reader)} follows became true: it is due at {format_time(event.due)}"
    ),
    e.InjectReleased: _released,
    e.InjectRead: lambda event, reader: Description(
        f"opened {inject_name(event.entry, reader)}", reader.actor(event.team)
    ),
    e.CardReceived: _received,
    e.CardDealt: _dealt,
    e.CardShared: _shared,
    e.LeaveGranted: _leave,
}
