"""In any play, no team is shown the raw text of a card that it got in clean form only, or not at all."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tabletop.exercise import events as e
from tabletop.exercise.commands import COMMAND
from tabletop.exercise.narration import narrate
from tabletop.exercise.view import view
from tabletop.scenario.scenario import Scenario
from tests.builders import TEAMS, tiny_scenario
from tests.game import Game
from tests.property.test_plays import wishes

RAW = {"track": "RAW-TRACK", "flash": "RAW-FLASH"}
RULES: list[list[dict[str, Any]]] = [
    [],
    [{"to": ["tokyo", "seoul", "washington"]}],
    [{"to": ["tokyo"], "clean": False}, {"to": ["seoul", "washington"], "name": "A rule"}],
    [{"to": ["tokyo"], "clean": False, "when": {"chose": {"push-track": ["both"]}}}, {"to": ["washington"]}],
]
CAVEATS: list[list[str]] = [[], ["tokyo"], ["tokyo", "seoul", "washington"]]


@cache
def scenario(rule: int, caveat: int, form: str) -> Scenario:
    """Return the tiny scenario with marked cards; its options share them in that form, or keep them."""
    plain: dict[str, Any] = tiny_scenario().model_dump(mode="json", by_alias=True)
    for index, (word, text) in enumerate(RAW.items(), 1):
        card = plain["timeline"][index]["inject"]["card"]
        holder = card["holder"]
        card |= {
            "text": text,
            "sanitised": None,
            "clean": f"a clean {word}",
            "caveat": [team for team in CAVEATS[caveat] if team != holder],
            "passes": [
                {**one, "to": [team for team in one["to"] if team != holder] or ["tokyo"]}
                for one in RULES[rule]
            ],
        }
    options = plain["decisions"]["push-track"]["options"]
    options["both"] |= {"shares": [], "shares-raw": []}
    options["both"][form] = [{"card": "track", "with": ["tokyo", "seoul"]}]
    options["confirm-first"]["keeps"] = {"track": ["tokyo"]}
    return tiny_scenario(timeline=plain["timeline"], decisions=plain["decisions"])


@settings(max_examples=120, deadline=None)
@given(
    st.lists(wishes(), max_size=40),
    st.integers(0, len(RULES) - 1),
    st.integers(0, len(CAVEATS) - 1),
    st.sampled_from(["shares", "shares-raw"]),
)
def test_no_view_holds_the_raw_text_of_a_card_that_the_team_has_not_got_raw(
    plan: list[tuple[int, str, dict[str, Any]]], rule: int, caveat: int, form: str
) -> None:
    game = Game(scenario(rule, caveat, form)).start()
    for wait, seat, fields in plan:
        if game.state.running:
            game.pass_to(game.now + wait)
        try:
            game.do(seat, COMMAND.validate_python(fields))
        except ValidationError:
            continue
    entitled: set[tuple[str, str]] = set()
    for record in game.records:
        match record.event:
            case e.CardReceived(team=team, card=card):
                entitled.add((team, card))
            case e.CardShared(sanitised=False, to=to, card=card):
                entitled |= {(team, card) for team in to}
            case _:
                pass
        for team in TEAMS:
            seen = view(record.event, team)
            if seen is None:
                continue
            words = seen.model_dump_json() + narrate(seen)
            for card, text in RAW.items():
                assert text not in words or (team, card) in entitled, (team, card, seen)
