"""Games of the tiny scenario in which only some rules give points."""

from __future__ import annotations

from typing import Any

from tabletop.exercise.commands import COMMAND
from tabletop.rules.ledger import LedgerEntry
from tests.builders import tiny_scenario
from tests.game import Game


def begin(*rules: dict[str, Any], **changes: Any) -> Game:
    """A game of the tiny scenario in which only these rules give points."""
    scenario = tiny_scenario(rules=list(rules), **changes)
    return Game(scenario).start()


def do(game: Game, seat: str, at: int | None = None, **fields: Any) -> None:
    fields = {key.rstrip("_"): value for key, value in fields.items()}
    game.grant(seat, COMMAND.validate_python(fields), at=at)


def given(game: Game, rule: str) -> dict[str, float]:
    """Points by team that a rule gave."""
    points: dict[str, float] = {}
    for entry in of(game, rule):
        points[entry.team] = points.get(entry.team, 0) + entry.points
    return points


def of(game: Game, rule: str) -> list[LedgerEntry]:
    return [entry for entry in game.score().ledger if entry.rule == rule]


def second_phase(game: Game) -> Game:
    """Tokyo sounds the alert, so that all three are asked to name the object."""
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    assert ("name-it", "seoul") in game.state.decisions
    return game


def name_it(game: Game, **options: str) -> Game:
    for team, option in options.items():
        do(game, team, do="decide", decision="name-it", option=option)
    return game


def tagged(**tags: list[str]) -> dict[str, Any]:
    decisions: dict[str, Any] = tiny_scenario().model_dump(mode="json")["decisions"]
    for option, words in tags.items():
        decisions["name-it"]["options"][option]["tags"] = words
    return decisions


def track(**card: Any) -> list[dict[str, Any]]:
    """The timeline of the tiny scenario; `card` changes the track, which Washington gets at T+5."""
    timeline: list[dict[str, Any]] = tiny_scenario().model_dump(mode="json", by_alias=True)["timeline"]
    timeline[1]["inject"]["card"] |= card
    return timeline


def options(decision: str, **changes: dict[str, Any]) -> dict[str, Any]:
    """The decisions of the tiny scenario; `changes` are of options of one of them."""
    decisions: dict[str, Any] = tiny_scenario().model_dump(mode="json", by_alias=True)["decisions"]
    for option, fields in changes.items():
        decisions[decision]["options"][option] |= fields
    return decisions
