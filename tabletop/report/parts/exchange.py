"""What teams gave and said to one another and in public: cards, consultations, statements, messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from statistics import median

from tabletop.exercise import events as e
from tabletop.plaintext import in_quotes
from tabletop.report.history import History
from tabletop.report.model.exchange import (
    CardRun,
    ConsultationRecord,
    Delivery,
    Pair,
    ReplyRecord,
    StatementRecord,
    Traffic,
)
from tabletop.scenario.quantities import Moment, Stretch


def cards(history: History) -> tuple[CardRun, ...]:
    """Return every card that a team came to hold, with where it went from there, onward sharing included."""
    given = _deliveries(history)
    seen: set[str] = set()
    return tuple(_cards(history, given, seen))


def _cards(history: History, given: dict[str, list[Delivery]], seen: set[str]) -> Iterator[CardRun]:
    dealt: dict[str, set[str]] = {}
    for _, at_the_start in history.of(e.CardDealt):
        dealt.setdefault(at_the_start.card, set()).add(at_the_start.team)
    came: Iterator[tuple[e.Record, e.CardDealt | e.CardReceived]]
    came = chain(history.of(e.CardDealt), history.of(e.CardReceived))
    for record, event in came:
        if event.card in seen:
            continue
        seen.add(event.card)
        deliveries = tuple(given.get(event.card, ()))
        have = {event.team, *(delivery.to for delivery in deliveries), *dealt.get(event.card, ())}
        yield CardRun(
            id=event.card,
            code=event.code,
            title=event.title,
            holder=event.owner if isinstance(event, e.CardDealt) else event.team,
            received=Moment(record.at),
            window=Stretch(event.window),
            inject="dealt" if isinstance(event, e.CardDealt) else history.entry_label(event.entry),
            deliveries=deliveries,
            without=tuple(team for team in history.scenario.teams if team not in have),
            caveat=event.caveat,
            clean=event.sanitised,
        )


def _deliveries(history: History) -> dict[str, list[Delivery]]:
    """Return deliveries by card. What a team had from two sides counts from when it had it first."""
    held: dict[tuple[str, str], int] = {}
    sent: set[tuple[str, str, str]] = set()
    found: dict[str, list[Delivery]] = {}
    for record in history.records:
        event = record.event
        if isinstance(event, e.CardReceived | e.CardDealt):
            held.setdefault((event.team, event.card), record.at)
        if not isinstance(event, e.CardShared):
            continue
        after = record.at - held.get((event.by, event.card), record.at)
        for to in event.to:
            delivery = Delivery(
                by=event.by,
                to=to,
                at=Moment(record.at),
                after=Stretch(after),
                within=after <= event.window,
                sanitised=event.sanitised,
                again=(event.by, to, event.card) in sent,
                decision=history.label(event.decision),
                evidence=(record.seq,),
                standing=_standing(event.standing),
                against_caveat=not event.sanitised and to in event.caveat,
            )
            found.setdefault(event.card, []).append(delivery)
            sent.add((event.by, to, event.card))
            held.setdefault((to, event.card), record.at)
    return found


def _standing(rule: e.StandingRule | None) -> str | None:
    if rule is None:
        return None
    return f"standing rule {in_quotes(rule.name)}" if rule.name else "standing rule"


def sharing(history: History, runs: Iterable[CardRun]) -> tuple[Pair, ...]:
    """Return for each ordered pair of teams how many cards went from one to the other and how fast."""
    given: dict[tuple[str, str], list[Delivery]] = {}
    for run in runs:
        for delivery in run.deliveries:
            if not delivery.again:
                given.setdefault((delivery.by, delivery.to), []).append(delivery)
    teams = history.scenario.teams
    return tuple(_pair(by, to, given.get((by, to), [])) for by in teams for to in teams if by != to)


def _pair(by: str, to: str, deliveries: Sequence[Delivery]) -> Pair:
    middle = median(delivery.after for delivery in deliveries) if deliveries else None
    return Pair(
        by=by,
        to=to,
        cards=len(deliveries),
        within=sum(delivery.within for delivery in deliveries),
        median=None if middle is None else Stretch(round(middle)),
    )


def consultations(history: History) -> tuple[ConsultationRecord, ...]:
    """Return every consultation, asked for or implied by an option, in the order of the log."""
    replies: dict[str, list[tuple[int, e.ConsultAnswered]]] = {}
    for record, event in history.of(e.ConsultAnswered):
        replies.setdefault(event.consult, []).append((record.at, event))
    found: list[ConsultationRecord] = []
    for record in history.records:
        match record.event:
            case e.ConsultRequested() as asked:
                answers = tuple(
                    ReplyRecord(event.by, Moment(at), Stretch(at - record.at), event.text)
                    for at, event in replies.get(asked.consult, ())
                )
                found.append(
                    ConsultationRecord(
                        by=asked.by,
                        to=asked.to,
                        at=Moment(record.at),
                        about=history.label(asked.about),
                        text=asked.text,
                        implied=False,
                        replies=answers,
                        unanswered=tuple(
                            team for team in asked.to if team not in {item.by for item in answers}
                        ),
                        evidence=(record.seq,),
                    )
                )
            case e.ConsultImplied() as implied if implied.to:
                found.append(
                    ConsultationRecord(
                        by=implied.by,
                        to=implied.to,
                        at=Moment(record.at),
                        about=history.label(implied.decision),
                        text="",
                        implied=True,
                        replies=(),
                        unanswered=(),
                        evidence=(record.seq,),
                    )
                )
    return tuple(found)


def statements(history: History) -> tuple[StatementRecord, ...]:
    """Return everything said in public."""
    labels = history.scenario.labels
    return tuple(
        StatementRecord(
            by=event.by,
            at=Moment(record.at),
            label=event.label,
            meaning=labels.get(event.label) if event.label else None,
            text=_in_public(history, event),
            advice=event.advice,
            decision=history.label(event.decision or event.about),
            evidence=(record.seq,),
        )
        for record, event in history.of(e.StatementMade)
    )


def _in_public(history: History, event: e.StatementMade) -> str:
    """Return what was said; of an option, which is worded for its own team, the label or the title alone."""
    if event.decision is None:
        return event.text
    options = history.scenario.decisions[event.decision].options.values()
    if any(one.announced == event.text for one in options):
        return event.text
    option = next((one for one in options if one.text == event.text), None)
    title = in_quotes(option.called) if option is not None and option.title else ""
    words = f"label {event.label}" if event.label else title
    return f"spoke in public: {words}" if words else "spoke in public"


def messages(history: History) -> tuple[Traffic, ...]:
    """Return how many messages went from whom to whom; their words stay in the log."""
    counts = Counter((event.by, to) for _, event in history.of(e.MessageSent) for to in event.to)
    everyone = (*history.scenario.teams, e.CONTROL)
    return tuple(Traffic(by, to, counts[by, to]) for by in everyone for to in everyone if counts[by, to])
