"""Any part of a report as JSON: fields in their order, game times as people write them."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from tabletop.report.explaining import explain
from tabletop.report.json import explanation_data, harmless, plain
from tabletop.scenario.quantities import Level, Moment, Points, Score, Stretch
from tests.report.exercises import full_records


@dataclass(frozen=True)
class Inner:
    """A part of a part."""

    at: Moment
    after: Stretch | None
    right: bool


@dataclass(frozen=True, slots=True)
class Outer:
    """A part."""

    zulu: str
    alpha: tuple[Inner, ...]
    by: dict[str, Inner]


def test_dataclasses_keep_the_order_of_their_fields() -> None:
    one, two = Inner(Moment(90), Stretch(75), right=True), Inner(Moment(0), None, right=False)
    written = plain(Outer("last", (one, two), {"b": two}))
    assert list(written) == ["zulu", "alpha", "by"]
    assert written["alpha"] == [
        {"at": "T+1:30", "after": 75, "right": True},
        {"at": "T+0", "after": None, "right": False},
    ]
    assert written["by"]["b"] == written["alpha"][1]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Moment(3600), '"T+60"'),
        (Stretch(90), "90"),
        (Points(2), "2"),
        (Points(-0.5), "-0.5"),
        (Level(-1), "-1"),
        (Score(66.1), "66.1"),
        (Score(100.0), "100"),
        (True, "true"),
        (None, "null"),
        ("T+1", '"T+1"'),
        ((), "[]"),
    ],
)
def test_quantities(value: object, written: str) -> None:
    assert json.dumps(plain(value)) == written


def test_an_explanation_names_its_parts_as_it_always_did() -> None:
    data = explanation_data(explain(full_records()))
    assert list(data) == [
        "exercise",
        "scenario",
        "rules_version",
        "explained",
        "best",
        "to_judge",
        "decisions",
        "timed",
    ]
    first = data["explained"][0]
    assert list(first) == [
        "objective",
        "code",
        "title",
        "team",
        "score",
        "rule_score",
        "earned",
        "adjusted",
        "best",
        "worst",
        "situations",
        "well",
        "badly",
        "sentences",
        "changes",
        "judged",
    ]
    assert (first["team"], first["score"], first["earned"]) == ("washington", 100.0, 1)
    sentence = first["sentences"][0]
    assert list(sentence) == ["text", "points", "rule", "rule_title", "source", "at", "evidence"]
    assert sentence["at"] == "T+5:50"
    assert sentence["evidence"][0]["passages"][0] == {
        "kind": "inject",
        "title": "K2 “Heat signature, heading south”",
        "text": "Heat signature at the western site, heading south. Confidence moderate.",
    }
    assert first["changes"] == [
        {
            "kind": "option",
            "team": "washington",
            "subject": "D1",
            "text": "Washington had chosen “Confirm before telling anyone”",
            "before": 100.0,
            "after": 0.0,
            "here": price("share", "O1", -2),
            "elsewhere": [price("warning", "O5", -2)],
            "capital": [{"team": "washington", "name": "Washington", "capital": 1}],
        }
    ]


def price(objective: str, code: str, marks: int) -> dict[str, object]:
    """Return a price of Washington's."""
    return {
        "team": "washington",
        "name": "Washington",
        "objective": objective,
        "code": code,
        "marks": marks,
    }


def test_changes_that_were_not_looked_for_are_not_there() -> None:
    data = explanation_data(explain(full_records(), what_if=False))
    assert "best" not in data
    assert all("changes" not in one and "name" not in one for one in data["explained"])


@pytest.mark.parametrize("text", ["\x1b[31m", "a\u202eb", "\x7f\x9b", "tab\tand\nline", "\ufeff"])
def test_what_a_terminal_obeys_is_written_as_an_escape_and_means_the_same(text: str) -> None:
    written = harmless(json.dumps({"words": text}, ensure_ascii=False))
    assert json.loads(written)["words"] == text
    assert written.isprintable()
