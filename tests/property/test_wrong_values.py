"""Whatever stands where something else belongs, what was written is loaded whole or reported at its place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tabletop.scenario.files import FrameworkFile, ScenarioFile
from tabletop.scenario.library import find_framework, find_scenario
from tabletop.scenario.reading import read_document
from tabletop.scenario.reading.document import Path as DataPath
from tests.attachments import PNG
from tests.scenario.parts import loaded_parts, written_parts
from tests.scenario.replacing import REPLACEMENTS, ScenarioFolder, held_by_model, model_of, same
from tests.scenario.schema_paths import SchemaPath, keys_published, keys_used, schema_paths

CONSTRUCTS: Final = Path(__file__).parents[1] / "scenario" / "every-construct"
SCENARIO: Final = "scenario.yaml"
FRAMEWORK: Final = "frameworks/coast.yaml"
INJECTS: Final = "injects/reports.yaml"

TOP_KEYS: Final = [
    *((SCENARIO, field.alias or name) for name, field in ScenarioFile.model_fields.items()),
    *((FRAMEWORK, name) for name in FrameworkFile.model_fields),
    (INJECTS, "harbour-report"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ScenarioFolder:
    others = [CONSTRUCTS / name for name in (FRAMEWORK, INJECTS)]
    folder = tmp_path_factory.mktemp("replaced")
    (folder / "slick.png").write_bytes(PNG)
    return ScenarioFolder(folder, CONSTRUCTS / SCENARIO, *others)


def places_of(name: str, data: object) -> dict[SchemaPath, DataPath]:
    """Return each place of the format that a file fills, with the first value that fills it."""
    held = model_of(name).validate_python(data)
    places: dict[SchemaPath, DataPath] = {}
    for path, place in schema_paths(data, held):
        places.setdefault(place, path)
    return places


def test_the_scenario_uses_every_key_of_the_format(folder: ScenarioFolder) -> None:
    used = {
        key for name, data in folder.files.items() for key in keys_used(model_of(name).validate_python(data))
    }
    top = {
        (model.__name__, field.alias or name)
        for model in (ScenarioFile, FrameworkFile)
        for name, field in model.model_fields.items()
    }
    assert {*keys_published(), *top} - used == set()


def test_the_flagship_has_no_place_that_the_scenario_lacks(folder: ScenarioFolder) -> None:
    flagship = find_scenario("sakishima-dawn")
    framework = find_framework(flagship, "trilateral")
    assert framework is not None
    for name, file in ((SCENARIO, flagship), (FRAMEWORK, framework)):
        theirs = places_of(name, read_document(file).data)
        assert theirs.keys() - places_of(name, folder.files[name]).keys() == set()


def test_what_is_written_is_what_is_loaded(folder: ScenarioFolder) -> None:
    assert written_parts(folder.files) == loaded_parts(folder.scenario())
    for name, data in folder.files.items():
        assert same(data, held_by_model(name, data))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "key"), TOP_KEYS)
def test_s1_1_each_wrong_value_is_reported_or_loaded_whole(
    name: str, key: str, folder: ScenarioFolder
) -> None:
    paths = [path for path in places_of(name, folder.files[name]).values() if path[:1] == (key,)]
    found = [folder.replace(name, path, value) for path in paths for value in REPLACEMENTS]
    assert found
    assert [str(one) for one in found if one.outcome == "fault"] == []


@pytest.mark.parametrize("name", [SCENARIO, FRAMEWORK, INJECTS])
@pytest.mark.parametrize("value", REPLACEMENTS, ids=repr)
def test_s1_1_a_file_of_one_wrong_value_is_refused(name: str, value: object, folder: ScenarioFolder) -> None:
    assert folder.replace(name, (), value).outcome == "reported"
