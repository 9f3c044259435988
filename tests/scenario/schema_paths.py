"""The places that the scenario format has, found by walking over a file beside what its model holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from tabletop.scenario.conditions import CONDITION_KEYS
from tabletop.scenario.reading.document import Path as DataPath
from tabletop.scenario.rules import Rule
from tabletop.scenario.schemas import KINDS, schema

SchemaPath: TypeAlias = tuple[str, ...]
"""Keys of the format; ``*`` for a word of the author's, ``[]`` for an item of a list."""

CONDITION: Final = "<condition>"
"""Stands for the whole way to a condition: it means the same wherever it stands, inside of others too."""

Key: TypeAlias = tuple[str, str]
"""A model and one of its keys."""


def schema_paths(
    data: Any,  # noqa: ANN401 - what a YAML file may hold
    held: object,
    path: DataPath = (),
    place: SchemaPath = (),
) -> Iterator[tuple[DataPath, SchemaPath]]:
    """Yield the path of each value with that of its place in the format.

    Where one value stands for a list, it is given as the only item, which the file does not have.
    """
    yield path, place
    if isinstance(held, BaseModel) and isinstance(data, dict):
        for name, field in type(held).model_fields.items():
            key = field.alias or name
            if key in data:
                inside = (*_block(held, name, place), key)
                yield from schema_paths(data[key], getattr(held, name), (*path, key), inside)
    elif isinstance(held, dict) and isinstance(data, dict):
        for word, value in data.items():
            yield from schema_paths(value, held[word], (*path, word), (*place, "*"))
    elif isinstance(held, tuple):
        for index, value in enumerate(data if isinstance(data, list) else [data]):
            yield from schema_paths(value, held[index], (*path, index), (*place, "[]"))


def keys_used(held: object) -> Iterator[Key]:
    """Yield each key that is set somewhere in what a model holds."""
    if isinstance(held, BaseModel):
        for name, field in type(held).model_fields.items():
            if name in held.model_fields_set:
                yield type(held).__name__, field.alias or name
                yield from keys_used(getattr(held, name))
    elif isinstance(held, dict | tuple):
        for value in held.values() if isinstance(held, dict) else held:
            yield from keys_used(value)


def keys_published() -> Iterator[Key]:
    """Yield each key of the published JSON Schemas, but for the top keys of the files."""
    for kind in KINDS:
        for name, definition in schema(kind)["$defs"].items():
            for key in definition.get("properties", ()):
                yield name, key


def _block(held: BaseModel, name: str, place: SchemaPath) -> SchemaPath:
    """Return the place by which the block around a key is known: each measure has some keys of its own."""
    fields = type(held).model_fields
    if len(fields) == 1 and next(field.alias or name for name, field in fields.items()) in CONDITION_KEYS:
        return (CONDITION,)
    if isinstance(held, Rule) and name not in {*Rule.model_fields, "measure"}:
        return (*place, type(held).__name__)
    return place
