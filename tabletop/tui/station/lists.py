"""The rows of the station's lists."""

from __future__ import annotations

from typing import Final

from tabletop.exercise.events import CONTROL
from tabletop.scenario.gametime import format_time
from tabletop.tui.kit.consent import TITLE
from tabletop.tui.kit.rows import Line, Part, Row, Tone, shortened
from tabletop.tui.kit.times import span
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.state.arrivals import (
    BRIEFING_KEY,
    RULES_KEY,
    Arrival,
    card_key,
    consult_key,
    decision_key,
    message_key,
    statement_key,
)
from tabletop.tui.station.state.cards import Holding
from tabletop.tui.station.state.decisions import Question, TalkFirst
from tabletop.tui.station.state.talk import ConsultationThread, Letter, PublicStatement
from tabletop.tui.station.station_model import StationModel
from tabletop.tui.station.times import due_part

_WORDS: Final = 200
"""No row is wider than this; the list cuts it to the width it has."""


def stamp(at: int) -> str:
    """Game time of something in a list, to the minute."""
    return format_time(at - at % 60)


def todo_rows(model: StationModel, now: float) -> tuple[Row, ...]:
    """Decisions and consultations: what waits first, what can be amended next, what is closed last."""
    settled = [question for question in model.decisions.questions.values() if not question.open]
    amendable = [question for question in settled if question.amendable(now) and not model.course.over]
    closed = [question for question in reversed(settled) if question not in amendable]
    return (
        *(_talk_row(talk, now) for talk in model.decisions.talks.values()),
        *(_open_row(model, question, now) for question in model.decisions.open),
        *(_waiting_row(model, asked) for asked in model.talk.asked_of_us),
        *(_amendable_row(question, now) for question in amendable),
        *(_closed_row(question) for question in closed),
    )


def _talk_row(talk: TalkFirst, now: float) -> Row:
    words: Line = (
        ("… ", "new"),
        (f"{span(max(0, talk.opens - int(now))):<5} ", "plain"),
        (f"{_line(talk.full_name)} ", "strong"),
        ("talk first", "new"),
    )
    return Row(decision_key(talk.decision), words)


def _open_row(model: StationModel, question: Question, now: float) -> Row:
    left, tone = due_part(question.due, now)
    short = left.removeprefix("due in ").replace("late by", "late")
    proposed = len(model.proposals.of(question.decision))
    words: Line = (
        ("▶ ", "new"),
        (f"{short:<5} ", tone),
        (shortened(question.full_name, _WORDS), "strong"),
        (f" · {proposed} proposed" if proposed else "", "new"),
    )
    return Row(decision_key(question.decision), words)


def _waiting_row(model: StationModel, asked: ConsultationThread) -> Row:
    who = model.names.start(asked.by)
    return Row(
        consult_key(asked.consult), (("? ", "new"), (f"{who} asks: ", "strong"), (_line(asked.text), "plain"))
    )


def _amendable_row(question: Question, now: float) -> Row:
    left = span(question.left(now))
    words: Line = (
        ("✓ ", "good"),
        (f"{left:<5} ", "plain"),
        (f"{_line(question.full_name)} ", "plain"),
        ("can change", "dim"),
    )
    return Row(decision_key(question.decision), words)


def _closed_row(question: Question) -> Row:
    if question.lapsed is not None:
        return Row(
            decision_key(question.decision), (("× ", "bad"), (f"{_line(question.full_name)} – lapsed", "dim"))
        )
    late = " – late" if question.late else ""
    return Row(
        decision_key(question.decision), (("✓ ", "good"), (f"{_line(question.full_name)}{late}", "dim"))
    )


def inbox_rows(model: StationModel, memory: StationMemory, *, tall: bool) -> tuple[Row, ...]:
    """Everything that came, the newest first, and the briefing at the end."""
    rows = [
        _arrival_row(model, arrival, new=memory.new(model, arrival), tall=tall)
        for arrival in model.arrivals.items
    ]
    briefing = Row(BRIEFING_KEY, (("  ", "plain"), ("Situation and ground rules", "dim")))
    return (*reversed(rows), *_rules_rows(model), briefing)


def _rules_rows(model: StationModel) -> tuple[Row, ...]:
    if model.rules.shown is None:
        return ()
    given = model.rules.initials.get(model.seat)
    state: Part = ("to be initialled", "warn") if given is None else (f"initialled: {_line(given)}", "good")
    return (Row(RULES_KEY, (("  ", "plain"), (f"{TITLE}, ", "dim"), state)),)


