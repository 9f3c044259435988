"""The report as JSON, for other programs: everything in the model, and the whole ledger.

Text is exactly as it was typed. Characters that a terminal obeys or a reader misreads are written as escapes,
so that the file is harmless to look at and still says the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from tabletop.exercise.marking import MARKING
from tabletop.plaintext import find_controls
from tabletop.report.model import AfterActionReport
from tabletop.report.model.explanation import Explanation
from tabletop.rules.ledger import LedgerEntry
from tabletop.scenario.quantities import Moment

FORMAT: Final = 1
"""Raised when a key changes its meaning or goes away."""

_NOT_WRITTEN: Final = frozenset({"day", "judges_coordination", "names", "goals", "files"})

_TOLD_IN_REASON: Final = frozenset({"why", "facts", "in_time", "judged"})
"""What an entry keeps for sentences about it."""


def render_json(report: AfterActionReport) -> str:
    """Return the whole document. Game times are strings such as ``T+36:30``, lengths of time are seconds.

    Each key of the document begins a line, and so does each item of a list: a difference between two reports
    is then a difference between lines.
    """
    body = {
        name: [_entry(entry) for entry in report.ledger] if name == "ledger" else plain(getattr(report, name))
        for name in _names(AfterActionReport)
        if name not in _NOT_WRITTEN
    }
    document = {"marking": MARKING, "format": FORMAT, **body, "end": MARKING}
    lines = (f"{_encoded(key)}: {_lines(value)}" for key, value in document.items())
    return harmless("{\n" + ",\n".join(lines) + "\n}\n")


def _entry(entry: LedgerEntry) -> dict[str, Any]:
    """Return an entry of the ledger with the keys that a score has."""
    written = {
        name: plain(getattr(entry, name)) for name in _names(LedgerEntry) if name not in _TOLD_IN_REASON
    }
    return written | {"at": str(Moment(entry.at))}


def _lines(value: object) -> str:
    """Return a value on one line, or a list with a line for each of its items."""
    if isinstance(value, list) and value:
        return "[\n " + ",\n ".join(map(_encoded, value)) + "\n]"
    return _encoded(value)


def _encoded(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


_FIELDS: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    """Return the fields of a dataclass, looked up once."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(item.name for item in fields(kind))
    return _FIELDS[kind]


def plain(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return dataclasses as objects, with their fields in the order in which they are declared."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return {name: plain(getattr(value, name)) for name in _names(type(value))}


def _number(value: float) -> str | float:
    """Return a plain number, or a game time: subclasses that know how to write themselves are for people."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Moment):
        return str(value)
    return int(value) if isinstance(value, int) or value.is_integer() else float(value)


def explanation_data(found: Explanation) -> dict[str, Any]:
    """Return an explanation for JSON, without changes where they were not looked for."""
    data: dict[str, Any] = plain(found)
    what_if = data.pop("what_if")
    if not what_if:
        del data["best"]
    for one in data["explained"]:
        del one["name"]
        if not what_if:
            del one["changes"]
    return data


def harmless(text: str) -> str:
    """Return the JSON with escapes for control characters, which mean the same in strings."""
    found = list(find_controls(text))
    if not found:
        return text
    parts, start = [], 0
    for index in found:
        parts += [text[start:index], f"\\u{ord(text[index]):04x}"]
        start = index + 1
    return "".join([*parts, text[start:]])
