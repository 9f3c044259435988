"""Exercises to report on, played with `decide` and `apply` alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tabletop.exercise import commands as c
from tabletop.exercise.events import ExerciseCreated, InjectAdded, Record
from tabletop.scenario.scenario import Scenario
from tests.builders import tiny_scenario
from tests.game import Game

RULES = [
    {"id": "one-label", "title": "One label from all three", "measure": "same-label", "same": {"message": 2}},
    {"id": "alike", "measure": "joint-choice", "joint": {"message": 1}, "dissent": {"message": -1}},
]


def with_clock(records: Iterable[Record], day: str = "2026-05-31") -> list[Record]:
    """The records with a time of day each, as a host would write it: a second later for each event."""
    return [
        record.model_copy(update={"wall": f"{day}T09:{record.seq // 60:02}:{record.seq % 60:02}.000Z"})
        for record in records
    ]


def rich_scenario() -> Scenario:
    """The tiny scenario with rules, a clock, scope and threat, and a goal that nothing moves."""
    plain = tiny_scenario()
    goals = {name: goal.model_dump(by_alias=True) for name, goal in plain.objectives.items()}
    return tiny_scenario(
        rules=RULES,
        clock={"zone": "+09:00", "anchors": [{"at": "T+0", "shows": "D 06:00"}]},
        ground_rules=["No fault."],
        situation="It is early.\n\nNobody has slept.",
        report={
            "scope": "Three capitals, one morning.",
            "threat": "A launch to the south.",
            "sponsor": "Staff",
        },
        objectives={**goals, "legal": {"code": "O9", "title": "Legal basis", "why": "Law is slow."}},
    )


def full_game() -> Game:
    """A game with something of everything: decisions late, lapsed, amended; a backlash; much talk."""
    game = Game(rich_scenario()).start()
    game.grant("washington", c.Read(inject="notice"), at=60)
    game.grant("facilitator", c.Hold(inject="complaint", reason="Too early"))
    game.grant("facilitator", c.Pausex(reason="A question of procedure"), at=120)
    game.grant("facilitator", c.Resume())
    game.grant("washington", c.Read(inject="detection"), at=310)
    game.grant("washington", c.Consult(with_=("tokyo", "seoul"), about="push-track", text="Do you see it?"))
    game.grant("tokyo", c.Answer(from_="washington", text="Not yet."), at=330)
    game.grant(
        "washington", c.Decide(decision="push-track", option="confirm-first", rationale="Be sure."), at=340
    )
    game.grant(
        "washington", c.Decide(decision="push-track", option="both", rationale="Speed counts."), at=350
    )
    game.grant("seoul", c.Share(card="flash", with_=("tokyo",), sanitised=False), at=400)
    game.grant("tokyo", c.Message(to=("seoul", "control"), text="Thanks."), at=410)
    game.grant("tokyo", c.Decide(decision="alert", option="nationwide", rationale="Better safe."), at=570)
    game.grant("washington", c.Decide(decision="name-it", option="missile"), at=580)
    game.grant("tokyo", c.Decide(decision="name-it", option="missile", rationale="As agreed."), at=590)
    game.grant("facilitator", c.Gate(), at=600)
    game.grant("facilitator", c.BeginPhase())
    game.grant("seoul", c.State(text="We call it a launch.", label="satellite"), at=700)
    game.grant(
        "facilitator",
        c.AdHoc(title="A call", sender="Embassy", to=("seoul",), text="They ask."),
    )
    game.grant("facilitator", c.Release(inject="leak"), at=720)
    game.grant(
        "evaluator",
        c.Observe(text="The call came first.", about="push-track", objective="share", kind="strength"),
    )
    game.grant(
        "evaluator",
        c.Observe(text="No one checked the alert.", about="alert", team="tokyo", kind="improvement"),
    )
    game.grant("evaluator", c.Observe(text="Quiet room."))
    game.grant("facilitator", c.Note(text="Private: keep this out of the report"))
    game.grant("facilitator", c.Adjust(team="seoul", objective="message", points=-0.5, reason="Spoke alone"))
    game.grant("facilitator", c.Endex(), at=1200)
    game.grant("facilitator", c.AskSelfRatings())
    game.grant("tokyo", c.RateSelf(ratings={"share": "S", "warning": "M"}, note="The siren was late."))
    game.grant("seoul", c.RateSelf(ratings={"share": "P"}))
    game.grant("facilitator", c.HotWash())
    return game


def full_records() -> list[Record]:
    """The records of `full_game`, with times of day."""
    return with_clock(full_game().records)


_MARK = "typed"


def typed_everywhere(text: str) -> list[Record]:
    """A game in which people typed the same text into every field that takes one."""
    return [_typed(record, text) for record in _marked()]


@cache
def _marked() -> tuple[Record, ...]:
    game = Game(rich_scenario()).start()
    game.grant("facilitator", c.Hold(inject="complaint", reason=_MARK))
    game.grant("facilitator", c.Pausex(reason=_MARK), at=60)
    game.grant("facilitator", c.Resume())
    game.grant("washington", c.Consult(with_=("tokyo",), text=_MARK), at=320)
    game.grant("tokyo", c.Answer(from_="washington", text=_MARK))
    proposed = c.Propose(decision="push-track", option="both", rationale=_MARK, by=_MARK, office=_MARK)
    game.grant("washington", proposed)
    game.grant("washington", c.Decide(decision="push-track", option="confirm-first", rationale=_MARK))
    game.grant("washington", c.Decide(decision="push-track", option="both", rationale=_MARK), at=330)
    game.grant("tokyo", c.State(text=_MARK))
    game.grant("tokyo", c.Message(to=("seoul",), text=_MARK))
    game.grant("facilitator", c.Edit(inject="leak", title=_MARK, text=_MARK))
    game.grant("facilitator", c.Release(inject="leak"))
    written = c.AdHoc(title=_MARK, sender=_MARK, channel=_MARK, to=("seoul",), text=_MARK)
    game.grant("facilitator", written)
    game.grant("facilitator", c.Skip(inject="alert-sounds", reason=_MARK))
    game.grant("evaluator", c.Observe(text=_MARK, about="leak", objective="share", kind="improvement"))
    game.grant("evaluator", c.Observe(text=_MARK, kind="strength", objective="warning"))
    game.grant("evaluator", c.Adjust(team="tokyo", objective="warning", points=1, reason=_MARK))
    game.grant("facilitator", c.Note(text=_MARK))
    game.grant("facilitator", c.Emergency(text=_MARK))
    game.grant("facilitator", c.StandDown())
    game.grant("facilitator", c.Resume())
    game.grant("facilitator", c.Endex(), at=1200)
    game.grant("facilitator", c.AskSelfRatings())
    game.grant("tokyo", c.RateSelf(ratings={"share": "S"}, note=_MARK))
    return tuple(with_clock(game.records))


def _typed(record: Record, text: str) -> Record:
    """The record with the text in place of every mark: a log may hold what no command lets through today."""
    event = record.event
    changes: dict[str, object] = {name: text for name, value in event if value == _MARK}
    if isinstance(event, ExerciseCreated):
        changes["name"] = text
    if isinstance(event, InjectAdded):
        words = {name: text for name, value in event.inject if value == _MARK}
        changes["inject"] = event.inject.model_copy(update=words)
    return record.model_copy(update={"event": event.model_copy(update=changes)})
