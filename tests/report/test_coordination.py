"""The coordination matrix: cards and how fast, consultations before what, lags between capitals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tabletop.exercise.commands import COMMAND
from tabletop.pages.text import TextPage
from tabletop.plaintext import display_width
from tabletop.report.build import build_coordination
from tabletop.report.model.coordination import Coordination, Tie
from tabletop.report.sections.ties import write_consultations, write_joint_decisions, write_matrix
from tests.builders import tiny_scenario
from tests.game import Game
from tests.harmless import has_control
from tests.report.exercises import full_records, typed_everywhere
from tests.strategies import HARD_TEXTS

Moves = Sequence[tuple[int, str, dict[str, Any]]]


def matrix(moves: Moves, **changes: Any) -> Coordination:
    game = Game(tiny_scenario(**changes)).start()
    for at, seat, fields in moves:
        game.grant(seat, COMMAND.validate_python(fields), at=at)
    return build_coordination(game.records)


def text_of(found: Coordination, width: int = 120) -> str:
    page = TextPage(width)
    write_matrix(page, found)
    write_joint_decisions(page, found)
    write_consultations(page, found)
    return page.text()


def tie(found: Coordination, by: str, to: str) -> Tie:
    (one,) = (one for one in found.ties if (one.by, one.to) == (by, to))
    return one


def share(at: int, by: str, card: str, *to: str) -> tuple[int, str, dict[str, Any]]:
    return at, by, {"do": "share", "card": card, "with": list(to)}


def test_every_ordered_pair_has_a_row() -> None:
    found = matrix([])
    assert len(found.ties) == 6
    assert all(
        (one.cards, one.asked, one.median, one.median_answer) == (0, 0, None, None) for one in found.ties
    )


def test_minutes_count_from_the_givers_receipt_and_a_repeated_card_counts_once() -> None:
    # `track` came at T+5 with two minutes to share it, `flash` at T+6 with five.
    found = matrix(
        [
            share(420, "washington", "track", "tokyo"),
            share(421, "washington", "track", "seoul"),
            share(430, "seoul", "flash", "washington", "tokyo"),
            share(450, "tokyo", "track", "seoul"),
            (460, "washington", {"do": "share", "card": "flash", "with": ["tokyo"], "sanitised": True}),
        ]
    )
    given = tie(found, "washington", "tokyo")
    assert [(one.code, one.after, one.within) for one in given.handovers] == [
        ("C1", 120, True),
        ("C2", 30, True),
    ]
    assert (given.cards, given.within, given.median) == (2, 2, 75)
    late = tie(found, "washington", "seoul")
    assert (late.cards, late.within, late.median) == (1, 0, 121)
    # Tokyo had the track at T+7 and passed it on half a minute later.
    assert [one.after for one in tie(found, "tokyo", "seoul").handovers] == [30]


def test_consultations_asked_answered_and_never_answered() -> None:
    found = matrix(
        [
            (310, "washington", {"do": "consult", "with": ["tokyo", "seoul"], "text": "Do you see it?"}),
            (350, "tokyo", {"do": "answer", "from": "washington", "text": "No"}),
            (360, "washington", {"do": "consult", "with": ["tokyo"], "text": "And now?"}),
            (380, "tokyo", {"do": "answer", "from": "washington", "text": "Yes"}),
            (400, "washington", {"do": "decide", "decision": "push-track", "option": "confirm-first"}),
            (410, "washington", {"do": "consult", "with": ["tokyo"], "text": "What next?"}),
        ]
    )
    asked = tie(found, "washington", "tokyo")
    assert (asked.asked, asked.answered, asked.unanswered, asked.median_answer) == (3, 2, 1, 30)
    never = tie(found, "washington", "seoul")
    assert (never.asked, never.answered, never.unanswered, never.median_answer) == (1, 0, 1, None)
    before = [one.before for one in asked.askings]
    assert [(act.what, act.at, act.public) if act else None for act in before] == [
        ("decided D1 Share the first track", 400, False),
        ("decided D1 Share the first track", 400, False),
        None,
    ]


def test_what_a_consultation_came_before_may_be_words_in_public() -> None:
    found = matrix(
        [
            (10, "tokyo", {"do": "consult", "with": ["seoul"], "text": "May we?"}),
            (20, "seoul", {"do": "state", "text": "Hear us first"}),
            (30, "tokyo", {"do": "state", "text": "Hear us"}),
        ]
    )
    (asking,) = tie(found, "tokyo", "seoul").askings
    assert asking.before is not None
    assert (asking.before.what, asking.before.at, asking.before.public) == ("spoke in public", 30, True)


def test_a_consultation_that_an_option_stands_for_came_before_that_decision() -> None:
    found = matrix([(330, "washington", {"do": "decide", "decision": "push-track", "option": "both"})])
    (asking,) = tie(found, "washington", "seoul").askings
    assert (asking.implied, asking.answered) == (True, 0)
    assert asking.before is not None
    assert asking.before.what == "decided D1 Share the first track"
    assert (tie(found, "washington", "seoul").asked, tie(found, "washington", "seoul").implied) == (0, 1)


ALERT = (400, "tokyo", {"do": "decide", "decision": "alert", "option": "okinawa"})


def named(at: int, team: str) -> tuple[int, str, dict[str, Any]]:
    return at, team, {"do": "decide", "decision": "name-it", "option": "missile"}


def test_the_lag_between_capitals_runs_from_the_first_to_the_last() -> None:
    found = matrix([ALERT, named(410, "seoul"), named(470, "washington"), named(655, "tokyo")])
    (joint,) = found.joint
    assert (joint.name, joint.put, joint.lag, joint.missing) == ("D3 Name the object", 400, 245, ())
    assert [(one.team, one.after, one.late) for one in joint.answers] == [
        ("seoul", 10, False),
        ("washington", 70, False),
        ("tokyo", 255, True),
    ]


def test_who_did_not_decide_is_named_and_one_answer_makes_no_lag() -> None:
    (joint,) = matrix([ALERT, named(410, "seoul"), (700, "facilitator", {"do": "endex"})]).joint
    assert (joint.lag, joint.missing) == (None, ("washington", "tokyo"))
    (nobody,) = matrix([ALERT, (700, "facilitator", {"do": "endex"})]).joint
    assert (nobody.answers, len(nobody.missing)) == ((), 3)


def test_a_question_to_one_team_is_no_joint_decision() -> None:
    assert (
        matrix([(330, "washington", {"do": "decide", "decision": "push-track", "option": "both"})]).joint
        == ()
    )


def test_the_table() -> None:
    lines = text_of(
        matrix(
            [
                share(420, "washington", "track", "tokyo"),
                (425, "washington", {"do": "consult", "with": ["tokyo"], "text": "And?"}),
                (455, "tokyo", {"do": "answer", "from": "washington", "text": "Yes"}),
                (460, "tokyo", {"do": "decide", "decision": "alert", "option": "okinawa"}),
                named(470, "seoul"),
                named(480, "tokyo"),
            ]
        )
    ).splitlines()
    assert " ".join(lines[2].split()) == "Washington Tokyo 1 1 2 min 2 1 1 30 s 0"
    assert lines[12:16] == [
        "Decisions put to several teams",
        "Decision            Put at  Decided, the first to the last   Lag  Did not decide",
        "D3 Name the object  T+7:40  Seoul T+7:50: missile           10 s  Washington",
        "                            Tokyo T+8: missile",
    ]
    assert lines[17:] == [
        "Consultations",
        "Time    Asked by    Asked  About, and answers",
        "T+7:05  Washington  Tokyo  [12] “And?” – Tokyo, after 30 s: “Yes”",
    ]


def test_columns_are_aligned_by_the_cells_they_take() -> None:
    teams = {
        "washington": {"name": "ワシントン"},
        "tokyo": {"name": "東京"},
        "seoul": {"name": "서울"},
    }
    lines = text_of(matrix([], teams=teams)).splitlines()[1:8]
    columns = {display_width(line[: line.index("–") + 1]) for line in lines[1:]}
    assert len(columns) == 1


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_no_text_that_people_typed_can_harm_a_screen(text: str) -> None:
    assert not has_control(text_of(build_coordination(typed_everywhere(text))))


def test_figures_agree_with_one_another_in_a_game_with_something_of_everything() -> None:
    for one in build_coordination(full_records()).ties:
        assert one.cards == len(one.handovers) >= one.within
        assert one.asked == one.answered + one.unanswered
        assert one.asked + one.implied == len(one.askings)
