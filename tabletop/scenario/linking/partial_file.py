"""Validate a file part by part, so that one mistake does not hide the others.

A model is all or nothing, but an author should hear of a wrong reference in one decision even if another
decision lacks its window. So invalid parts are set aside, and the rest is linked as usual.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from tabletop.scenario.files import FORMAT
from tabletop.scenario.linking.findings import Findings, Place, problem_at
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import ProblemsFound
from tabletop.scenario.reading.document import Document
from tabletop.scenario.reading.shape import known_keys

M = TypeVar("M", bound=BaseModel)

_STAND_INS: Final[dict[str | int, object]] = {
    "format": 1,
    "id": "unnamed",
    "title": "Untitled",
    "length": "168 h",  # the maximum, so that nothing seems to lie beyond it
    "phases": [{"id": "unnamed", "title": "Untitled", "from": "T+0"}],
}
"""Placeholders for required keys that are missing or invalid, while the rest of the file is checked."""


@dataclass(frozen=True, slots=True)
class PartialFile(Generic[M]):
    """A validated file, possibly without its invalid parts."""

    document: Document
    file: M
    reduced: frozenset[str]
    """The top-level keys from which something was removed, so that what they hold is incomplete."""
    rows: dict[str, list[int]]
    """For a list from which items were removed: the file indexes of the remaining ones."""
    misspelt: frozenset[str] = frozenset()
    """The top-level keys that unknown keys were probably meant for."""

    def whole(self, *keys: str) -> bool:
        """Return whether nothing under these top-level keys was removed."""
        return self.reduced.isdisjoint(keys)

    def row(self, key: str, index: int) -> int:
        """Return the index in the file of a list item."""
        return self.rows[key][index] if key in self.rows else index

    def lost(self, key: str) -> bool:
        """Return whether a key is misspelt, or its value not a mapping; its ids are then unknown."""
        data = self.document.data
        written = isinstance(data, dict) and key in data and not isinstance(data[key], dict)
        return key in self.misspelt or written

    def keys(self, key: str) -> list[str]:
        """Return the keys of a mapping as written, including those of removed parts."""
        data = self.document.data
        mapping = data.get(key) if isinstance(data, dict) else None
        return [word for word in mapping if isinstance(word, str)] if isinstance(mapping, dict) else []


def validate(document: Document, model: type[M], findings: Findings) -> PartialFile[M] | None:
    """Validate a file, adding its problems to the findings; return None if no part of it is usable.

    Raises ProblemsFound, with that problem alone, for a file of a later format.
    """
    _refuse_later(document)
    findings.doubt(document, model)
    try:
        return PartialFile(
            document, model.model_validate(document.data, by_alias=True, by_name=False), frozenset(), {}
        )
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        faulty = [part["loc"] for part in details]
        unknown = [str(part["loc"][0]) for part in details if part["type"] == "extra_forbidden"]
        parts = dict.fromkeys(loc[:2] for loc in faulty)  # what `_without` leaves out
        findings.refuse([Place(document, loc) for loc in parts], Place(document), error, model)
    misspelt = _meant(unknown, model)
    reduced = misspelt.union(str(loc[0]) for loc in faulty if loc)
    data, rows = _without(document.data, faulty)
    try:
        return PartialFile(
            document, model.model_validate(data, by_alias=True, by_name=False), reduced, rows, misspelt
        )
    except ValidationError:
        return None


def _meant(unknown: Iterable[str], model: type[BaseModel]) -> frozenset[str]:
    """Return the keys of a model that unknown ones are nearest to."""
    keys = known_keys(model, ())
    meant = {nearest(word, keys) for word in unknown if word not in keys}
    return frozenset(key for key in meant if key is not None)


def _refuse_later(document: Document) -> None:
    data = document.data
    written = data.get("format") if isinstance(data, dict) else None
    if isinstance(written, int) and not isinstance(written, bool) and written > FORMAT:
        problem = problem_at(
            Place(document, ("format",)),
            "later-format",
            f"this is written in format {written}; this version of tabletop reads format {FORMAT}",
            hint="install a newer tabletop, or ask its author for the file in the older format",
        )
        raise ProblemsFound([problem])


def _without(data: object, faulty: list[tuple[str | int, ...]]) -> tuple[object, dict[str, list[int]]]:
    """Return the data without the items that have errors, and the file indexes of remaining list items."""
    if not isinstance(data, dict):
        return data, {}
    kept: dict[str | int, object] = dict(data)
    rows: dict[str, list[int]] = {}
    for key in {loc[0] for loc in faulty if loc} & kept.keys():
        value = kept[key]
        items = {loc[1] for loc in faulty if len(loc) > 1 and loc[0] == key}
        if (key,) in faulty or not isinstance(value, dict | list) or not items:
            del kept[key]
        elif isinstance(value, dict):
            kept[key] = {name: part for name, part in value.items() if name not in items}
        else:
            rows[str(key)] = stay = [index for index in range(len(value)) if index not in items]
            kept[key] = [value[index] for index in stay]
    for key in {loc[0] for loc in faulty if loc} & _STAND_INS.keys() - kept.keys():
        kept[key] = _STAND_INS[key]
    return kept, rows
