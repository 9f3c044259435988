"""What each kind of event is told as, where a point rests on it."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.report.parts.evidence import Evidence
from tests.game import Game
from tests.report.sections.saying import Move, decide, game

ASK: Move = (
    310,
    "washington",
    {"do": "consult", "with": ["tokyo"], "about": "push-track", "text": "May we?"},
)


def told(played: Game, kind: str) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Who did what in which words, for every event of a kind."""
    evidence = Evidence(played.records, played.state.script.scenario)
    numbers = [record.seq for record in played.records if record.event.type == kind]
    return [
        (one.who, one.what, [(part.kind, part.title, part.text) for part in one.passages])
        for number in numbers
        for one in evidence.exhibits([number])
    ]


def only(played: Game, kind: str) -> tuple[str, str, list[tuple[str, str, str]]]:
    (one,) = told(played, kind)
    return one


def test_a_decision_stands_with_its_inject_its_question_and_its_reason() -> None:
    who, what, passages = only(
        game(decide(500, "washington", "push-track", "both", rationale="Late, but sure."), until=510),
        "decision-recorded",
    )
    assert (who, what) == ("Washington", "decided D1 “Share the first track”, after the window")
    assert [kind for kind, _, _ in passages] == ["inject", "question", "option", "rationale"]
    assert passages[2:] == [
        ("option", "D1a", "Voice and data to both at once"),
        ("rationale", "", "Late, but sure."),
    ]


def test_a_question_is_shown_once_however_many_events_are_about_it() -> None:
    played = game(decide(330, "washington", "push-track", "both"), until=340)
    evidence = Evidence(played.records, played.state.script.scenario)
    numbers = [r.seq for r in played.records if r.event.type in {"decision-presented", "decision-recorded"}]
    kinds = [part.kind for one in evidence.exhibits(numbers) for part in one.passages]
    assert kinds.count("question") == 1


def test_an_inject_is_shown_as_its_reader_read_it() -> None:
    played = game(
        decide(330, "washington", "push-track", "both"),
        decide(400, "tokyo", "alert", "quiet"),
        until=410,
    )
    words = {title: text for _, what, parts in told(played, "decision-presented") for _, title, text in parts}
    assert words["K3 “A vessel reports a flash”"] == "A fishing vessel saw a flash to the west."
    assert "The place fits the track." not in words["K3 “A vessel reports a flash”"], "that was for Seoul"


def test_a_lapse_says_why() -> None:
    lapse: Move = (540, "facilitator", {"do": "lapse", "decision": "push-track"})
    _, what, passages = only(game(lapse, until=None), "decision-lapsed")
    assert what == "took no decision on D1 “Share the first track”: closed by exercise control"
    assert [kind for kind, _, _ in passages] == ["inject", "question"]


def test_cards_had_and_given() -> None:
    share = {"do": "share", "card": "track", "with": ["tokyo", "seoul"], "sanitised": True}
    played = game((320, "washington", share), until=330)
    assert told(played, "card-received")[0][:2] == ("Washington", "received the card C1 “First track”")
    who, what, passages = only(played, "card-shared")
    assert (who, what) == (
        "Washington",
        "shared the card C1 “First track” with Tokyo and Seoul, in clean form",
    )
    assert passages == [("card", "C1 “First track”", "An object is heading south.")]
    through = only(game(decide(320, "washington", "push-track", "both"), until=330), "card-shared")[1]
    assert through.endswith("with Tokyo and Seoul, by its decision D1 “Share the first track”")


def test_consultations_and_their_answers() -> None:
    answer = (320, "tokyo", {"do": "answer", "from": "washington", "text": "Yes"})
    played = game(ASK, answer, until=330)
    assert only(played, "consult-requested") == (
        "Washington",
        "consulted Tokyo about D1 “Share the first track”",
        [("consultation", "", "May we?")],
    )
    assert only(played, "consult-answered") == (
        "Tokyo",
        "answered Washington",
        [("consultation", "", "May we?"), ("answer", "", "Yes")],
    )


def test_a_consultation_that_an_option_stands_for() -> None:
    played = game(decide(320, "washington", "push-track", "both"), until=330)
    assert only(played, "consult-implied")[1] == (
        "consulted Tokyo and Seoul as part of its decision D1 “Share the first track”"
    )


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({}, "spoke in public"),
        ({"label": "satellite"}, "spoke in public under the label satellite"),
        (
            {"area": "ships", "says": "KEEP CLEAR"},
            "spoke in public, with advice to the public (“ships: KEEP CLEAR”)",
        ),
    ],
)
def test_statements(fields: dict[str, Any], what: str) -> None:
    played = game((20, "tokyo", {"do": "state", "text": "We watch.", **fields}), until=30)
    assert only(played, "statement-made") == ("Tokyo", what, [("statement", "", "We watch.")])


def test_the_course_of_the_exercise_and_judgements() -> None:
    played = game(until=None)
    played.grant("facilitator", c.Gate(), at=600)
    played.grant("evaluator", c.Adjust(team="tokyo", objective="warning", points=1, reason="Quick"))
    played.grant("facilitator", c.Endex())
    assert only(played, "gate-reached")[1] == "phase “Launch” ended; the clock stands at the gate"
    assert only(played, "exercise-ended")[:2] == ("", "ENDEX: play ended")
    assert only(played, "score-adjusted") == (
        "An evaluator",
        "adjusted Tokyo's score on Accurate public warning by +1",
        [("reason", "", "Quick")],
    )
