"""Describe consultations, public statements and messages."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.describe.base import Describers
from tabletop.exercise.description import Description, Passage, Reader
from tabletop.plaintext import in_quotes, one_line
from tabletop.scenario.prose import quotation


def _consulted(event: e.ConsultRequested, reader: Reader) -> Description:
    about = f" about {reader.name('about', event.about)}" if event.about else ""
    words = Passage("consultation", "", event.text)
    return Description(f"consulted {reader.to(event.to)}{about}", reader.actor(event.by), (words,))


def _answered(event: e.ConsultAnswered, reader: Reader) -> Description:
    asked = reader.asked(event.consult)
    before = (Passage("consultation", "", asked),) if asked else ()
    words = Passage("answer", "", event.text)
    return Description(f"answered {reader.to((event.to,))}", reader.actor(event.by), (*before, words))


def _implied(event: e.ConsultImplied, reader: Reader) -> Description:
    decision = f"{reader.its(event.by)} decision {reader.decision(event.decision)}"
    return Description(f"consulted {reader.to(event.to)} as part of {decision}", reader.actor(event.by))


def _stated(event: e.StatementMade, reader: Reader) -> Description:
    label = f" under the label {event.label}" if event.label else ""
    about = reader.name("about", event.decision or event.about or "")
    advice = f", with advice to the public ({in_quotes(one_line(event.advice))})" if event.advice else ""
    # The text of an option that is no quotation is an order, of which the public sees what is done.
    spoke = event.decision is None or event.label or event.announced or quotation(event.text)
    verb = "spoke" if spoke else "acted"
    what = f"{verb} in public{f' on {about}' if about else ''}{label}{advice}"
    return Description(what, reader.actor(event.by), (Passage("statement", "", event.text),))


def _wrote(event: e.MessageSent, reader: Reader) -> Description:
    words = Passage("message", "", event.text)
    return Description(f"wrote to {reader.to(event.to)}", reader.actor(event.by), (words,))


DESCRIBERS: Describers = {
    e.ConsultRequested: _consulted,
    e.ConsultAnswered: _answered,
    e.ConsultImplied: _implied,
    e.StatementMade: _stated,
    e.MessageSent: _wrote,
}