def _arrival_row(model: StationModel, arrival: Arrival, *, new: bool, tall: bool) -> Row:
    """One line where room is short, so that titles can be read; else time and sender below."""
    mark: Part = ("● ", "new") if new else ("  ", "plain")
    tone: Tone = "strong" if new else "plain"
    if arrival.kind == "inject":
        title, below = arrival.words, arrival.sender
    else:
        title, below = _from(model, arrival) if tall else briefly(model, arrival), arrival.words
    if tall:
        return Row(
            arrival.key, (mark, (_line(title), tone), (f"\n  {stamp(arrival.at)} · {_line(below)}", "dim"))
        )
    words = title if arrival.kind == "inject" else f"{title} {below}"
    return Row(arrival.key, (mark, (_line(words), tone)))


def _from(model: StationModel, arrival: Arrival) -> str:
    return f"{model.names.start(arrival.seat)} {_VERBS[arrival.kind]}"


def briefly(model: StationModel, arrival: Arrival) -> str:
    """Who does what in as few cells as can be: the narrowest list has thirty, and the words come behind."""
    if arrival.kind == "leave":
        return "May pass on:"
    if arrival.seat == CONTROL:
        return "Control:"
    return f"{model.names.start(arrival.seat)} {_SHORT.get(arrival.kind, _VERBS[arrival.kind])}:"


_SHORT: Final = {"card": "shares", "question": "asks"}

_VERBS: Final = {
    "card": "shares a card",
    "leave": "lets you pass on",
    "question": "asks you",
    "answer": "answers",
    "statement": "in public",
    "message": "writes",
}


def card_rows(model: StationModel) -> tuple[Row, ...]:
    """Return the cards held, the newest first."""
    return tuple(_card_row(model, holding) for holding in reversed(model.cards.held.values()))


def _card_row(model: StationModel, holding: Holding) -> Row:
    origin = "own" if holding.own else f"from {model.names.of(holding.giver)}"
    if holding.was_sanitised:
        origin += ", in clean form"
    if holding.standing is not None:
        origin += ", by standing rule"
    if holding.caveat:
        origin += " · caveat"
    partners = holding.partners
    given: Part = (
        (f"shared with {model.names.all(partners)}", "good")
        if partners
        else ("not shared", "warn" if holding.own else "dim")
    )
    parts: Line = (
        (_line(holding.title), "strong"),
        (f"\n{stamp(holding.at)} · {origin} · ", "dim"),
        given,
    )
    return Row(card_key(holding.card), parts)


def talk_rows(model: StationModel) -> tuple[Row, ...]:
    """Consultations, statements and messages, the newest first."""
    said: list[tuple[int, Row]] = [
        *((asked.at, _consult_row(model, asked)) for asked in model.talk.consultations.values()),
        *((item.at, _statement_row(model, item)) for item in model.talk.statements.values()),
        *((item.at, _letter_row(model, item)) for item in model.talk.letters.values()),
    ]
    return tuple(row for _, row in sorted(said, key=lambda pair: pair[0], reverse=True))


def _consult_row(model: StationModel, asked: ConsultationThread) -> Row:
    names = model.names
    answered = len(asked.replies)
    state: Part
    if asked.by == model.seat:
        who = f"We asked {names.all(asked.to)}: "
        state = (f" {answered} of {len(asked.to)} answered", "good" if answered == len(asked.to) else "warn")
    else:
        who = f"{names.start(asked.by)} asked us: "
        state = (" answered", "good") if answered else (" waits for our answer", "warn")
    words: Line = (
        (f"{stamp(asked.at):<5} ", "dim"),
        (who, "strong"),
        (_line(asked.text), "plain"),
    )
    return Row(consult_key(asked.consult), (*words, (f"\n     {state[0]}", state[1])))


def _statement_row(model: StationModel, said: PublicStatement) -> Row:
    label = f" ({said.label})" if said.label else ""
    who = "We" if said.by == model.seat else model.names.start(said.by)
    return Row(
        statement_key(said.number),
        (
            (f"{stamp(said.at):<5} ", "dim"),
            (f"{who} said in public{label}: ", "strong"),
            (_line(said.text), "plain"),
            *(((f"\n     advice to the public in {said.advice}", "plain"),) if said.advice else ()),
        ),
    )


def _letter_row(model: StationModel, letter: Letter) -> Row:
    own = letter.by == model.seat
    who = f"We wrote to {model.names.all(letter.to)}: " if own else f"{model.names.start(letter.by)} wrote: "
    return Row(
        message_key(letter.number),
        ((f"{stamp(letter.at):<5} ", "dim"), (who, "strong"), (_line(letter.text), "plain")),
    )


def _line(text: str) -> str:
    return shortened(text, _WORDS)
