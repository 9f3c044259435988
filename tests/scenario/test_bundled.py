"""The scenarios that come with the program."""

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


@pytest.mark.parametrize("name", ["sakishima-dawn", "sakishima-dawn-today"])
def test_it_loads_without_a_word(name: str) -> None:
    loaded = load_scenario(find_scenario(name))
    assert loaded.warnings == ()
    assert check(loaded) == []


def test_it_is_as_large_as_it_says(loaded: Loaded) -> None:
    scenario = loaded.scenario
    assert len(scenario.timeline) >= 28
    assert len(scenario.cards) == 14
    assert len(scenario.decisions) == 27
    assert list(scenario.teams) == ["washington", "tokyo", "seoul"]
    assert len(scenario.objectives) == 10
    assert len(scenario.probes) == 7


def test_its_codes_are_those_on_paper(loaded: Loaded) -> None:
    find = Resolver(loaded.scenario)
    for number in range(1, 15):
        assert find.card(f"K{number}")
    for code in ("T6", "S7", "W7", "J7"):
        assert find.decision(code)
    for number in range(1, 11):
        assert find.objective(f"O{number}")


def test_its_starter_is_five_decisions_a_team_on_rules_that_are_set(loaded: Loaded) -> None:
    whole, starter = loaded.scenario, loaded.cut("45").scenario
    assert check(loaded.cut("45")) == []
    assert (starter.title, starter.length) == ("Sakishima Dawn: Starter", 45 * 60)
    asked = [decision for name, decision in starter.decisions.items() if name not in starter.presets]
    assert {team: sum(team in one.team for one in asked) for team in starter.teams} == dict.fromkeys(
        starter.teams, 5
    )
    assert {whole.decisions[name].code for name in starter.presets} == {"T2", "S2", "T3"}


def test_the_code_of_a_dropped_decision_leaves_the_entry_of_the_same_id(loaded: Loaded) -> None:
    starter = loaded.cut("45").scenario
    assert loaded.scenario.decisions["city-text"].code == "S4"
    assert "city-text" not in starter.decisions
    assert [entry.id for entry in starter.timeline if entry.at == 16 * 60] == ["city-text"]


def test_a_cut_leaves_out_the_probes_that_it_names(loaded: Loaded) -> None:
    assert [probe.id for probe in loaded.cut("45").scenario.probes] == [
        "launch-minutes",
        "still-under-alert",
        "seouls-word",
    ]


def test_it_travels_in_a_log(loaded: Loaded) -> None:
    scenario = loaded.scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
