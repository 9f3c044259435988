"""The published JSON Schemas are those of the models, and say what the models say."""

import json
from pathlib import Path

import pytest

from tabletop.scenario.schemas import KINDS, schema, schema_text

pytestmark = pytest.mark.newcomer

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema"


@pytest.mark.parametrize("kind", KINDS)
def test_the_published_copy_is_not_stale(kind: str) -> None:
    path = PUBLISHED / f"{kind}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(kind), (
        f"run: tabletop schema --for {kind} > docs/schema/{path.name}"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_is_json_of_the_draft_it_names(kind: str) -> None:
    assert json.loads(schema_text(kind))["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_keys_are_written_as_authors_write_them() -> None:
    assert {"hot-wash", "ground-rules"} <= schema("scenario")["properties"].keys()
    assert "from" in schema("injects")["$defs"]["Inject"]["properties"]


def test_one_value_may_stand_for_a_list() -> None:
    to = schema("injects")["$defs"]["Inject"]["properties"]["to"]
    assert [form.get("type") for form in to["anyOf"]] == ["string", "array"]


def test_a_card_may_stand_alone() -> None:
    shares = schema("scenario")["$defs"]["Option"]["properties"]["shares"]["anyOf"][1]["items"]
    assert [form.get("type") for form in shares["anyOf"]] == ["string", None]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described(kind: str) -> None:
    made = schema(kind)
    parts = {"the file": made, **made["$defs"]}
    silent = [
        f"{key} of {name}"
        for name, part in parts.items()
        for key, said in part.get("properties", {}).items()
        if not said.get("description")
    ]
    assert silent == []


def test_unknown_keys_and_odd_ids_are_refused() -> None:
    made = schema("scenario")
    assert made["additionalProperties"] is False
    assert made["properties"]["decisions"]["additionalProperties"] is False
