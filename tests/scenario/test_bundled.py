"""The scenario that comes with the program."""

import pytest

from tabletop.check import check
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import Loaded, load_scenario
from tabletop.scenario.resolving import Resolver
from tabletop.scenario.scenario import Scenario

pytestmark = pytest.mark.newcomer


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load_scenario(find_scenario("sakishima-dawn"))


def test_it_loads_without_a_word(loaded: Loaded) -> None:
    assert loaded.warnings == ()
    assert check(loaded) == []


def test_it_is_as_large_as_it_says(loaded: Loaded) -> None:
    scenario = loaded.scenario
    assert len(scenario.timeline) >= 28
    assert len(scenario.cards) == 12
    assert len(scenario.decisions) == 21
    assert list(scenario.teams) == ["washington", "tokyo", "seoul"]
    assert len(scenario.objectives) == 11


def test_its_codes_are_those_on_paper(loaded: Loaded) -> None:
    find = Resolver(loaded.scenario)
    for number in range(1, 13):
        assert find.card(f"K{number}")
    for code in ("T1", "S6", "W5", "JC5"):
        assert find.decision(code)
    for number in range(1, 12):
        assert find.objective(f"O{number}")


def test_it_travels_in_a_log(loaded: Loaded) -> None:
    scenario = loaded.scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
