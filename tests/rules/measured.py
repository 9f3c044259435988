"""The tiny scenario with a rule of every kind, and moves that meet them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tabletop.exercise.commands import COMMAND
from tabletop.exercise.events import Record
from tabletop.exercise.refusal import Refusal
from tabletop.rules.refolding import Shifts
from tabletop.rules.scoring import ObjectiveScore, Scorecard
from tabletop.scenario.scenario import Scenario
from tests.builders import TEAMS, tiny_scenario
from tests.game import Game
from tests.rules.examples import EXAMPLES
from tests.rules.playing import track


def measured_scenario(**changes: Any) -> Scenario:
    """Every kind of rule, and options with the tags that they look for."""
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["name-it"]["fits"] = [dict.fromkeys(TEAMS, one) for one in ("missile", "satellite")]
    decisions["alert"]["options"]["okinawa"]["advice"] = {"area": "islands", "says": "shelter"}
    options = decisions["name-it"]["options"]
    options["missile"]["tags"] = ["full", "joint"]
    options["satellite"]["tags"] = ["defers"]
    options["missile"]["if"] = [
        {"when": {"shared": {"card": "track", "with": ["seoul"]}}, "good": {"warning": "It was known"}},
        {"when": {"chose": {"push-track": ["both"]}}, "for": ["tokyo"], "bad": {"message": "It was asked"}},
        {"when": {"consulted": {"by": "tokyo", "with": ["seoul"]}}, "good": {"share": "They had spoken"}},
    ]
    options["satellite"]["if"] = [
        {"when": {"capital": 6}, "good": {"message": "It could afford it"}},
        {"when": {"consulted": "all"}, "for": ["seoul"], "good": {"share": "It had asked both"}},
        {
            "when": {"all": [{"capital": {"team": "washington", "at-least": 6}}, {"observed": "name-it"}]},
            "bad": {"share": "Washington could have paid"},
        },
    ]
    decisions["alert"]["none"]["if"] = [
        {"when": {"everyone-chose": {"name-it": ["missile"]}}, "bad": {"message": "Named and not warned of"}}
    ]
    timeline = track(caveat=["tokyo"])
    return tiny_scenario(**{"rules": EXAMPLES, "decisions": decisions, "timeline": timeline, **changes})


def shifted(card: Scorecard, shifts: Shifts) -> tuple[ObjectiveScore, ...]:
    """The scores of a card once the shifts are applied."""
    return tuple(
        replace(
            goal,
            teams={
                team: shifts[team, goal.objective].applied(standing)
                if (team, goal.objective) in shifts
                else standing
                for team, standing in goal.teams.items()
            },
        )
        for goal in card.objectives
    )


_CHOICES = {
    "push-track": ["both", "confirm-first"],
    "alert": ["okinawa", "nationwide", "quiet"],
    "name-it": ["missile", "satellite"],
}


@st.composite
def moves(draw: st.DrawFn) -> tuple[int, str, dict[str, Any]]:
    """Seconds to wait, a seat, and a command that fits where the tiny scenario then stands, if well timed."""
    verb = draw(
        st.sampled_from(
            [
                *("decide", "decide", "decide", "propose", "share", "share", "consult", "answer", "state"),
                *("decide", "decide", "decide", "propose", "share", "share", "consult", "answer", "state"),
                *("words", "judge", "observe"),
            ]
        )
    )
    team, *partners = draw(st.permutations(TEAMS))
    some = partners[: draw(st.integers(1, 2))]
    fields: dict[str, Any] = {"do": verb}
    match verb:
        case "decide" | "propose":
            decision = draw(st.sampled_from(["name-it", "name-it", "name-it", "push-track", "alert"]))
            team = {"push-track": "washington", "alert": "tokyo"}.get(decision, team)
            fields |= {"decision": decision, "option": draw(st.sampled_from(_CHOICES[decision]))}
        case "share":
            fields |= {"card": draw(st.sampled_from(["track", "flash"])), "with": some}
            fields |= {"sanitised": draw(st.booleans()), "onward": draw(st.booleans())}
        case "consult":
            fields |= {"with": some, "text": "Before we act?"}
        case "answer":
            fields |= {"from": partners[0], "text": "Yes"}
        case "state":
            fields |= {"text": "Hear us", "label": draw(st.sampled_from([None, "missile", "satellite"]))}
            advised = draw(st.sampled_from([None, "shelter", "all-clear"]))
            fields |= {"area": "islands", "says": advised} if advised else {}
            fields |= {"about": "name-it"} if draw(st.booleans()) else {}
        case "words":
            fields = {"do": "decide", "decision": draw(st.sampled_from(list(_CHOICES))), "words": "Neither"}
        case "judge":
            decision = draw(st.sampled_from(list(_CHOICES)))
            fields |= {"decision": decision, "team": team, "as": draw(st.sampled_from(_CHOICES[decision]))}
            fields |= {"capital": draw(st.sampled_from([0, -1]))}
            team = "facilitator"
        case "observe":
            fields |= {"text": "They spoke of it.", "about": "name-it"}
            team = "evaluator"
    return draw(st.sampled_from([0, 0, 0, 20, 60, 120])), team, fields


@st.composite
def plays(draw: st.DrawFn) -> list[tuple[int, str, dict[str, Any]]]:
    """Moves in any order; often every team has also answered the question that was put to all."""
    plan = draw(st.lists(moves(), max_size=30))
    if draw(st.booleans()):
        at = draw(st.integers(len(plan) // 2, len(plan)))
        for team in draw(st.permutations(TEAMS)):
            option = draw(st.sampled_from(_CHOICES["name-it"]))
            plan.insert(at, (0, team, {"do": "decide", "decision": "name-it", "option": option}))
    return plan


Plan = list[tuple[int, str, dict[str, Any]]]
PLAYS = plays()


def play(plan: Plan, *, end: bool = True) -> tuple[Game, list[list[Record]]]:
    """A game in which everything in the plan was asked for, and the records that each granted move made.

    It begins when the first alert sounds, so that every question has been put.
    """
    game = Game(measured_scenario()).start()
    alert = COMMAND.validate_python({"do": "decide", "decision": "alert", "option": "okinawa"})
    game.grant("tokyo", alert, at=360)
    granted: list[list[Record]] = []
    for wait, seat, fields in plan:
        game.pass_to(game.now + wait)
        if game.now >= 600 and game.state.phase == "launch":
            for verb in ("gate", "phase"):
                game.do("facilitator", COMMAND.validate_python({"do": verb}))
        before = len(game.records)
        answer = game.do(seat, COMMAND.validate_python(fields))
        if not isinstance(answer, Refusal):
            granted.append(game.records[before : before + len(answer)])
    if end:
        game.do("facilitator", COMMAND.validate_python({"do": "endex"}))
    return game, granted
