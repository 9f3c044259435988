"""Five exercises as planners wrote them: each is checked, played, scored and reported in its own words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tabletop.check import check_with_cuts
from tabletop.exercise import events as e
from tabletop.exercise.apply import fold
from tabletop.exercise.events import Record
from tabletop.exercise.narration import narrate
from tabletop.exercise.state import Exercise, Stage
from tabletop.host.first_record import first_record
from tabletop.rehearsal.game import Start
from tabletop.rehearsal.tasks import play
from tabletop.report.build import build_report
from tabletop.report.rendering import RENDERERS
from tabletop.rules.describe import rules_page
from tabletop.rules.scoring import score_log
from tabletop.scenario.linking import load_scenario
from tests.report.exercises import with_clock

FOLDER = Path(__file__).parent
EXERCISES = ("hospital", "evacuation", "one-team", "discussion", "japanese")
OF_NO_CAPITAL = ("hospital", "one-team", "discussion", "japanese")
PLAYERS = ("silent", "first", "fastest", "naive", "judgement", "random")
FORMS = tuple(RENDERERS)
OF_ANOTHER = re.compile(
    r"\b(capitals?|coordinat\w+|washington|tokyo|seoul|trilateral|alliance|allies|domestic|at home)\b",
    re.I,
)


@cache
def played(word: str, player: str) -> tuple[Record, ...]:
    scenario = load_scenario(FOLDER / word / "scenario.yaml").scenario
    first = first_record(scenario, name=f"{word}-{player}", seed=7, wall="2026-05-31T09:00:00.000Z")
    records = [first]
    play(Start(first), player, 7, 1, records.append)
    return tuple(with_clock(records))


def ended(word: str, player: str) -> Exercise:
    return fold(played(word, player))


def foreign(text: str) -> set[str]:
    return {match.group().lower() for match in OF_ANOTHER.finditer(text)}


@pytest.mark.parametrize("word", EXERCISES)
def test_it_is_checked_without_a_word(word: str) -> None:
    loaded = load_scenario(FOLDER / word / "scenario.yaml")
    assert loaded.warnings == ()
    assert check_with_cuts(loaded).problems == []


@pytest.mark.parametrize("player", PLAYERS)
@pytest.mark.parametrize("word", EXERCISES)
def test_it_is_played_and_scored(word: str, player: str) -> None:
    state = ended(word, player)
    assert state.stage is Stage.ENDED
    score = score_log(played(word, player))
    kinds = {type(record.event) for record in played(word, player)}
    decides = bool(state.script.scenario.decisions) and player != "silent"
    assert (e.DecisionRecorded in kinds) == decides
    assert bool(score.ledger) == bool(state.script.scenario.decisions)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("word", EXERCISES)
def test_it_is_reported(word: str, form: str) -> None:
    report = RENDERERS[form](build_report(played(word, "random")))
    assert load_scenario(FOLDER / word / "scenario.yaml").scenario.title in report


@pytest.mark.parametrize("player", ["silent", "random"])
@pytest.mark.parametrize("form", [form for form in FORMS if form != "json"])
@pytest.mark.parametrize("word", OF_NO_CAPITAL)
def test_its_report_has_no_word_of_capitals(word: str, form: str, player: str) -> None:
    assert foreign(RENDERERS[form](build_report(played(word, player)))) == set()


@pytest.mark.parametrize("word", OF_NO_CAPITAL)
def test_its_log_and_its_rules_have_none(word: str) -> None:
    scenario = load_scenario(FOLDER / word / "scenario.yaml").scenario
    said = ["".join(text for text, _ in line) for line in rules_page(scenario)]
    said += [narrate(record.event) for record in played(word, "random")]
    assert foreign("\n".join(said)) == set()


def test_five_capitals_are_called_capitals() -> None:
    assert "capital" in RENDERERS["md"](build_report(played("evacuation", "random"))).lower()


def test_what_waits_for_a_condition_comes_when_it_became_true() -> None:
    """The list works half an hour after the last of five capitals has joined it, and only then."""
    for player in PLAYERS:
        records = played("evacuation", player)
        chosen = [
            one
            for one in records
            if isinstance(one.event, e.DecisionRecorded) and one.event.decision == "pool-lists"
        ]
        joined = len(chosen) == 5 and all(one.event.option == "one-list" for one in chosen)  # type: ignore[union-attr]
        [*out] = [
            one.at
            for one in records
            if isinstance(one.event, e.InjectReleased) and one.event.entry == "list-works"
        ]
        assert out == ([chosen[-1].at + 30 * 60] if joined else [])


@pytest.mark.parametrize("form", FORMS)
def test_japanese_reaches_the_report_as_it_was_written(form: str) -> None:
    scenario = load_scenario(FOLDER / "japanese" / "scenario.yaml").scenario
    report = RENDERERS[form](build_report(played("japanese", "naive")))
    for text in (
        scenario.title,
        *(team.name for team in scenario.teams.values()),
        *(objective.title for objective in scenario.objectives.values()),
        *(decision.title for decision in scenario.decisions.values()),
        "明るいうちに避難を始められる",
    ):
        assert text is not None
        assert text in report
