"""Describe what people judge: observations, ratings, ticks, adjustments."""

from __future__ import annotations

from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.describe.base import Describers, inject_name, remark
from tabletop.exercise.description import Description, Passage, Reader
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed
from tabletop.scenario.quantities import Points

SIGNS: Final = {"good": "+", "bad": "−", "neither": "0"}
"""How a mark is written."""


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
    return Description(what, event.author, remark(event.note))


def _ticked(event: e.ActionTicked, reader: Reader) -> Description:
    verb = "saw done" if event.outcome == "done" else "did not see"
    whose = f" of {reader.seat(event.team)}" if event.team else ""
    goal = f", for {reader.name('objective', event.objective)}" if event.objective else ""
    by = f", expected by {format_time(event.due)}" if event.due is not None else ""
    at = f" at {format_time(event.happened)}" if event.happened is not None else ""
    what = f"{verb}{at} what was expected{whose} after {inject_name(event.entry, reader)}{goal}{by}"
    words = (Passage("observation", "", event.action),)
    return Description(what, event.author, (*words, *remark(event.note)))


DESCRIBERS: Describers = {
    e.ObservationMade: _observed,
    e.NoteTaken: _noted,
    e.ScoreAdjusted: _adjusted,
    e.RatingGiven: _rated,
    e.AnswerJudged: _judged,
    e.ActionTicked: _ticked,
}
