"""What a measure says it looks at is all that moves it."""

from __future__ import annotations

import pytest

from tabletop.exercise.apply import apply, create
from tabletop.exercise.events import Record
from tabletop.host.first_record import first_record
from tabletop.rehearsal.game import Start
from tabletop.rehearsal.tasks import play
from tabletop.rules.scoring import measures_of
from tabletop.rules.write_ins import as_option
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tests.builders import tiny_scenario


@pytest.mark.parametrize("number", range(3))
def test_a_measure_passes_over_every_event_that_it_need_not_be_shown(number: int) -> None:
    scenario = load_scenario(find_scenario("sakishima-dawn")).scenario
    start = Start(first_record(scenario, name="x", seed=0, wall=""))
    records: list[Record] = []
    play(start, "random", 1, number, records.append)
    measures, state = measures_of(scenario), create(start.first)
    passed_over = 0
    for record in records:
        state = apply(state, record)
        seen = as_option(record, state)
        for measure in measures:
            found = measure.see(seen, state)
            if not isinstance(seen.event, measure.looks_at):
                passed_over += 1
                assert not found, (measure, seen.event)
    assert passed_over


def test_a_state_has_only_its_own_fields() -> None:
    state = create(first_record(tiny_scenario(), name="x", seed=0, wall=""))
    assert state.changed(added=3).added == 3
    assert state.added == 0
    with pytest.raises(TypeError, match="no ad"):
        state.changed(ad=3)
