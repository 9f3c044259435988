"""Generate the JSON Schema of each kind of file from the models, for validation in editors."""

from __future__ import annotations

import json
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from tabletop.scenario.files import FrameworkFile, InjectFile, ScenarioFile

_MODELS: Final[dict[str, tuple[str, TypeAdapter[Any]]]] = {
    "scenario": ("A tabletop exercise: scenario.yaml", TypeAdapter(ScenarioFile)),
    "framework": ("What several scenarios share: frameworks/<id>.yaml", TypeAdapter(FrameworkFile)),
    "injects": ("Injects by id: injects/<topic>.yaml", TypeAdapter(InjectFile)),
}
KINDS: Final = tuple(_MODELS)
"""The kinds of files an author writes."""


class _Generator(GenerateJsonSchema):
    """Refuses keys that are not ids, as the models do, and omits titles that only repeat the key."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        if "patternProperties" in made:
            made["additionalProperties"] = False
        return made


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one of `KINDS`. Raises KeyError for any other word."""
    title, adapter = _MODELS[kind]
    made = adapter.json_schema(by_alias=True, mode="validation", schema_generator=_Generator)
    description = made.pop("description", None)
    head = {"$schema": _Generator.schema_dialect, "title": title}
    if description is not None:
        head["description"] = description
    return head | {key: value for key, value in made.items() if key != "title"}


def schema_text(kind: str) -> str:
    """Return the schema as published text, in a stable order so that changes show in a diff."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"
