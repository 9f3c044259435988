"""Describe decisions, from the talk before them to what they cost."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.describe.base import Describers, because, titled
from tabletop.exercise.description import Description, Passage, Reader, told_to_others
from tabletop.plaintext import in_quotes
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed


def _keeps(event: e.DecisionRecorded, reader: Reader) -> str:
    kept = listed([f"{in_quotes(card.title)} from {reader.to(card.to)}" for card in event.keeps])
    return f", which keeps {kept} until the phase ends" if kept else ""


def _presented(event: e.DecisionPresented, reader: Reader) -> Description:
    was = "" if event.team == reader.team else "was "
    half = ", in half the usual window after a backlash," if event.halved else ""
    decision = reader.decision(event.decision, titled(event.code, event.title))
    talked = "" if event.since is None else ", having talked about it,"
    what = f"{was}asked to decide {decision}{half}{talked} by {format_time(event.due)}"
    return Description(what, reader.actor(event.team), (Passage("question", decision, event.question),))


def _discussing(event: e.DiscussionBegan, reader: Reader) -> Description:
    was = "" if event.team == reader.team else "was "
    decision = reader.decision(event.decision, titled(event.code, event.title))
    what = f"{was}asked to talk about {decision} until its options open at {format_time(event.opens)}"
    return Description(what, reader.actor(event.team), (Passage("discussion", "", event.prompt),))


def _talk_closed(event: e.DiscussionClosed, reader: Reader) -> Description:
    decision = reader.decision(event.decision, event.code)
    what = f"talked about {decision}, whose options never opened: {event.reason}"
    return Description(what, reader.actor(event.team))


def _locked(event: e.OptionsLocked, reader: Reader) -> Description:
    decision = reader.decision(event.decision, event.code)
    if not event.locked:
        return Description(f"can choose every option of {decision} again", reader.actor(event.team))
    own, name = event.team == reader.team, reader.seat(event.team)
    options = tuple(
        Passage(
            "option",
            reader.option(event.decision, one.id),
            one.reason if own else told_to_others(one.reason, name),
        )
        for one in event.locked
    )
    return Description(f"cannot choose every option of {decision}", reader.actor(event.team), options)


def _unlocked(event: e.OptionUnlocked, reader: Reader) -> Description:
    option = Passage("option", reader.option(event.decision, event.option), event.text)
    decision = reader.decision(event.decision, event.code)
    what = f"can choose an option of {decision} that exercise control opened"
    return Description(what, reader.actor(event.team), (option,))


def _recorded(event: e.DecisionRecorded, reader: Reader) -> Description:
    verb = f"changed {reader.its(event.team)} decision on" if event.amended else "decided"
    late = ", after the window" if event.late else ""
    cost = (f"capital {event.capital:+d}",) if event.capital else ()
    what = f"{verb} {reader.decision(event.decision, event.code)}{late}{_keeps(event, reader)}"
    option = Passage("option", reader.option(event.decision, event.option), event.text)
    return Description(what, reader.actor(event.team), (option, *_rationale(event.rationale)), cost)


def _written(event: e.AnswerWritten, reader: Reader) -> Description:
    verb = f"changed {reader.its(event.team)} decision on" if event.amended else "decided"
    late = ", after the window" if event.late else ""
    what = f"{verb} {reader.decision(event.decision, event.code)} in {reader.its(event.team)} own words{late}"
    words = Passage("option", "", event.text)
    return Description(what, reader.actor(event.team), (words, *_rationale(event.rationale)))


def _rationale(text: str) -> tuple[Passage, ...]:
    return (Passage("rationale", "", text),) if text.strip() else ()


def _lapsed(event: e.DecisionLapsed, reader: Reader) -> Description:
    outcome = reader.lapsed(event.decision)
    return Description(
        f"took no decision on {reader.decision(event.decision, event.code)}: {event.reason}",
        reader.actor(event.team),
        (Passage("outcome", "", outcome),) if outcome else (),
    )


def _proposed(event: e.OptionProposed, reader: Reader) -> Description:
    title = reader.option(event.decision, event.option) if event.option else "In own words"
    option = Passage("option", title, event.text)
    return Description(
        f"proposed for {reader.decision(event.decision, event.code)}",
        _member(event, reader),
        (option, *_rationale(event.rationale)),
    )


def _withdrew(event: e.ProposalWithdrawn, reader: Reader) -> Description:
    what = f"withdrew the proposal for {reader.decision(event.decision, event.code)}"
    return Description(what, _member(event, reader))


def _member(event: e.OptionProposed | e.ProposalWithdrawn, reader: Reader) -> str:
    """Return the name and office of the team member, as far as they gave them."""
    name, office = event.name.strip(), event.office.strip()
    who = f"{name} ({office})" if name and office else name or office or "somebody"
    return who if reader.team else f"within {reader.seat(event.team)}, {who}"


def _backlash(event: e.BacklashTriggered, reader: Reader) -> Description:
    its = reader.its(event.team)
    then = f": it is set to {event.capital}" if event.capital else ""
    return Description(f"used up {its} domestic capital{then}", reader.actor(event.team))


def _credited(event: e.CapitalCredited, reader: Reader) -> Description:
    change = f"{'gained' if event.points >= 0 else 'lost'} {abs(event.points)} of domestic capital"
    return Description(f"{change}{because(event.reason)}", reader.actor(event.team))


DESCRIBERS: Describers = {
    e.DiscussionBegan: _discussing,
    e.DiscussionClosed: _talk_closed,
    e.DecisionPresented: _presented,
    e.OptionsLocked: _locked,
    e.OptionUnlocked: _unlocked,
    e.DecisionRecorded: _recorded,
    e.AnswerWritten: _written,
    e.DecisionLapsed: _lapsed,
    e.OptionProposed: _proposed,
    e.ProposalWithdrawn: _withdrew,
    e.BacklashTriggered: _backlash,
    e.CapitalCredited: _credited,
}
