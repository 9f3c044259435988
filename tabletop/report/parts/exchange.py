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
    CardsJudged,
    ConsultationRecord,
    Delivery,
    Pair,
    ReplyRecord,
    StatementRecord,
    Traffic,
)
from tabletop.rules.public_words import advice_words, advised, area_name, speaker
from tabletop.scenario.options import Option
from tabletop.scenario.prose import listed, quotation
from tabletop.scenario.quantities import Moment, Stretch
from tabletop.scenario.rules import ToldInTime
from tabletop.scenario.scenario import Scenario


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
            dealt=isinstance(event, e.CardDealt),
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


def cards_judged(scenario: Scenario, runs: Sequence[CardRun]) -> tuple[CardsJudged, ...]:
    """Return for each rule on telling in time which of the cards held it judges."""
    found = []
    order = list(scenario.cards)
    runs = sorted(runs, key=lambda run: order.index(run.id) if run.id in scenario.cards else len(order))
    for rule in scenario.rules:
        if isinstance(rule, ToldInTime):
            tagged = {
                word for word, card in scenario.cards.items() if not set(card.tags).isdisjoint(rule.tags)
            }
            judged = [run for run in runs if run.id in tagged and not run.dealt]
            others = [run.called for run in runs if run not in judged]
            late = [
                f"{run.called} to {scenario.teams[delivery.to].name} ({delivery.after} after {giver} had it)"
                for run in judged
                for delivery in run.deliveries
                if not delivery.within and not delivery.again
                for giver in [scenario.teams[delivery.by].name]
            ]
            called = listed([run.called for run in judged])
            goals = tuple(goal for goal in scenario.objectives if goal in {*rule.good, *rule.bad})
            found.append(CardsJudged(rule.words, rule.tags, goals, called, listed(others), listed(late)))
    return tuple(found)


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
    """Return all that the public heard: statements, options that speak or advise, injects for a team."""
    found = (_heard(history, record) for record in history.records)
    return tuple(one for one in found if one is not None)


def _heard(history: History, record: e.Record) -> StatementRecord | None:
    event, scenario = record.event, history.scenario
    if isinstance(event, e.DecisionRecorded):
        option = scenario.decisions[event.decision].options[event.option]
        if option.heard or speaker(event, scenario) is None:
            return None
        return _statement(history, record, event.team, _acted(option), event.decision, option)
    if isinstance(event, e.StatementMade):
        if event.decision is None:
            return _statement(history, record, event.by, event.text, event.about)
        chosen = _chosen(history, record.seq, event)
        text = event.text if chosen is None else _in_public(chosen)
        return _statement(history, record, event.by, text, event.decision, chosen)
    told = advised(event, scenario) if isinstance(event, e.InjectReleased) else None
    if told is None or not isinstance(event, e.InjectReleased):
        return None
    team, area, says = told
    text = f"an inject spoke for it, {history.entry_label(event.entry)}"
    return StatementRecord(
        team, Moment(record.at), None, None, text, _advice(area, says), None, (record.seq,), "inject"
    )


def _chosen(history: History, seq: int, said: e.StatementMade) -> Option | None:
    """Return the option by which a team spoke: what it had chosen last, if that says these words."""
    options = history.scenario.decisions[said.decision or ""].options
    taken = [
        options[event.option]
        for record, event in history.of(e.DecisionRecorded)
        if record.seq < seq and (event.decision, event.team) == (said.decision, said.by)
    ]
    return taken[-1] if taken and taken[-1].heard == said.text else None


def _statement(
    history: History,
    record: e.Record,
    by: str,
    text: str,
    about: str | None,
    option: Option | None = None,
) -> StatementRecord:
    """Return what a team said, with the label and the advice of the option by which it said it."""
    event = record.event
    label = option.label if option is not None else None
    advised = option.advice if option is not None else None
    advice = _advice(advised.area, advised.says) if advised is not None else ""
    if isinstance(event, e.StatementMade):
        label, advice = event.label or label, event.advice or advice
    return StatementRecord(
        by=by,
        at=Moment(record.at),
        label=label,
        meaning=history.scenario.labels.get(label) if label else None,
        text=text,
        advice=advice,
        decision=history.label(about),
        evidence=(record.seq,),
        how="statement" if option is None else "option",
    )


def _advice(area: str, says: str) -> str:
    """Return advice to the public in words: ``Okinawa: take shelter``."""
    return f"{area_name(area)}: {advice_words(says)}"


def _acted(option: Option) -> str:
    return f"acted in public by choosing {in_quotes(option.called)}"


def _in_public(option: Option) -> str:
    """Return the words for the public, if the option has them or is a quotation; else that it was chosen.

    The text of an option is worded for its own team, mostly as an order: nobody quotes it as public words.
    """
    said = option.announced or quotation(option.text)
    return in_quotes(said) if said else _acted(option)


def messages(history: History) -> tuple[Traffic, ...]:
    """Return how many messages went from whom to whom; their words stay in the log."""
    counts = Counter((event.by, to) for _, event in history.of(e.MessageSent) for to in event.to)
    everyone = (*history.scenario.teams, e.CONTROL)
    return tuple(Traffic(by, to, counts[by, to]) for by in everyone for to in everyone if counts[by, to])
