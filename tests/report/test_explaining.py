"""The ledger in sentences: what is said, in which order, and what each leads to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from tabletop.exercise import events as e
from tabletop.exercise.commands import COMMAND
from tabletop.pages.text import TextPage
from tabletop.plaintext import display_width
from tabletop.report.explaining import explain
from tabletop.report.json import explanation_data
from tabletop.report.model.explanation import ExplainedScore, Explanation, Sentence
from tabletop.report.parts.sentences import spoken
from tabletop.report.sections.explanation import write_explanation
from tabletop.report.words import NOTHING_MOVED
from tests.builders import tiny_scenario
from tests.game import Game
from tests.harmless import has_control
from tests.report.exercises import full_records, typed_everywhere
from tests.rules.kinds.test_same_label import LABEL
from tests.rules.measured import measured_scenario
from tests.strategies import HARD_TEXTS

Moves = Sequence[tuple[int, str, dict[str, Any]]]


def played(moves: Moves, *rules: dict[str, Any]) -> Game:
    game = Game(tiny_scenario(rules=list(rules))).start()
    for at, seat, fields in moves:
        game.grant(seat, COMMAND.validate_python(fields), at=at)
    return game


def both(at: int, **more: Any) -> tuple[int, str, dict[str, Any]]:
    return at, "washington", {"do": "decide", "decision": "push-track", "option": "both", **more}


def text_of(found: Explanation, width: int = 100) -> str:
    page = TextPage(width)
    write_explanation(page, found)
    return page.text()


def reckoning(game: Game, team: str = "washington", objective: str = "share") -> ExplainedScore:
    (found,) = explain(game.records, team=team, objective=objective, what_if=False).explained
    return found


def said(game: Game, team: str = "washington", objective: str = "share") -> list[str]:
    return [sentence.text for sentence in reckoning(game, team, objective).sentences]


def test_a_decision_that_was_missed_has_the_time_that_the_log_has() -> None:
    game = played([(310, "facilitator", {"do": "endex"})], LABEL)
    [lapsed] = [record for record in game.records if isinstance(record.event, e.DecisionLapsed)]
    [missed] = [one for one in reckoning(game).judged if one.what == "nothing was decided"]
    assert missed.at == lapsed.at
    assert lapsed.at < game.state.decisions["push-track", "washington"].due


CHOSE = (
    "Washington, Timely warning data, {}: at {} it chose “Voice and data to both at once” "
    "for “Share the first track”, {}."
)


@pytest.mark.parametrize(
    ("at", "points", "time", "window"),
    [
        (330, "+1", "T+5:30", "one minute and 30 seconds inside its window"),
        (420, "+1", "T+7", "in the last second of its window"),
        (421, "no mark", "T+7:01", "one second after its window, too late for its +1 to count"),
        (
            500,
            "no mark",
            "T+8:20",
            "one minute and 20 seconds after its window, too late for its +1 to count",
        ),
    ],
)
def test_an_option_is_told_with_how_it_stood_to_its_window(
    at: int, points: str, time: str, window: str
) -> None:
    assert CHOSE.format(points, time, window) in said(played([both(at)]))


def test_what_a_rule_of_the_scenario_gave_is_told_with_the_name_of_the_question() -> None:
    moves = [
        (400, "tokyo", {"do": "decide", "decision": "alert", "option": "okinawa"}),
        *(
            (410, team, {"do": "decide", "decision": "name-it", "option": "missile"})
            for team in ("tokyo", "seoul")
        ),
        (420, "washington", {"do": "decide", "decision": "name-it", "option": "missile"}),
    ]
    assert said(played(moves, LABEL), "seoul", "message") == [
        "Seoul, Message consistency, +1: at T+6:50 it chose “A ballistic missile” for “Name the object”, "
        "three minutes and 50 seconds inside its window.",
        "Seoul, Message consistency, +1: at T+7, on “Name the object”, all teams used one label (missile).",
    ]


def test_lapsed_adjusted_and_a_condition_that_held() -> None:
    lapsed = played([(540, "facilitator", {"do": "lapse", "decision": "push-track"})])
    assert said(lapsed) == [
        "Washington, Timely warning data, −1: at T+9 it had decided nothing on “Share the first track”, "
        "two minutes after its window (closed by exercise control)."
    ]
    adjust = {
        "do": "adjust",
        "team": "washington",
        "objective": "share",
        "points": -0.5,
        "reason": "Asked twice.",
    }
    assert said(played([both(330), (340, "evaluator", adjust)]))[-1] == (
        "Washington, Timely warning data, −0.5: at T+5:40 the evaluator adjusted it, because “Asked twice”."
    )
    bonus = {
        "id": "f1",
        "title": "Both were told",
        "measure": "bonus",
        "when": {"shared": "track"},
        "points": {"washington": {"share": 1}},
    }
    later = (500, "tokyo", {"do": "state", "text": "Hear us"})
    game = played([both(330), later], bonus)
    assert (
        said(game)[-1] == "Washington, Timely warning data, +1: from T+5:30 on this was so: Both were told."
    )


def test_sentences_stand_by_weight_and_then_by_time() -> None:
    for found in explain(full_records()).explained:
        weights = [(-abs(sentence.points), sentence.at) for sentence in found.sentences]
        assert weights == sorted(weights)


def test_each_sentence_leads_to_the_words_that_were_on_the_table() -> None:
    (sentence,) = reckoning(played([both(330, rationale="Speed counts.")])).sentences
    asked, decided, *_ = sentence.evidence
    assert (asked.who, asked.at, asked.what) == (
        "Washington",
        300,
        "was asked to decide D1 “Share the first track” by T+7",
    )
    assert [(one.kind, one.title, one.text) for one in asked.passages] == [
        (
            "inject",
            "K2 “Heat signature, heading south”",
            "Heat signature at the western site, heading south. Confidence moderate.",
        ),
        ("question", "D1 “Share the first track”", "Whom do you tell, and when?"),
    ]
    assert [(one.kind, one.text) for one in decided.passages] == [
        ("option", "Voice and data to both at once"),
        ("rationale", "Speed counts."),
    ]
    assert decided.at == 330


def test_every_rule_can_be_told_and_every_kind_of_evidence_shown() -> None:
    game = Game(measured_scenario()).start()
    for at, seat, fields in (
        (330, "washington", {"do": "share", "card": "track", "with": ["tokyo"]}),
        (340, "tokyo", {"do": "share", "card": "track", "with": ["seoul"]}),
        (350, "washington", {"do": "consult", "with": ["tokyo", "seoul"], "text": "May we?"}),
        (350, "tokyo", {"do": "answer", "from": "washington", "text": "Yes"}),
        (350, "seoul", {"do": "answer", "from": "washington", "text": "Yes"}),
        both(360),
        (370, "washington", {"do": "state", "text": "Go", "area": "islands", "says": "shelter"}),
        (380, "seoul", {"do": "state", "text": "Stay", "area": "islands", "says": "all-clear"}),
        (390, "tokyo", {"do": "decide", "decision": "alert", "option": "okinawa"}),
        (400, "tokyo", {"do": "decide", "decision": "name-it", "option": "missile"}),
        (400, "seoul", {"do": "decide", "decision": "name-it", "option": "satellite"}),
        (400, "washington", {"do": "state", "text": "It was one", "label": "missile", "about": "name-it"}),
        (420, "facilitator", {"do": "lapse", "decision": "name-it"}),
        (500, "facilitator", {"do": "gate"}),
        (500, "facilitator", {"do": "phase"}),
        (700, "facilitator", {"do": "endex"}),
    ):
        game.grant(seat, COMMAND.validate_python(fields), at=at)
    explanation = explain(game.records)
    sentences: list[Sentence] = [one for found in explanation.explained for one in found.sentences]
    assert {one.rule for one in sentences} >= {
        "x4",
        "x5",
        "x6",
        "x9",
        "f1",
        "f4",
        "prompt",
        "option",
    }
    kinds = {passage.kind for one in sentences for exhibit in one.evidence for passage in exhibit.passages}
    assert kinds >= {"inject", "question", "option", "card", "consultation", "answer", "statement"}
    words = {exhibit.what for one in sentences for exhibit in one.evidence}
    assert {
        "ENDEX: play ended",
        "phase “Launch” ended; the clock stands at the gate",
        "answered Washington",
    } <= words
    assert not any("-" in exhibit.what.split()[0] for one in sentences for exhibit in one.evidence)


def test_what_would_have_changed_it_stands_with_its_score() -> None:
    lines = text_of(explain(played([both(421)]).records, team="washington", objective="share")).splitlines()
    assert "Washington: 0 of 1 situation went well" in "\n".join(lines)
    at = lines.index("What would have changed it")
    assert lines[at + 1 : at + 4] == [
        "  - If Washington had decided the same by T+7 (D1): +1 here (O1), +1 O5",
        "  - What saved it: if Washington had chosen “Confirm before telling anyone” (D1): −1 here (O1), −1",
        "    O5, capital +1",
    ]


def test_only_what_was_asked_for() -> None:
    records = full_records()
    assert {one.team for one in explain(records, team="seoul", what_if=False).explained} == {"seoul"}
    assert {one.objective for one in explain(records, objective="share", what_if=False).explained} == {
        "share"
    }
    assert not explain(records, objective="legal", what_if=False).explained
    assert NOTHING_MOVED in text_of(explain(records, objective="legal"))
    assert "What would have changed it" not in text_of(explain(records, what_if=False))


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_no_text_that_people_typed_can_harm_a_screen_or_break_the_layout(text: str) -> None:
    explanation = explain(typed_everywhere(text), what_if=False)
    shown = text_of(explanation, width=60)
    assert not has_control(shown)
    assert all(display_width(line) <= 60 for line in shown.splitlines())
    json.dumps(explanation_data(explanation))


def test_the_data_says_what_the_text_says() -> None:
    explanation = explain(full_records())
    data = explanation_data(explanation)
    assert [one["sentences"] for one in data["explained"]] != []
    for found, told in zip(explanation.explained, data["explained"], strict=True):
        assert told["score"] == found.score
        assert [one["text"] for one in told["sentences"]] == [one.text for one in found.sentences]
        assert len(told["changes"]) <= 3
    assert "changes" not in explanation_data(explain(full_records(), what_if=False))["explained"][0]


def test_a_log_that_creates_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="creates the exercise"):
        explain(full_records()[1:])


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "one second"),
        (60, "one minute"),
        (90, "one minute and 30 seconds"),
        (7265, "two hours, one minute and five seconds"),
    ],
)
def test_lengths_are_written_as_they_are_said(seconds: int, words: str) -> None:
    assert spoken(seconds) == words


def test_the_authors_reason_stands_with_the_point_it_gave_and_with_the_one_that_silence_cost() -> None:
    decisions = tiny_scenario().model_dump(mode="json")["decisions"]
    decisions["push-track"]["options"]["both"] |= {"good": {"share": "Both hear it in time."}, "effects": {}}
    decisions["push-track"]["none"] = {"bad": {"share": "Nobody was told"}}
    scenario = tiny_scenario(decisions=decisions)
    chosen, silent = Game(scenario).start(), Game(scenario).start()
    at, seat, fields = both(330)
    chosen.grant(seat, COMMAND.validate_python(fields), at=at)
    silent.grant("facilitator", COMMAND.validate_python({"do": "endex"}), at=600)
    (gave,), (cost,) = said(chosen), said(silent)
    assert gave.startswith("Washington, Timely warning data, +1: at T+5:30 it chose")
    assert gave.endswith("inside its window. Why: Both hear it in time.")
    assert cost.endswith("Why: Nobody was told.")
