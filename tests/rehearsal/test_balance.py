"""Whether a scenario is balanced: what is claimed, and that it holds of the flagship, in a light form.

The whole form, with 2,000 plays, is `benchmarks/rehearse.py`.
"""

from __future__ import annotations

import pytest

from tabletop.exercise.events import Record
from tabletop.host.first_record import first_record
from tabletop.rehearsal.anchors import anchors_file, read_anchors
from tabletop.rehearsal.balance import JUDGEMENT, claims
from tabletop.rehearsal.findings import Findings
from tabletop.rehearsal.game import Start
from tabletop.rehearsal.idle import idle_spans
from tabletop.rehearsal.pool import rehearse
from tabletop.rehearsal.rehearsal import Rehearsal
from tabletop.rehearsal.tally import OVERALL
from tabletop.rehearsal.tasks import Plan, play
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tests.rehearsal.test_rehearsal import first

FLAGSHIP = find_scenario("sakishima-dawn")
APART = f"Naive cooperation stays at least {JUDGEMENT} below the best found"
"""A light rehearsal climbs too short to show it: the anchors do."""


@pytest.fixture(scope="module")
def flagship() -> Rehearsal:
    return rehearse(record(), Plan(plays=60, seed=1, climbs=1, steps=50), processes=1)


def record() -> Record:
    return first_record(load_scenario(FLAGSHIP).scenario, name="x", seed=0, wall="")


def test_the_flagship_is_balanced(flagship: Rehearsal) -> None:
    assert [one for one in claims(Findings(flagship)) if not one.holds and one.text != APART] == []


def test_judgement_pays_in_the_flagship(flagship: Rehearsal) -> None:
    anchors = read_anchors(anchors_file(FLAGSHIP), flagship.scenario)
    naive = flagship.result("naive", OVERALL)
    assert anchors is not None
    assert naive is not None
    assert anchors.best.overall is not None
    assert anchors.best.overall >= naive + JUDGEMENT


def test_what_nobody_looked_for_is_not_claimed() -> None:
    """Without a climb naive cooperation may be the best found, and nothing betters it."""
    found = {
        one.text: one for one in claims(Findings(rehearse(first(), Plan(plays=10, seed=1), processes=1)))
    }
    assert not found[APART].holds
    assert not found["A change of one act betters naive cooperation"].holds


def test_a_decision_keeps_a_team_busy_to_the_end_of_its_window() -> None:
    state = play(Start(first()), "fastest", 1, 0).state
    asked = state.decisions["alert", "tokyo"]
    assert asked.decided_at == asked.presented_at == 360
    spans = idle_spans(state)["tokyo"]
    assert spans[0] == asked.presented_at
    assert sum(spans) <= state.at - asked.window
