"""A cut in play: cards from the start, decisions taken before it, and a log that needs no other file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.commands import OBSERVER, WALL
from tabletop.exercise.decide import decide
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.exercise.view import view
from tabletop.host.first_record import first_record
from tabletop.scenario.linking import load_scenario
from tests.builders import tiny_scenario
from tests.game import Game
from tests.rules.playing import options
from tests.scenario.authoring import write

CUT = """
cuts:
  starter:
    length: 30 min
    drops: [radar-contact]
    deals: {all: [contact]}
    presets: {tell-partner: tell-now}
"""


@pytest.fixture
def log(tmp_path: Path) -> list[Record]:
    path = write(
        tmp_path,
        ("when: {not: {shared: contact}}", "when: {chose: {tell-partner: tell-now}}"),
        ("      title: Radar track of the contact\n", "      title: The track\n      sanitised: A track.\n"),
    )
    path.write_text(path.read_text(encoding="utf-8") + CUT, encoding="utf-8")
    cut = load_scenario(path).cut("starter").scenario
    first = first_record(cut, name="morning", seed=1, wall="2026-06-03T05:30:00Z")
    state = fold([first])
    events = decide(state, c.FACILITATOR, c.Startex(), 0)
    assert isinstance(events, tuple)
    later = (first.model_copy(update={"seq": seq, "event": one}) for seq, one in enumerate(events, 2))
    return [first, *later]


@pytest.fixture
def state(log: list[Record]) -> Exercise:
    return fold(log)


def test_a_dealt_card_is_its_holders_own_and_clean_with_the_others(state: Exercise) -> None:
    own, given = state.hands["norland", "contact"], state.hands["sudland", "contact"]
    assert (own.own, own.clean, own.sanitised) == (True, False, "A track.")
    assert (given.own, given.clean, given.text, given.via) == (False, True, "A track.", "norland")


def test_a_dealt_card_counts_as_shared(state: Exercise) -> None:
    assert state.given["norland", "sudland", "contact"] == 0


def test_a_team_sees_its_own_hand_alone(log: list[Record]) -> None:
    dealt = [record.event for record in log if isinstance(record.event, e.CardDealt)]
    assert len(dealt) == 2
    for event in dealt:
        seen = {seat for seat in ("norland", "sudland", WALL, OBSERVER) if view(event, seat) is not None}
        assert seen == {event.team, OBSERVER}


def test_conditions_see_what_was_decided_before_play_and_no_event_marks_it(
    state: Exercise, log: list[Record]
) -> None:
    assert state.script.when["debris-on-beach"](state, 0)
    assert not state.decisions
    assert not any(isinstance(record.event, e.DecisionRecorded) for record in log)
    taken = state.decision("tell-partner", "norland")
    assert taken is not None
    assert taken.option == "tell-now"


TRACK: dict[str, Any] = {
    "id": "track",
    "code": "C1",
    "title": "First track",
    "text": "It flies to 25.1 north.",
    "sanitised": "An object is heading south.",
    "window": "2 min",
    "caveat": ["tokyo", "seoul"],
}


def dealt(*to: str, clean: bool = False, holder: str = "washington", **changes: Any) -> Game:
    """The tiny exercise in which teams hold the track from the start; if `clean`, only its owner raw."""
    deals = [
        {"team": team, "card": TRACK | {"holder": holder}, "sanitised": clean and team != holder}
        for team in to
    ]
    timeline = [entry for entry in tiny_scenario().timeline if entry.id != "detection"]
    return Game(tiny_scenario(**{"deals": deals, "timeline": timeline, **changes})).start()


@pytest.mark.parametrize(("clean", "bound"), [(True, ()), (False, ("seoul",))])
def test_only_who_holds_the_raw_form_reads_from_whom_to_keep_it(clean: bool, bound: tuple[str, ...]) -> None:
    [event] = dealt("tokyo", clean=clean).events(e.CardDealt)
    seen = view(event, "tokyo")
    assert isinstance(seen, e.CardDealt)
    assert (seen.caveat, seen.code) == (bound, "")


def test_what_a_partner_holds_from_the_start_is_not_shared_again_in_that_form() -> None:
    game = dealt("washington", "tokyo", clean=True)

    def share(*, clean: bool) -> c.Share:
        return c.Share.model_validate({"card": "track", "with": ["tokyo"], "clean": clean})

    assert game.refuse("washington", share(clean=True)) == "nothing-to-do"
    game.grant("washington", share(clean=False))
    assert game.refuse("washington", share(clean=False)) == "nothing-to-do"


def test_a_card_that_a_partner_holds_from_the_start_can_no_longer_be_kept_from_it() -> None:
    """The team need not hold the card itself by then."""
    decisions = options("alert", quiet={"keeps": {"track": ["seoul"]}})
    game = dealt("seoul", holder="tokyo", decisions=decisions).pass_to(360)
    assert dict(game.state.decisions["alert", "tokyo"].locked) == {"quiet": "C1 has gone to Seoul already"}
