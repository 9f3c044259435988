"""Marks under a condition or for some of the teams: which one stands, and when it is known."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.report.explaining import explain
from tabletop.rules.scoring import score_log
from tests.builders import tiny_scenario
from tests.game import Game
from tests.rules.playing import do, name_it, options

SHARED = {"shared": {"card": "track", "with": ["seoul"]}}
OKINAWA = {"chose": {"alert": ["okinawa"]}}
PUSHED = {"chose": {"push-track": ["both"]}}


def begin(option: str, *parts: dict[str, Any], decision: str = "name-it", **plain: Any) -> Game:
    """Begin a game in which one option, or `none`, has these parts."""
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    options = decisions[decision]["options"]
    outcome = decisions[decision]["none"] if option == "none" else options[option]
    outcome |= {"effects": {}, "if": list(parts), **plain}
    return Game(tiny_scenario(rules=[], decisions=decisions)).start()


def marks(game: Game, team: str, objective: str = "message") -> list[tuple[float, str]]:
    return [
        (entry.points, entry.why)
        for entry in game.score().ledger
        if (entry.team, entry.objective) == (team, objective)
    ]


def asked(game: Game) -> Game:
    """Tokyo sounds the alert, so that all three are asked to name the object."""
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    return game


def test_a_part_that_holds_stands_in_place_of_the_plain_mark() -> None:
    part = {"when": OKINAWA, "bad": {"message": "The alert said otherwise"}}
    game = asked(begin("satellite", part, good={"message": "An exit stays open"}))
    name_it(game, seoul="satellite")
    assert marks(game, "seoul") == [(-1, "The alert said otherwise")]


def test_the_plain_mark_stands_where_no_part_holds() -> None:
    part = {"when": {"not": OKINAWA}, "bad": {"message": "The alert said otherwise"}}
    game = asked(begin("satellite", part, good={"message": "An exit stays open"}))
    name_it(game, seoul="satellite")
    assert marks(game, "seoul") == [(1, "An exit stays open")]


def test_of_several_parts_that_hold_the_last_stands() -> None:
    parts: list[dict[str, Any]] = [
        {"when": OKINAWA, "bad": {"message": "First"}},
        {"when": {"not": PUSHED}, "good": {"message": "Never"}},
        {"when": OKINAWA, "good": {"message": "Last"}},
    ]
    game = begin("satellite", *parts)
    do(game, "washington", 310, do="decide", decision="push-track", option="both")
    name_it(asked(game), seoul="satellite")
    assert marks(game, "seoul") == [(1, "Last")]


def test_a_part_for_a_team_stands_in_place_of_the_one_for_all_wherever_it_is_printed() -> None:
    parts: list[dict[str, Any]] = [
        {"for": ["seoul"], "bad": {"message": "Seoul's own text said otherwise"}},
        {"when": OKINAWA, "good": {"message": "As the alert"}},
    ]
    game = asked(begin("satellite", *parts))
    name_it(game, seoul="satellite", tokyo="satellite")
    assert marks(game, "seoul") == [(-1, "Seoul's own text said otherwise")]
    assert marks(game, "tokyo") == [(1, "As the alert")]


def test_neither_takes_a_mark_away() -> None:
    part = {"for": ["seoul"], "neither": {"message": "Its own city"}}
    game = asked(begin("satellite", part, good={"message": "An exit stays open"}))
    name_it(game, seoul="satellite", tokyo="satellite")
    assert marks(game, "seoul") == [(0, "Its own city")]
    assert marks(game, "tokyo") == [(1, "An exit stays open")]


def test_deciding_nothing_has_its_own_parts() -> None:
    part = {"for": ["tokyo"], "good": {"message": "Nothing to correct"}}
    game = asked(begin("none", part, bad={"message": "Others answer"}))
    do(game, "facilitator", do="lapse", decision="name-it")
    assert marks(game, "tokyo") == [(1, "Nothing to correct")]
    assert marks(game, "seoul") == [(-1, "Others answer")]


def test_what_was_shared_counts_as_it_stood_when_the_decision_was_taken() -> None:
    part = {"when": SHARED, "good": {"message": "Seoul knew"}}
    game = asked(begin("satellite", part))
    name_it(game, seoul="satellite")
    do(game, "washington", game.now + 1, do="share", card="track", with_=["seoul"])
    name_it(game, tokyo="satellite")
    assert marks(game, "seoul") == [(0, "")]
    assert marks(game, "tokyo") == [(1, "Seoul knew")]


def test_the_order_within_a_second_does_not_matter() -> None:
    game = asked(begin("satellite", {"when": SHARED, "good": {"message": "Seoul knew"}}))
    name_it(game, seoul="satellite")
    do(game, "washington", do="share", card="track", with_=["seoul"])
    assert marks(game, "seoul") == [(1, "Seoul knew")]


def test_what_was_chosen_elsewhere_counts_once_that_decision_is_closed() -> None:
    part = {"when": PUSHED, "good": {"message": "All three saw the track"}}
    game = asked(begin("satellite", part, bad={"message": "Nobody knew"}))
    name_it(game, seoul="satellite")
    assert marks(game, "seoul") == [(-1, "Nobody knew")]
    do(game, "washington", do="decide", decision="push-track", option="both")
    assert marks(game, "seoul") == [(1, "All three saw the track")]


def test_a_decision_amended_elsewhere_is_judged_anew() -> None:
    part = {"when": PUSHED, "good": {"message": "All three saw the track"}}
    game = begin("okinawa", part, decision="alert")
    do(game, "washington", 310, do="decide", decision="push-track", option="both")
    do(game, "tokyo", 370, do="decide", decision="alert", option="okinawa")
    assert marks(game, "tokyo") == [(1, "All three saw the track")]
    do(game, "washington", 380, do="decide", decision="push-track", option="confirm-first")
    assert marks(game, "tokyo") == [(0, "")]


def test_the_other_teams_of_the_same_decision_are_awaited() -> None:
    part = {"when": {"everyone-chose": {"name-it": ["satellite"]}}, "good": {"message": "One word"}}
    game = asked(begin("satellite", part))
    name_it(game, seoul="satellite", tokyo="satellite")
    assert marks(game, "seoul") == [(0, "")]
    name_it(game, washington="satellite")
    assert [marks(game, team) for team in ("seoul", "tokyo", "washington")] == [[(1, "One word")]] * 3


@pytest.mark.parametrize(
    ("when", "points"),
    [
        ({"any": [SHARED, PUSHED]}, 0),
        ({"any": [{"not": SHARED}, PUSHED]}, 1),
        ({"all": [{"not": SHARED}, PUSHED]}, 0),
        ({"not": {"all": [SHARED, PUSHED]}}, 1),
        ({"not": PUSHED}, 0),
    ],
)
def test_a_choice_that_is_not_known_yet_counts_only_where_it_does_not_matter(
    when: dict[str, Any], points: float
) -> None:
    game = asked(begin("satellite", {"when": when, "good": {"message": "So"}}))
    name_it(game, seoul="satellite")
    assert marks(game, "seoul") == [(points, "So" if points else "")]


def test_a_choice_never_put_gives_no_mark() -> None:
    part = {"when": {"chose": {"name-it": ["none"]}}, "bad": {"warning": "Nobody spoke"}}
    game = begin("quiet", part, decision="alert")
    do(game, "tokyo", 370, do="decide", decision="alert", option="quiet")
    assert marks(game, "tokyo", "warning") == [(0, "")]


def test_a_good_mark_of_a_part_counts_in_time_only_where_time_is_critical() -> None:
    part = {"when": {"not": SHARED}, "good": {"warning": "In shelter before it flew over"}}
    game = begin("okinawa", part, decision="alert")
    do(game, "tokyo", 360 + 400, do="decide", decision="alert", option="okinawa")
    assert [points for points, _ in marks(game, "tokyo", "warning")] == [0]


def test_the_best_and_the_worst_take_every_part_into_account() -> None:
    part = {"when": SHARED, "for": ["seoul"], "bad": {"warning": "Known and not said"}}
    game = asked(begin("satellite", part))
    name_it(game, seoul="satellite", tokyo="satellite")
    card = game.score().objective("warning")
    assert (card.teams["seoul"].worst, card.teams["tokyo"].best) == (-1, 1)


def test_explain_says_which_condition_held_and_which_did_not() -> None:
    part = {"when": SHARED, "good": {"message": "Seoul knew"}}
    game = asked(begin("satellite", part))
    name_it(game, tokyo="satellite")
    do(game, "washington", game.now + 1, do="share", card="track", with_=["seoul"])
    name_it(game, seoul="satellite")
    found = explain(game.records, objective="message", what_if=False)
    said = {score.team: score.sentences[0].text for score in found.explained}
    assert said["seoul"].endswith("Why: Seoul knew. This counted because somebody had shared C1 with Seoul.")
    assert said["tokyo"].endswith(
        "It would have been +1 (“Seoul knew”), but nobody had shared C1 with Seoul."
    )


KNEW = "It would have been +1 (“So”), but "


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ({"held": "track"}, "Seoul did not hold C1"),
        ({"held": {"card": "track", "by": "tokyo"}}, "Tokyo did not hold C1"),
        ({"capital": 9}, "Seoul had less than 9 domestic capital left"),
        ({"consulted": ["tokyo"]}, "Seoul had not asked Tokyo in this phase"),
        (
            {"consulted": ["tokyo", "washington"]},
            "Seoul had not asked both Tokyo and Washington in this phase",
        ),
        ({"consulted": {"by": "tokyo", "with": ["seoul"]}}, "Tokyo had not consulted with Seoul"),
        ({"shared": {"card": "track", "by": "washington"}}, "Washington had not shared C1"),
        ({"stated": {"by": "tokyo", "label": "satellite"}}, "Tokyo had not spoken in public of “satellite”"),
        ({"partners": ["satellite"]}, "Washington and Tokyo chose “"),
        ({"chose": {"push-track": ["both"]}}, "Washington chose “Confirm before telling anyone” in D1"),
        ({"chose": {"name-it": ["none"]}}, "every team asked had decided on D3"),
        ({"not": {"chose": {"alert": ["okinawa"]}}}, "Tokyo chose “"),
        ({"everyone-chose": {"name-it": ["satellite"]}}, "Washington and Tokyo chose “"),
        ({"by": {"at": "T+4", "that": {"shared": "track"}}}, "by T+4 nobody had shared C1"),
        ({"observed": "alert"}, "nobody had observed something on D2"),
        ({"on-time": "push-track"}, "D1 was not decided in time"),
        ({"labels": {"decision": "name-it", "are": "same"}}, "not all used the same word in D3"),
        (
            {"all": [{"held": "track"}, {"chose": {"alert": ["okinawa"]}}, {"consulted": ["tokyo"]}]},
            "Seoul did not hold C1 and Seoul had not asked Tokyo in this phase",
        ),
        ({"not": {"any": [{"held": "track"}, {"chose": {"alert": ["okinawa"]}}]}}, "Tokyo chose “"),
    ],
)
def test_explain_says_in_the_words_of_players_what_was_missing(when: dict[str, Any], told: str) -> None:
    game = begin("satellite", {"when": when, "good": {"message": "So"}})
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    do(game, "washington", 500, do="decide", decision="push-track", option="confirm-first")
    name_it(game, seoul="satellite", tokyo="missile", washington="missile")
    (found,) = explain(game.records, team="seoul", objective="message", what_if=False).explained
    assert KNEW + told in found.sentences[0].text


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ({"not": {"held": "track"}}, "Seoul did not hold C1"),
        ({"partners": {"options": ["missile"], "at-least": 1}}, "Washington and Tokyo chose “"),
        ({"any": [{"held": "track"}, {"chose": {"alert": ["okinawa"]}}]}, "Tokyo chose “"),
        (
            {"all": [{"consulted": ["tokyo"]}, {"capital": 1}]},
            "Seoul had asked Tokyo in this phase and Seoul had",
        ),
        (
            {"not": {"chose": {"push-track": ["both"]}}},
            "Washington chose “Confirm before telling anyone” in D1",
        ),
        ({"stated": {"by": "washington"}}, "Washington had spoken in public"),
        ({"released": "detection"}, "K2 had gone out"),
    ],
)
def test_explain_says_in_the_words_of_players_what_decided(when: dict[str, Any], told: str) -> None:
    game = begin("satellite", {"when": when, "good": {"message": "So"}})
    do(game, "tokyo", 400, do="decide", decision="alert", option="okinawa")
    do(game, "washington", 410, do="decide", decision="push-track", option="confirm-first")
    do(game, "washington", 411, do="state", text="Hear us")
    do(game, "seoul", 412, do="consult", with_=["tokyo"], text="What now?")
    do(game, "tokyo", 413, do="answer", from_="seoul", text="Wait")
    name_it(game, seoul="satellite", tokyo="missile", washington="missile")
    (found,) = explain(game.records, team="seoul", objective="message", what_if=False).explained
    assert f"Why: So. This counted because {told}" in found.sentences[0].text


def test_what_an_event_costs_does_not_depend_on_when_the_score_is_asked_for() -> None:
    part = {"when": PUSHED, "good": {"message": "All three saw the track"}}
    game = asked(begin("satellite", part))
    name_it(game, seoul="satellite")
    do(game, "washington", do="decide", decision="push-track", option="both")
    assert game.score().ledger == score_log(game.records).ledger


def test_a_mark_cites_the_events_by_which_its_condition_held_and_those_that_came_of_the_option() -> None:
    decisions = options("push-track")
    decisions["push-track"]["options"]["both"]["if"] = [
        {"when": {"consulted": {"with": ["tokyo"]}}, "good": {"message": "Tokyo had been asked"}}
    ]
    game = Game(tiny_scenario(decisions=decisions)).start()
    do(game, "washington", 310, do="consult", with_=["tokyo"], text="May we?")
    do(game, "tokyo", do="answer", from_="washington", text="Yes")
    do(game, "washington", 330, do="decide", decision="push-track", option="both")
    [mark] = [entry for entry in game.score().ledger if entry.objective == "message"]
    assert {game.records[seq - 1].event.type for seq in mark.evidence} == {
        "decision-presented",
        "consult-answered",
        "decision-recorded",
        "card-shared",
        "consult-implied",
    }
    assert len(mark.evidence) == len(set(mark.evidence))


@pytest.mark.parametrize("again", [{}, {"rationale": "We asked"}])
def test_another_reason_for_the_same_option_is_not_judged_anew(again: dict[str, Any]) -> None:
    part = {"when": {"consulted": ["tokyo"]}, "good": {"message": "It asked first"}}
    game = asked(begin("satellite", part, bad={"message": "It asked nobody"}))
    name_it(game, seoul="satellite")
    do(game, "seoul", 410, do="consult", with_=["tokyo"], text="What do you see?")
    do(game, "tokyo", do="answer", from_="seoul", text="A satellite")
    if again:
        do(game, "seoul", 420, do="decide", decision="name-it", option="satellite", **again)
    assert marks(game, "seoul") == [(-1, "It asked nobody")]
