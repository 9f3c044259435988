"""What would have changed a score: each kind of change, exact to the last point, counted by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tabletop.exercise.commands import COMMAND
from tabletop.host.session import Session
from tabletop.playthrough.moves import read_moves
from tabletop.playthrough.play import Playthrough
from tabletop.rules.alternatives import AlternativeMove, single_changes
from tabletop.rules.refolding import refold_each
from tabletop.rules.scoring import score_log
from tabletop.rules.whatif import Price, ScoreShift, WhatIf
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.builders import tiny_scenario
from tests.game import Game
from tests.rules.measured import shifted
from tests.rules.refolding import refold

Move = tuple[int, str, dict[str, Any]]
Moves = Sequence[Move]
PROMPT = {
    "id": "prompt",
    "measure": "prompt-sharing",
    "prompt": {"message": 1},
    "never": {"message": -1},
    "tags": ["data"],
}
CONSULTED = {"id": "x2", "measure": "consulted-before", "done": {"message": 1}, "undone": {"message": -1}}


def played(moves: Moves, *rules: dict[str, Any], **changes: Any) -> Game:
    game = Game(tiny_scenario(rules=list(rules), **changes)).start()
    for at, seat, fields in moves:
        game.grant(seat, COMMAND.validate_python(fields), at=at)
    return game


def decided(at: int, option: str, decision: str = "push-track", team: str = "washington") -> Move:
    return at, team, {"do": "decide", "decision": decision, "option": option}


def found(game: Game, team: str, objective: str) -> Sequence[ScoreShift]:
    return WhatIf(game.records).by_score(99)[team, objective]


def figures(moved: Sequence[ScoreShift]) -> Mapping[str, tuple[float, float]]:
    return {one.change.text: (one.before, one.after) for one in moved}


ENDEX = {"do": "endex"}


def test_another_option() -> None:
    # Range -2 to +2: confirm-first gives -2, both would have given +2.
    game = played([decided(330, "confirm-first"), (400, "facilitator", ENDEX)])
    assert figures(found(game, "washington", "share")) == {
        "D1: Washington had chosen “Voice and data to both at once”": (0, 100)
    }
    # Range -1 to +1.
    assert figures(found(game, "washington", "warning")) == {
        "D1: Washington had chosen “Voice and data to both at once”": (0, 100)
    }


def test_the_same_option_on_time() -> None:
    # A second after the window of two minutes the + no longer counts: (0 + 1) of 2 marks.
    game = played([decided(421, "both"), (500, "facilitator", ENDEX)])
    assert figures(found(game, "washington", "share")) == {
        "D1: Washington had chosen “Confirm before telling anyone”": (50, 0),
        "D1: Washington had decided the same by T+7": (50, 100),
    }


def test_a_decision_that_nobody_took() -> None:
    game = played([(540, "facilitator", {"do": "lapse", "decision": "push-track"})])
    assert figures(found(game, "washington", "share")) == {
        "D1: Washington had chosen “Voice and data to both at once” by T+7": (0, 100),
    }


def test_one_card_shared_when_it_was_received() -> None:
    # Two partners, +1 or -1 each: a range of -2 to +2. The option would have reached both at once.
    game = played([(540, "facilitator", ENDEX)], PROMPT)
    assert figures(found(game, "washington", "message")) == {
        "D1: Washington had chosen “Voice and data to both at once” by T+7": (0, 100),
        "C1: Washington had shared “First track” with Tokyo at T+5": (0, 50),
        "C1: Washington had shared “First track” with Seoul at T+5": (0, 50),
    }


def test_a_card_with_a_caveat_would_have_been_shared_sanitised() -> None:
    caveat = {"id": "x4", "measure": "caveat-kept", "tags": ["data"], "broken": {"message": -1}}
    game = played([(540, "facilitator", ENDEX)], PROMPT, caveat)
    # Once the card is shared its caveat is in play too: 0 points on a range from -3 to +2.
    texts = figures(found(game, "washington", "message"))
    assert texts["C1: Washington had shared “First track” in clean form with Tokyo at T+5"] == (0, 60)


def test_one_consultation_before_the_first_public_word() -> None:
    game = played([(10, "tokyo", {"do": "state", "text": "Hear us"})], CONSULTED)
    assert figures(found(game, "tokyo", "message")) == {
        "Tokyo had consulted Washington and Seoul before it spoke in public at T+0:10": (0, 100)
    }


def test_partners_that_were_asked_are_said_to_have_answered() -> None:
    asked = (5, "tokyo", {"do": "consult", "with": ["washington", "seoul"], "text": "May we?"})
    said = (10, "tokyo", {"do": "state", "text": "Hear us"})
    game = played([asked, said], CONSULTED)
    assert figures(found(game, "tokyo", "message")) == {
        "Washington and Seoul had answered Tokyo before Tokyo spoke in public at T+0:10": (0, 100)
    }
    one = (5, "tokyo", {"do": "consult", "with": ["seoul"], "text": "May we?"})
    game = played([one, said], CONSULTED)
    deed = "Seoul had answered Tokyo and Tokyo had consulted Washington before Tokyo spoke in public"
    assert figures(found(game, "tokyo", "message")) == {f"{deed} at T+0:10": (0, 100)}


def test_an_amended_decision_is_changed_whole() -> None:
    # The first option could have stood; what it shared is then shared once.
    game = played([decided(310, "both"), decided(330, "confirm-first"), (400, "facilitator", ENDEX)])
    assert figures(found(game, "washington", "share")) == {
        "D1: Washington had chosen “Voice and data to both at once”": (0, 100)
    }
    back = played([decided(310, "confirm-first"), decided(330, "both"), (400, "facilitator", ENDEX)])
    otherwise = played([decided(330, "confirm-first"), (400, "facilitator", ENDEX)])
    (change,) = (one for one in single_changes(back.records) if one.subject == "D1")
    card = refold(back.records, change.edit)
    assert card is not None
    assert card.objectives == otherwise.score().objectives


def test_what_the_engine_refuses_is_left_out() -> None:
    # Play stands from the second in which the card came until the end: nothing could have been shared.
    game = played([(300, "facilitator", {"do": "pausex"}), (300, "facilitator", ENDEX)], PROMPT)
    changes = list(single_changes(game.records))
    assert {change.kind for change in changes} == {"option", "share"}
    assert all(refold(game.records, change.edit) is None for change in changes)
    assert set(WhatIf(game.records).by_score().values()) <= {()}


def test_what_moves_nothing_is_left_out_and_only_the_most_telling_are_kept() -> None:
    game = played([decided(330, "confirm-first"), decided(400, "quiet", "alert", "tokyo")])
    every = WhatIf(game.records).by_score(99)
    assert all(abs(one.by) > 0.05 for moved in every.values() for one in moved)
    kept = WhatIf(game.records).by_score(1)
    assert all(moved[:1] == kept[key] for key, moved in every.items())
    assert [one.by for one in every["tokyo", "warning"]] == [100]


def test_a_change_names_its_price_elsewhere_and_at_home() -> None:
    game = played([decided(330, "confirm-first"), (400, "facilitator", ENDEX)])
    (helped,) = found(game, "washington", "share")
    assert helped.marks == 2
    assert helped.elsewhere == (Price("washington", "warning", 2),)
    assert helped.change.cost == {"washington": -1}


def test_what_helped_comes_first_of_every_kind_and_one_change_that_saved_it() -> None:
    # The track was told to nobody, too late, and without a word to partners before speaking in public.
    moves = [(310, "washington", {"do": "state", "text": "Hear us"}), decided(421, "both")]
    options = tiny_scenario().model_dump(mode="json")["decisions"]
    options["push-track"]["options"] |= {
        f"more-{number}": {"text": f"More {number}", "effects": {"share": 1, "warning": 1}}
        for number in range(3)
    }
    consulted = {**CONSULTED, "done": {"share": 1}, "undone": {"share": -1}}
    prompt = {**PROMPT, "prompt": {"share": 1}, "never": {"share": -1}}
    game = played([*moves, (540, "facilitator", ENDEX)], prompt, consulted, decisions=options)
    moved = WhatIf(game.records).by_score()["washington", "share"]
    helped = [one for one in moved if one.by > 0]
    assert len(helped) == 3
    assert len({one.change.kind for one in helped}) == 3
    assert [one.by for one in helped] == sorted((one.by for one in helped), reverse=True)
    assert [one.by < 0 for one in moved] == [False, False, False, True]


@pytest.mark.parametrize("locked", [False, True])
def test_an_option_that_was_locked_is_not_offered(*, locked: bool) -> None:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    if locked:
        decisions["alert"]["options"]["okinawa"]["requires"] = {"held": {"card": "track", "by": "seoul"}}
    game = played([decided(400, "quiet", "alert", "tokyo"), (500, "facilitator", ENDEX)], decisions=decisions)
    told = WhatIf(game.records).by_score(99).values()
    offered = any("Okinawa alone" in one.change.text for moved in told for one in moved)
    assert offered is not locked


def unfitting() -> Game:
    """Tokyo alone names the object; the three are rated for naming it in ways that fit."""
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["name-it"]["fits"] = [{team: ["satellite"] for team in decisions["name-it"]["team"]}]
    joint = {"id": "x7", "measure": "joint-choice", "joint": {"share": 1}, "dissent": {"share": -1}}
    moves = [
        decided(400, "okinawa", "alert", "tokyo"),
        decided(420, "satellite", "name-it", "tokyo"),
        (900, "facilitator", {"do": "lapse", "decision": "name-it"}),
    ]
    return played([*moves, (910, "facilitator", ENDEX)], joint, decisions=decisions)


def test_what_several_teams_could_have_chosen_together() -> None:
    game = unfitting()
    (helped,) = (one for one in found(game, "tokyo", "share") if one.by > 0)
    assert helped.change.kind == "joint"
    assert [part.team for part in helped.change.parts] == ["washington", "seoul"]
    assert helped.change.text.startswith("D3: Washington and Seoul had chosen “A satellite launch” by T+")
    assert " and Seoul had chosen “A satellite launch” by T+" in helped.change.text
    card = refold(game.records, helped.change.edit)
    assert card is not None
    assert card.objective("share").teams["tokyo"].score == helped.after
    assert {one.team for one in helped.elsewhere} >= {"washington", "seoul"}


def test_several_together_are_told_only_where_one_alone_does_not_help_as_much() -> None:
    for moved in WhatIf(unfitting().records).by_score(99).values():
        alone = {one.change.text: one.by for one in moved if not one.change.parts}
        for one in moved:
            assert all(alone.get(part.text, 0) < one.by for part in one.change.parts)


def test_the_best_improvements_of_the_exercise_are_one_a_decision_and_sorted(flagship: Session) -> None:
    best = WhatIf(flagship.records).best()
    assert 1 <= len(best) <= 5
    assert len({one.change.subject or one.change.text for one in best}) == len(best)
    totals = [one.total for one in best]
    assert totals == sorted(totals, reverse=True)
    assert totals[-1] > 0
    own = score_log(flagship.records)
    for one in best:
        card = refold(flagship.records, one.change.edit)
        assert card is not None
        gained = sum(
            card.objective(goal.objective).teams[team].earned - standing.earned
            for goal in own.objectives
            for team, standing in goal.teams.items()
        )
        assert gained == one.total


OTHERWISE: list[tuple[Moves, str, Moves]] = [
    (
        [decided(330, "confirm-first"), decided(400, "quiet", "alert", "tokyo")],
        "D1: Washington had chosen “Voice and data to both at once”",
        [decided(330, "both"), decided(400, "quiet", "alert", "tokyo")],
    ),
    (
        [decided(330, "both"), decided(600, "quiet", "alert", "tokyo")],
        "D2: Tokyo had chosen “The whole country”",
        [decided(330, "both"), decided(600, "nationwide", "alert", "tokyo")],
    ),
    (
        [decided(330, "both"), decided(400, "quiet", "alert", "tokyo")],
        "D1: Washington had chosen “Confirm before telling anyone”",
        [decided(330, "confirm-first"), decided(400, "quiet", "alert", "tokyo")],
    ),
    (
        [decided(430, "both"), (500, "tokyo", {"do": "state", "text": "Hear us"})],
        "D1: Washington had decided the same by T+7",
        [decided(420, "both"), (500, "tokyo", {"do": "state", "text": "Hear us"})],
    ),
    (
        [(500, "tokyo", {"do": "state", "text": "Hear us"})],
        "C1: Washington had shared “First track” with Seoul at T+5",
        [
            (300, "washington", {"do": "share", "card": "track", "with": "seoul"}),
            (500, "tokyo", {"do": "state", "text": "Hear us"}),
        ],
    ),
    (
        [(430, "tokyo", {"do": "state", "text": "Hear us"})],
        "Tokyo had consulted Washington and Seoul before it spoke in public at T+7:10",
        [
            (430, "tokyo", {"do": "consult", "with": ["washington", "seoul"], "text": "May we?"}),
            (430, "seoul", {"do": "answer", "from": "tokyo", "text": "Yes"}),
            (430, "washington", {"do": "answer", "from": "tokyo", "text": "Yes"}),
            (430, "tokyo", {"do": "state", "text": "Hear us"}),
        ],
    ),
]


@pytest.mark.parametrize(
    ("moves", "text", "otherwise"), OTHERWISE, ids=[text[:40] for _, text, _ in OTHERWISE]
)
def test_the_new_value_is_that_of_a_game_played_that_way(moves: Moves, text: str, otherwise: Moves) -> None:
    # No inject hangs on a choice, as injects go out in a changed game as they did in the real one.
    timeline = [entry for entry in tiny_scenario().model_dump(mode="json")["timeline"] if entry.get("at")]
    decisions = {
        name: decision
        for name, decision in tiny_scenario().model_dump(mode="json")["decisions"].items()
        if name != "name-it"
    }
    rich = {"when": {"capital": {"team": "washington", "at-least": 6}}, "good": {"message": "It could pay"}}
    decisions["alert"]["options"]["quiet"]["if"] = [rich]
    both = {"timeline": timeline, "decisions": decisions}
    rules = [PROMPT, CONSULTED]
    game, other = played(moves, *rules, **both), played(otherwise, *rules, **both)
    for either in (game, other):
        either.grant("facilitator", COMMAND.validate_python(ENDEX), at=700)
    (change,) = (one for one in single_changes(game.records) if one.text == text)
    card, by_playing = refold(game.records, change.edit), other.score()
    assert card is not None
    assert card.objectives == by_playing.objectives
    assert card.capital == by_playing.capital
    for (team, objective), moved in WhatIf(game.records).by_score(99).items():
        for one in moved:
            if one.change.text == text:
                assert one.after == by_playing.objective(objective).teams[team].score


@pytest.fixture(scope="module", params=["go-it-alone", "cooperative"])
def flagship(request: pytest.FixtureRequest) -> Session:
    time = VirtualTime()
    path = find_scenario("sakishima-dawn")
    loaded = load_scenario(path).scenario
    log = MemoryLog()
    session = Session.begin(log, loaded, name="Play", seed=0, time=time.source(), mark_every=None)
    Playthrough(session, time, read_moves(Path(path).parent / "games" / f"{request.param}.yaml")).run()
    return session


def test_on_a_whole_game_the_quick_way_gives_what_folding_everything_gives(flagship: Session) -> None:
    changes: list[AlternativeMove] = list(single_changes(flagship.records))
    assert {change.kind for change in changes} >= {"option", "share"}
    quick = dict(refold_each(flagship.records, [change.edit for change in changes]))
    refused = [change for number, change in enumerate(changes) if number not in quick]
    assert all(refold(flagship.records, change.edit) is None for change in refused)
    own = score_log(flagship.records)
    for number in range(0, len(changes), 9):
        card = refold(flagship.records, changes[number].edit)
        assert (card is None) == (number not in quick)
        assert card is None or shifted(own, quick[number]) == card.objectives


def test_silence_is_no_help_and_what_saved_it_is_another_option() -> None:
    # Without its public option Tokyo would not be judged at all: a higher bar, and no mark for it.
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["alert"]["options"]["okinawa"] |= {"public": True}
    rule = {"id": "asked", "measure": "asked-first", "good": ["warning"], "bad": ["warning"]}
    moves = [decided(330, "both"), decided(400, "okinawa", "alert", "tokyo")]
    game = played([*moves, (500, "facilitator", ENDEX)], rule, decisions=decisions)
    for moved in WhatIf(game.records).by_score(99).values():
        for one in moved:
            assert one.marks > 0 if one.by > 0 else one.marks < 0
            assert one.by > 0 or one.change.kind in {"option", "joint"}


def test_nobody_is_praised_for_not_asking_or_not_sharing() -> None:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["push-track"]["options"]["ask"] = {
        "text": "Ask both first",
        "effects": {"share": -1},
        "consults": ["tokyo", "seoul"],
    }
    decisions["push-track"]["options"]["both"] |= {"shares": [], "consults": None}
    game = played([decided(330, "both"), (500, "facilitator", ENDEX)], decisions=decisions)
    saved = [one for one in found(game, "washington", "share") if one.by < 0]
    assert ["Ask both first" in one.change.text for one in saved] == [False]
