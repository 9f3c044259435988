"""The worked example of docs/scoring.md, number by number, against the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.exercise.apply import apply, create
from tabletop.exercise.events import DecisionRecorded, Record
from tabletop.host.session import Session
from tabletop.playthrough.moves import read_moves
from tabletop.playthrough.play import Playthrough
from tabletop.rules.ledger import Finding, Span
from tabletop.rules.scoring import measures_of, score_log
from tabletop.rules.worth import RULE
from tabletop.scenario.gametime import format_time
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.scenario import Scenario
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime

TEAM, OBJECTIVE = "seoul", "share"
TEXT = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")
EXAMPLE = TEXT[TEXT.index("## One score by hand") :]

Row = tuple[str, str, float, float, float]
"""Time, source, points, best, worst."""


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """The recorded game of the example."""
    path = find_scenario("sakishima-dawn")
    time = VirtualTime()
    session = Session.begin(
        MemoryLog(),
        load_scenario(path).scenario,
        name="cooperative",
        seed=0,
        time=time.source(),
        mark_every=None,
    )
    Playthrough(session, time, read_moves(path.parent / "games" / "cooperative.yaml")).run()
    return session.records


def number(text: str) -> float:
    return float(text.strip("*").replace("−", "-") or 0)


def table() -> list[list[str]]:
    """The rows of the table, the sum last, without its head."""
    lines = [line for line in EXAMPLE.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def written() -> list[Row]:
    return [
        (time, source, number(points), number(best), number(worst))
        for time, source, _, points, best, worst in table()[:-1]
    ]


def findings(records: list[Record]) -> dict[tuple[str, ...], tuple[Record, Finding]]:
    """What every measure made of the game in the end, with the record that brought it."""
    state = create(records[0])
    measures = measures_of(state.script.scenario)
    found: dict[tuple[str, ...], tuple[Record, Finding]] = {}
    for record in records[1:]:
        state = apply(state, record)
        for measure in measures:
            found.update({finding.key: (record, finding) for finding in measure.see(record, state)})
    return found


def source(key: tuple[str, ...], scenario: Scenario) -> str:
    """How the example names what a finding is about."""
    if key[0] == RULE:
        return scenario.decisions[key[1]].code or ""
    if key[0] == "told-in-time":
        return f"Told in time ({scenario.cards[key[2]].code})"
    return key[0]


def taken(records: list[Record]) -> dict[str, int]:
    """When the team took each decision, in game seconds."""
    return {
        record.event.decision: record.at
        for record in records
        if isinstance(record.event, DecisionRecorded) and record.event.team == TEAM
    }


def computed(records: list[Record]) -> Iterator[Row]:
    scenario, decided = create(records[0]).script.scenario, taken(records)
    for key, (record, finding) in findings(records).items():
        span = dict(finding.spans).get((TEAM, OBJECTIVE), Span())
        given = [one for one in finding.entries if (one.team, one.objective) == (TEAM, OBJECTIVE)]
        if given or span != Span():
            at = decided[key[1]] if key[0] == RULE else given[0].at if given else record.at
            points = sum(entry.points for entry in given)
            yield format_time(at), source(key, scenario), points, span.best, span.worst


def test_every_situation_is_in_the_table_with_its_points(records: list[Record]) -> None:
    assert sorted(written()) == sorted(computed(records))


def test_the_table_is_in_the_order_of_time() -> None:
    times = [[int(part) for part in f"{time[2:]}:0".split(":")[:2]] for time, *_ in written()]
    assert times == sorted(times)


def test_the_sums_are_those_of_the_program(records: list[Record]) -> None:
    standing = score_log(records).objective(OBJECTIVE).teams[TEAM]
    *_, points, best, worst = table()[-1]
    assert (number(points), number(best), number(worst)) == (standing.earned, standing.best, standing.worst)
    assert [sum(row[column] for row in written()) for column in (2, 3, 4)] == [  # type: ignore[misc]
        standing.earned,
        standing.best,
        standing.worst,
    ]


def test_the_arithmetic_ends_at_what_tabletop_score_prints(records: list[Record]) -> None:
    card = score_log(records)
    goal = card.objective(OBJECTIVE)
    teams = [goal.teams[team].score or 0.0 for team in goal.teams]
    results = dict(re.findall(r"^(\w+) +=.*= ([\d.]+)$", EXAMPLE, re.MULTILINE))
    assert {name: float(value) for name, value in results.items()} == {
        "score": round(goal.teams[TEAM].score or 0.0),
        "mean": round(sum(teams) / len(teams)),
        "gap": round(goal.gap),
    }
    standing = goal.teams[TEAM]
    assert (
        f"100 × ({standing.earned:g} + {-standing.worst:g}) ÷ ({standing.best:g} + {-standing.worst:g})"
        in EXAMPLE
    )
    assert str(standing.tally) in EXAMPLE


def test_the_lines_of_tabletop_score_are_quoted_as_they_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moves = find_scenario("sakishima-dawn").parent / "games" / "cooperative.yaml"
    log = str(tmp_path / "cooperative.db")
    assert main(["play", "sakishima-dawn", "--moves", str(moves), "--log", log]) == 0
    capsys.readouterr()
    assert main(["score", log]) == 0
    printed = capsys.readouterr().out.splitlines()
    first = printed.index(next(line for line in printed if line.startswith("O1 ")))
    assert "\n".join(printed[first : first + 4]) in EXAMPLE
