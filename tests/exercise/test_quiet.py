"""Looking only at what can have changed finds what looking at everything finds."""

from __future__ import annotations

import pytest

from tabletop.exercise.apply import apply, create
from tabletop.exercise.decide import advance
from tabletop.exercise.events import Record
from tabletop.exercise.schedule import Quiet
from tabletop.exercise.state import Exercise, InjectStatus
from tabletop.host.first_record import first_record
from tabletop.rehearsal.game import Start
from tabletop.rehearsal.tasks import play
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.scenario import Scenario


@pytest.fixture(scope="module")
def flagship() -> Scenario:
    return load_scenario(find_scenario("sakishima-dawn")).scenario


@pytest.mark.parametrize("number", range(2))
def test_what_is_due_does_not_hang_on_when_it_was_looked_at_last(flagship: Scenario, number: int) -> None:
    start = Start(first_record(flagship, name="x", seed=0, wall=""))
    records: list[Record] = []
    play(start, "random", 1, number, records.append)
    state, quiet = create(start.first).changed(seed=number), None
    looked: list[Exercise] = []
    for record in records:
        state = apply(state, record)
        due = advance(state, record.at)
        assert advance(state, record.at, quiet) == due
        if not due and state.running:
            quiet = Quiet(state, record.at)
            looked.append(state)
    assert len(looked) > 10


def test_a_state_keeps_which_entries_can_still_fall_due(flagship: Scenario) -> None:
    start = Start(first_record(flagship, name="x", seed=0, wall=""))
    records: list[Record] = []
    play(start, "naive", 1, 0, records.append)
    state = create(start.first)
    for record in records:
        state = apply(state, record)
        assert sorted(state.scheduled) == [
            place
            for place, entry in enumerate(flagship.timeline)
            if not entry.contingency and state.inject(entry.id).status is InjectStatus.SCHEDULED
        ]
        assert set(state.choosable) >= {
            key for key, asked in state.decisions.items() if asked.may_choose(record.at)
        }
