"""List the keys and tags that a model accepts at an error location, for hints."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, Tag

Type: TypeAlias = Any
"""A type annotation; typing has no type for these."""

_NONE: Final = type(None)


class _Leaf(NamedTuple):
    """A member of a union, or the only type, and its tag."""

    type: Type
    tag: str | None
    word: bool = False
    """Whether it is text of a fixed form, such as an id."""


def known_keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """Return the valid keys of the mapping at an error location, as authors write them."""
    found: dict[str, None] = {}
    for leaf in _leaves_at(model, loc):
        if _is_model(leaf.type):
            found.update(dict.fromkeys(_fields(leaf.type)))
    return list(found)


def known_tags(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """Return the valid tags of the union at an error location."""
    return [leaf.tag for leaf in _leaves_at(model, loc) if leaf.tag is not None]


def takes_text(annotation: Type, loc: Sequence[str | int]) -> bool:
    """Return whether a value at a location is text for people, or may stand for a list of such texts."""
    return _has_text(_leaves_at(annotation, loc)) or takes_texts(annotation, loc)


def takes_texts(annotation: Type, loc: Sequence[str | int]) -> bool:
    """Return whether the value at a location is a list of texts for people, or a text that stands for one."""
    lists = (leaf for leaf in _leaves_at(annotation, loc) if _is_tuple(leaf.type))
    return _has_text(_inside(lists, 0))


def _has_text(leaves: Iterable[_Leaf]) -> bool:
    return any(leaf.type is str and not leaf.word for leaf in leaves)


def _leaves_at(model: Type, loc: Sequence[str | int]) -> list[_Leaf]:
    leaves = list(_leaves(model))
    for part in loc:
        leaves = _narrowed(leaves, part) or _inside(leaves, part) or leaves
    return leaves


def _leaves(annotation: Type, tag: str | None = None, *, word: bool = False) -> Iterator[_Leaf]:
    """Yield the members of an annotation, unwrapping aliases, unions, metadata and root models."""
    origin: Type = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        tags = [entry.tag for entry in metadata if isinstance(entry, Tag)]
        yield from _leaves(inner, tags[-1] if tags else tag, word=word or _has_pattern(metadata))
    elif origin is Union or origin is types.UnionType:
        for member in get_args(annotation):
            yield from _leaves(member, tag, word=word)
    elif hasattr(annotation, "__value__"):  # a type alias
        yield from _leaves(annotation.__value__, tag, word=word)
    elif isinstance(annotation, type) and origin is None and issubclass(annotation, RootModel):
        yield from _leaves(annotation.model_fields["root"].annotation, tag, word=word)
    elif annotation is not _NONE and annotation is not None:
        yield _Leaf(annotation, tag, word)


def _has_pattern(metadata: Iterable[object]) -> bool:
    """Return whether a field's metadata prescribes the form of its text."""
    return any(
        getattr(part, "pattern", None) is not None
        for entry in metadata
        for part in (entry, *getattr(entry, "metadata", ()))
    )


def _narrowed(leaves: list[_Leaf], part: str | int) -> list[_Leaf]:
    """Return the members of a union that pydantic names by this part of a location; none outside a union."""
    return [leaf for leaf in leaves if part in _names(leaf)] if len(leaves) > 1 else []


def _names(leaf: _Leaf) -> Iterator[object]:
    yield leaf.tag
    if leaf.tag is None and _is_model(leaf.type):
        yield leaf.type.__name__
        for field in leaf.type.model_fields.values():
            if get_origin(field.annotation) is Literal:
                yield from get_args(field.annotation)


def _inside(leaves: Iterable[_Leaf], part: str | int) -> list[_Leaf]:
    """Return the types valid at a key or an index of these."""
    return [inner for leaf in leaves for step in _step(leaf.type, part) for inner in _leaves(step)]


def _step(annotation: Type, part: str | int) -> list[Type]:
    if _is_model(annotation):
        field = _fields(annotation).get(part) if isinstance(part, str) else None
        return [] if field is None else [field]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if not isinstance(origin, type) or not arguments:
        return []
    if isinstance(part, str):
        return [arguments[1]] if hasattr(origin, "keys") and len(arguments) == 2 else []
    if issubclass(origin, tuple) and arguments[-1] is not Ellipsis:
        return [arguments[part]] if part < len(arguments) else []
    return [arguments[0]] if issubclass(origin, (Sequence, AbstractSet)) else []


def _fields(model: type[BaseModel]) -> dict[str, Type]:
    return {
        field.alias or name: Annotated[field.annotation, field] if field.metadata else field.annotation
        for name, field in model.model_fields.items()
    }


def _is_tuple(annotation: Type) -> bool:
    origin: Type = get_origin(annotation)
    return origin is tuple


def _is_model(annotation: Type) -> bool:
    return (
        isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, BaseModel)
    )
