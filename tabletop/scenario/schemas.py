"""Generate the JSON Schema of each kind of file from the models, for validation in editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from tabletop.scenario.base import NAMES
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
            names = self.generate_inner(schema["keys_schema"]).get(NAMES)
            if names is not None:
                made[NAMES] = names
        return made


def schema(kind: str, words: Mapping[str, Iterable[str]] | None = None) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one of `KINDS`. Raises KeyError for any other word.

    With `words`, the ids of one scenario by kind, a property that names one of these can only be one of them.
    """
    title, adapter = _MODELS[kind]
    made = adapter.json_schema(by_alias=True, mode="validation", schema_generator=_Generator)
    description = made.pop("description", None)
    head = {"$schema": _Generator.schema_dialect, "title": title}
    if description is not None:
        head["description"] = description
    whole = head | {key: value for key, value in made.items() if key != "title"}
    known = {kind: list(ids) for kind, ids in (words or {}).items()}
    return cast("dict[str, Any]", _named(whole, known))


def schema_text(kind: str, words: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return the schema as published text, in a stable order so that changes show in a diff."""
    return json.dumps(schema(kind, words), indent=2, ensure_ascii=False) + "\n"


def _named(part: object, words: Mapping[str, list[str]]) -> object:
    """Return a part of a schema with the known ids in place of what only says which kind they are of."""
    if isinstance(part, list):
        return [_named(inner, words) for inner in part]
    if not isinstance(part, dict):
        return part
    made: dict[str, Any] = {key: _named(value, words) for key, value in part.items() if key != NAMES}
    kind, *reserved = part.get(NAMES, ("",))
    if kind not in words:
        return made
    known = [*words[kind], *reserved]
    if "patternProperties" in made:
        (value,) = made.pop("patternProperties").values()
        return made | {"properties": dict.fromkeys(known, value)}
    return {key: made[key] for key in ("type", "description", "default") if key in made} | {"enum": known}
