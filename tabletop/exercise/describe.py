"""Describe events in sentences: who did what, and the text that was read or typed.

Each kind of event is described once. The log, a team's own log and the report have a `Reader` each, which
supplies the names to use, and format the same description in their own way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tabletop.exercise import events as e
from tabletop.exercise.description import Description, Passage, Reader
from tabletop.exercise.marking import practice_sentence
from tabletop.plaintext import in_quotes, one_line
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed, quotation
from tabletop.scenario.quantities import Points, Stretch


def describe(event: e.Event, reader: Reader) -> Description:
    """Describe an event for a reader."""
    return _DESCRIBERS[type(event)](event, reader)


def clock_jump_words(missed: int, stepped: int, wall: str = "") -> str:
    """Describe a jump of the host's clocks, as a clause; `missed` and `stepped` as in `ClockJumped`.

    `wall` is the time of day after the jump, as in a record, if known.
    """
    parts = []
    if missed:
        parts.append(f"the host stood still for {Stretch(missed)}")
    if stepped:
        whose = "its" if missed else "the host's"
        way = "forward" if stepped > 0 else "back"
        parts.append(f"{whose} clock jumped {way} {Stretch(abs(stepped))}")
    when = f" {'at' if stepped else 'until'} {wall[11:16]} UTC" if wall else ""
    return " and ".join(parts) + when


def _titled(code: str, title: str) -> str:
    return f"{code} {in_quotes(title)}".strip()


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _say(words: str) -> Callable[[e.Event, Reader], Description]:
    return lambda _event, _reader: Description(words)


# The course of play -----------------------------------------------------------------------------


def _created(event: e.ExerciseCreated, reader: Reader) -> Description:
    scenario = event.scenario
    practice = practice_sentence(event.players)
    return Description(
        f"exercise {in_quotes(event.name)} was set up from {in_quotes(scenario.title)} ({scenario.id}, "
        f"{event.scenario_hash[:12]}), seed {event.seed}, by tabletop {event.program}"
        f"{'. ' + practice if practice else ''}"
    )


def _started(event: e.ExerciseStarted, reader: Reader) -> Description:
    phase = "" if reader.team else f" with {_phase(event.phase, reader)}"
    missing = event.not_initialled
    without = (
        f", without the initials of {listed([reader.seat(team) for team in missing])}" if missing else ""
    )
    return Description(f"STARTEX: the exercise began{phase}{without}")


def _rules_shown(event: e.RulesShown, reader: Reader) -> Description:
    return Description(
        f"the rules and objectives were shown to everybody, to be initialled (content {event.hash[:12]})"
    )


def _initialled(event: e.RulesInitialled, reader: Reader) -> Description:
    name = in_quotes(one_line(event.name))
    what = f"initialled the rules and objectives as {name} (content {event.hash[:12]})"
    return Description(what, reader.actor(event.team))


def _gate(event: e.GateReached, reader: Reader) -> Description:
    return Description(f"{_phase(event.phase, reader)} ended; the clock stands at the gate")


def _phase(phase: str, reader: Reader) -> str:
    return "the phase" if reader.team else f"phase {reader.name('phase', phase)}"


def _clock_jumped(event: e.ClockJumped, reader: Reader) -> Description:
    return Description(f"{clock_jump_words(event.missed, event.stepped)}; game time was not moved")


# Injects and cards ------------------------------------------------------------------------------


def _released(event: e.InjectReleased, reader: Reader) -> Description:
    passages = [Passage("inject", _titled(event.code, event.title), event.text)]
    passages += [Passage("inject", f"to {reader.to(part.to)}", part.text) for part in event.additions]
    office = f" for {event.office}" if event.office else ""
    title, way = passages[0].title, f"from {event.sender} by {event.channel}{office}"
    if reader.team:
        return Description(f"received {title} {way}", passages=tuple(passages))
    timing = () if event.timing == "on-time" else (event.timing,)
    return Description(f"inject {title} {way} went to {reader.to(event.to)}", "", tuple(passages), timing)


def _added(event: e.InjectAdded, reader: Reader) -> Description:
    return Description(f"inject {_titled(event.code, event.inject.title)} was added")


def _edited(event: e.InjectEdited, reader: Reader) -> Description:
    words = Passage("inject", in_quotes(event.title), event.text)
    return Description(f"{_inject(event.entry, reader)} was reworded", passages=(words,))


def _skipped(event: e.InjectSkipped, reader: Reader) -> Description:
    inject = _inject(event.entry, reader)
    if event.branch:
        return Description(f"{inject} was passed over: its branch was not taken")
    return Description(f"{inject} was skipped{_because(event.reason)}")


def _inject(entry: str, reader: Reader) -> str:
    return f"inject {reader.name('entry', entry)}"


def _received(event: e.CardReceived, reader: Reader) -> Description:
    card = _card(event.code, event.title, event.text, reader)
    what = f"received the card {card.title}{_caveat(event.caveat, reader)}"
    return Description(what, reader.actor(event.team), (card, *_clean_form(event.sanitised)))


def _caveat(caveat: tuple[str, ...], reader: Reader) -> str:
    return f", whose raw form is to be kept from {reader.to(caveat)}" if caveat else ""


def _clean_form(text: str | None) -> tuple[Passage, ...]:
    return (Passage("card", "its clean form", text),) if text else ()


def _keeps(event: e.DecisionRecorded, reader: Reader) -> str:
    kept = listed([f"{in_quotes(card.title)} from {reader.to(card.to)}" for card in event.keeps])
    return f", which keeps {kept} until the phase ends" if kept else ""


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
    return Passage("card", in_quotes(title) if reader.team else _titled(code, title), text)


# Decisions --------------------------------------------------------------------------------------


def _presented(event: e.DecisionPresented, reader: Reader) -> Description:
    was = "" if event.team == reader.team else "was "
    half = ", in half the usual window after a backlash," if event.halved else ""
    decision = reader.decision(event.decision, _titled(event.code, event.title))
    talked = "" if event.since is None else ", having talked about it,"
    what = f"{was}asked to decide {decision}{half}{talked} by {format_time(event.due)}"
    return Description(what, reader.actor(event.team), (Passage("question", decision, event.question),))


def _discussing(event: e.DiscussionBegan, reader: Reader) -> Description:
    was = "" if event.team == reader.team else "was "
    decision = reader.decision(event.decision, _titled(event.code, event.title))
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
    options = tuple(
        Passage("option", reader.option(event.decision, one.id), one.reason) for one in event.locked
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


def _judged(event: e.AnswerJudged, reader: Reader) -> Description:
    again = " again" if event.again else ""
    decision = reader.decision(event.decision, event.code)
    whose = f"{reader.seat(event.team)}'s own words on {decision}"
    cost = (f"capital {event.capital:+d}",) if event.capital else ()
    who = event.author or reader.seat(e.CONTROL)
    if event.option is not None:
        option = Passage("option", reader.option(event.decision, event.option), event.text)
        return Description(f"judged {whose}{again} as an option", who, (option,), cost)
    passages = tuple(
        Passage("reason", f"{SIGNS[mark.mark]} {reader.name('objective', mark.objective)}", mark.reason)
        for mark in event.marks
    )
    return Description(f"judged {whose}{again}", who, passages, cost)


SIGNS: Final = {"good": "+", "bad": "−", "neither": "0"}
"""How a mark is written."""


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
    return Description(f"{change}{_because(event.reason)}", reader.actor(event.team))


# What is said -----------------------------------------------------------------------------------


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
    verb = "acted" if event.decision is not None and not (event.label or quotation(event.text)) else "spoke"
    what = f"{verb} in public{f' on {about}' if about else ''}{label}{advice}"
    return Description(what, reader.actor(event.by), (Passage("statement", "", event.text),))


def _wrote(event: e.MessageSent, reader: Reader) -> Description:
    words = Passage("message", "", event.text)
    return Description(f"wrote to {reader.to(event.to)}", reader.actor(event.by), (words,))


def _probed(event: e.ProbesOpened, reader: Reader) -> Description:
    passages = tuple(Passage("probe", "", probe.asks) for probe in event.probes)
    return Description("the probes were put to every team", passages=passages)


def _answered_probe(event: e.ProbeAnswered, reader: Reader) -> Description:
    """Tell the answer to the team alone: exercise control learns it in the hot wash."""
    passages = (Passage("answer", "", event.text),) if reader.team == event.team else ()
    return Description(f"answered the probe {in_quotes(event.asks)}", reader.actor(event.team), passages)


def _rated_itself(event: e.TeamRatedItself, reader: Reader) -> Description:
    itself = "ourselves" if reader.team == event.team else "itself"
    given = ", ".join(f"{one.name} {one.rating}" for one in event.ratings)
    return Description(f"rated {itself}: {given}", reader.actor(event.team), _remark(event.note))


# What people judge ------------------------------------------------------------------------------


def _observed(event: e.ObservationMade, reader: Reader) -> Description:
    kind = {"strength": "a strength", "improvement": "an area for improvement", None: ""}[event.kind]
    ties = [
        *((reader.name("about", event.about),) if event.about else ()),
        *((reader.seat(event.team),) if event.team else ()),
        *((reader.name("objective", event.objective),) if event.objective else ()),
    ]
    what = " ".join(("observed", *((kind,) if kind else ()), *((f"on {listed(ties)}",) if ties else ())))
    return Description(what, event.author, (Passage("observation", "", event.text),))


def _noted(event: e.NoteTaken, reader: Reader) -> Description:
    return Description("noted", event.author, (Passage("observation", "", event.text),))


def _adjusted(event: e.ScoreAdjusted, reader: Reader) -> Description:
    goal = reader.name("objective", event.objective)
    what = f"adjusted {reader.seat(event.team)}'s score on {goal} by {Points(event.points)}"
    return Description(what, event.author, (Passage("reason", "", event.reason),))


def _rated(event: e.RatingGiven, reader: Reader) -> Description:
    whose = reader.seat(event.team) if event.team else "all teams"
    what = f"rated {reader.name('objective', event.objective)} {event.rating} for {whose}"
    return Description(what, event.author, _remark(event.note))


def _ticked(event: e.ActionTicked, reader: Reader) -> Description:
    verb = "saw done" if event.outcome == "done" else "did not see"
    whose = f" of {reader.seat(event.team)}" if event.team else ""
    goal = f", for {reader.name('objective', event.objective)}" if event.objective else ""
    by = f", expected by {format_time(event.due)}" if event.due is not None else ""
    at = f" at {format_time(event.happened)}" if event.happened is not None else ""
    what = f"{verb}{at} what was expected{whose} after {_inject(event.entry, reader)}{goal}{by}"
    words = (Passage("observation", "", event.action),)
    return Description(what, event.author, (*words, *_remark(event.note)))


def _remark(text: str) -> tuple[Passage, ...]:
    return (Passage("reason", "", text),) if text else ()


_DESCRIBERS: Final[Mapping[type, Callable[[Any, Reader], Description]]] = {
    e.ExerciseCreated: _created,
    e.RulesShown: _rules_shown,
    e.RulesInitialled: _initialled,
    e.ExerciseStarted: _started,
    e.PlayPaused: lambda event, _: Description(f"PAUSEX: play was paused{_because(event.reason)}"),
    e.PlayResumed: _say("play resumed"),
    e.RateChanged: lambda event, _: Description(f"the clock runs at {event.rate:g}x"),
    e.TimeJumped: lambda event, _: Description(f"the clock was set forward to {format_time(event.to)}"),
    e.ClockJumped: _clock_jumped,
    e.LossAccepted: lambda event, _: Description(
        f"INCOMPLETE RECORD: {event.words}; the facilitator accepted that (--accept-loss) and went on"
    ),
    e.TimeMarked: _say("the clock ran on"),
    e.GateReached: _gate,
    e.PhaseBegan: lambda event, _: Description(f"a new phase began: {event.title}"),
    e.EmergencyDeclared: lambda event, _: Description(
        f"REAL-WORLD EMERGENCY: play stopped at once{_because(event.text)}"
    ),
    e.EmergencyCleared: _say("the real-world emergency is over; play stays stopped until resumed"),
    e.ExerciseEnded: _say("ENDEX: play ended"),
    e.HotWashBegan: _say("the hot wash began"),
    e.ExerciseClosed: _say("the record was closed"),
    e.AutoReleaseSet: lambda event, _: Description(
        f"automatic release of injects was switched {'on' if event.on else 'off'}"
    ),
    e.DelayBegan: lambda event, reader: Description(
        f"what {_inject(event.entry, reader)} follows became true: it is due at {format_time(event.due)}"
    ),
    e.InjectAdded: _added,
    e.InjectEdited: _edited,
    e.InjectReaddressed: lambda event, reader: Description(
        f"{_inject(event.entry, reader)} was readdressed to {reader.to(event.to)}"
    ),
    e.InjectHeld: lambda event, reader: Description(
        f"{_inject(event.entry, reader)} was held back{_because(event.reason)}"
    ),
    e.InjectUnheld: lambda event, reader: Description(
        f"{_inject(event.entry, reader)} was put back on the schedule"
    ),
    e.InjectSkipped: _skipped,
    e.InjectReleased: _released,
    e.InjectRead: lambda event, reader: Description(
        f"opened {_inject(event.entry, reader)}", reader.actor(event.team)
    ),
    e.CardReceived: _received,
    e.CardDealt: _dealt,
    e.CardShared: _shared,
    e.LeaveGranted: _leave,
    e.DiscussionBegan: _discussing,
    e.DiscussionClosed: _talk_closed,
    e.DecisionPresented: _presented,
    e.OptionsLocked: _locked,
    e.OptionUnlocked: _unlocked,
    e.DecisionRecorded: _recorded,
    e.AnswerWritten: _written,
    e.AnswerJudged: _judged,
    e.DecisionLapsed: _lapsed,
    e.OptionProposed: _proposed,
    e.ProposalWithdrawn: _withdrew,
    e.BacklashTriggered: _backlash,
    e.CapitalCredited: _credited,
    e.ConsultRequested: _consulted,
    e.ConsultAnswered: _answered,
    e.ConsultImplied: _implied,
    e.StatementMade: _stated,
    e.MessageSent: _wrote,
    e.ProbesOpened: _probed,
    e.ProbeAnswered: _answered_probe,
    e.ProbesClosed: lambda event, _: Description(
        "the time was over: the probes were closed" if event.timed_out else "the probes were closed"
    ),
    e.SelfRatingsAsked: _say("every team was asked to rate itself"),
    e.TeamRatedItself: _rated_itself,
    e.ObservationMade: _observed,
    e.NoteTaken: _noted,
    e.ScoreAdjusted: _adjusted,
    e.RatingGiven: _rated,
    e.ActionTicked: _ticked,
}
