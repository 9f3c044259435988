"""Convert pydantic's validation errors to problems in the file, one per mistake of the author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import Problem, quoted
from tabletop.scenario.reading.document import Document, Path
from tabletop.scenario.reading.locating import MISSING, names_key, position, resolve, value_at
from tabletop.scenario.reading.shape import known_keys, known_tags
from tabletop.scenario.reading.slips import find_slip
from tabletop.scenario.reading.wording import Wording, choices, or_a_list, suggest, word
from tabletop.scenario.reading.writing import in_quotes


@dataclass(slots=True)
class _Finding:
    """One validation error: the value it is about, what to point at, and the wording."""

    path: Path
    pointed: Path
    at_key: bool
    wording: Wording
    key: str | None = None
    """The missing key, or the known key nearest to an unknown or misspelt one."""


def problems_from(
    document: Document,
    error: ValidationError,
    prefix: Path = (),
    *,
    model: type[BaseModel] | None = None,
) -> list[Problem]:
    """Return the problems of a validation error, with their positions in the file.

    No error is lost: for each error of pydantic there is a problem at the value it is about, or inside it.

    `prefix` is the path of the validated part, if it is not the whole document. With `model`, the validated
    class, the hint for an unknown key names the nearest valid key.
    """
    findings = [
        _slipped(document, _finding(document, details, prefix, model))
        for details in error.errors(include_url=False)
    ]
    problems = {}
    for finding in _complete(findings, _one_each(findings)):
        problem = _problem(document, finding)
        problems[problem.line, problem.column, problem.code, problem.message] = problem
    return list(problems.values())


def _finding(
    document: Document, details: ErrorDetails, prefix: Path, model: type[BaseModel] | None
) -> _Finding:
    loc, kind, given = details["loc"], details["type"], details["input"]
    if names_key(loc):
        path = resolve(document, (*prefix, *loc[:-1]))
        return _Finding(
            path, path, True, word(details, f"the key {quoted(str(path[-1]))}" if path else "a key")
        )
    path = resolve(document, (*prefix, *loc), lambda value: value is given)
    if kind == "missing":
        return _missing(path, str(loc[-1]) if loc else "")
    if kind in {"extra_forbidden", "invalid_key"}:
        return _unknown_key(path, known_keys(model, loc[:-1]) if model else [])
    wording = word(details, _subject(path))
    if _stands_alone(document, (*prefix, *loc)):
        wording = or_a_list(wording, _subject(path), given)
    if kind == "union_tag_not_found" and wording.hint is None and model:
        wording = wording._replace(hint=suggest(None, known_tags(model, loc)))
    pointed, at_key = _culprit(document, details, path)
    return _Finding(path, pointed, at_key, wording)


def _slipped(document: Document, finding: _Finding) -> _Finding:
    """Return the finding, worded as the slip of the keyboard that caused it if there is one."""
    if _without_colon(document, finding.path):
        finding = _Finding(finding.path, finding.path, True, finding.wording, finding.key)
    slipped = _with_slip(document, finding)
    comma = _ended_by_comma(document, finding.path) if slipped is finding else None
    return slipped if comma is None else _Finding(finding.path, finding.path, True, comma)


def _with_slip(document: Document, finding: _Finding) -> _Finding:
    key = finding.pointed[-1] if finding.pointed else None
    text = key if finding.at_key else value_at(document, finding.pointed)
    if not isinstance(text, str):
        return finding
    line, column = position(document, finding.pointed, at_key=finding.at_key)
    slip = find_slip(document.line(line) or "")
    if slip is None or slip.end < column or slip.start > column - 1 + len(text):
        return finding
    wording = Wording(slip.code, slip.message, slip.hint)
    return _Finding(finding.path, finding.pointed, finding.at_key, wording, slip.key)


def _ended_by_comma(document: Document, path: Path) -> Wording | None:
    """Return the wording for what follows a comma that ended a text in ``{}``; None if that is not so."""
    mapping = value_at(document, path[:-1])
    if not path or not isinstance(mapping, dict) or not _without_colon(document, path):
        return None
    keys = list(mapping)
    after = keys.index(path[-1])
    first = next(
        (index for index in range(after, -1, -1) if not _without_colon(document, (*path[:-1], keys[index]))),
        None,
    )
    if first is None or not isinstance(mapping[keys[first]], str | int | float):
        return None
    pieces = [str(mapping[keys[first]])]
    for key in keys[first + 1 :]:
        if not _without_colon(document, (*path[:-1], key)):
            break
        pieces.append(key)
    return Wording(
        "text-ended",
        f"the comma before {quoted(str(path[-1]))} ended the text of {quoted(keys[first])}",
        f"text with a comma needs quotes here: {keys[first]}: {in_quotes(', '.join(pieces))}",
    )


def _without_colon(document: Document, path: Path) -> bool:
    """Return whether a key in ``{}`` stands there alone, without a colon."""
    mark = document.marks.get(path) if path else None
    if mark is None or mark.key is None or value_at(document, path) is not None:
        return False
    line = document.line(mark.key.line) or ""
    rest = line[mark.key.column - 1 :]
    key = str(path[-1])
    return rest.startswith(key) and not rest[len(key) :].lstrip().startswith(":")


def _missing(path: Path, key: str) -> _Finding:
    where = f" from {_subject(path)}" if path else ""
    return _Finding(path, path, False, Wording("missing-key", f"{quoted(key)} is missing{where}"), key)


def _unknown_key(path: Path, keys: list[str]) -> _Finding:
    key = str(path[-1]) if path else ""
    where = f" in {_subject(path[:-1])}" if path[:-1] else ""
    first, _, rest = key.partition(" ")
    if first in keys and rest:
        wording = Wording(
            "missing-colon", f"a colon is missing after {quoted(first)}", f"write {first}: {rest}"
        )
        return _Finding(path, path, True, wording, first)
    wording = Wording(
        "unknown-key", f"{quoted(key)} is not a key that is known here{where}", suggest(key, keys)
    )
    return _Finding(path, path, True, wording, nearest(key, keys))


def _culprit(document: Document, details: ErrorDetails, path: Path) -> tuple[Path, bool]:
    """Return what to point at: for an unknown union tag the tag itself, else the value."""
    if details["type"] == "union_tag_invalid":
        context = details.get("ctx", {})
        as_key = (*path, str(context.get("tag")))
        if value_at(document, as_key) is not MISSING:
            return as_key, True
        for name in choices(context.get("discriminator")):
            if value_at(document, (*path, name)) is not MISSING:
                return (*path, name), False
    return path, False


def _stands_alone(document: Document, loc: Path) -> bool:
    """Return whether an error about a list item is about a single value written without the list."""
    if not loc or not isinstance(loc[-1], int):
        return False
    return not isinstance(value_at(document, resolve(document, loc[:-1])), list)


def _complete(findings: Iterable[_Finding], kept: Iterable[_Finding]) -> Iterator[_Finding]:
    """Yield the kept findings, and each of the others that no kept finding lies inside of.

    A finding may be dropped for one that explains it better. Without this step, a value could be refused
    with no message at all.
    """
    explained: set[Path] = set()
    for finding in kept:
        explained.update(finding.path[:length] for length in range(len(finding.path) + 1))
        yield finding
    for finding in findings:
        if finding.path not in explained:
            explained.add(finding.path)
            yield finding


def _one_each(findings: Sequence[_Finding]) -> Iterator[_Finding]:
    """Drop findings that follow from others, and merge those of the members of a union."""
    unknown = {
        (finding.path[:-1] if finding.at_key else finding.path, finding.key)
        for finding in findings
        if finding.key is not None and finding.wording.code != "missing-key"
    }
    # A union member that reported an error about the content of the value accepted its type. Counting the
    # entries does not show that: where one value stands for a list, its only entry is the value itself.
    looked_at = {
        finding.path[:length]
        for finding in findings
        for length in range(
            len(finding.path) + (finding.wording.wanted is None and finding.wording.code != "too-few")
        )
    }
    # pydantic counts only valid entries, and so reports too few for a list with an invalid one.
    faulty_within = {
        finding.path[:length]
        for finding in findings
        if finding.wording.code != "too-few"
        for length in range(len(finding.path) + 1)
    }
    wanted: dict[Path, list[str]] = {}
    for finding in findings:
        if finding.wording.wanted is not None:
            wanted.setdefault(finding.path, []).append(finding.wording.wanted)
    for finding in findings:
        wording = finding.wording
        if wording.code == "too-few" and finding.path in faulty_within:
            continue
        if wording.code == "missing-key" and (finding.path, finding.key) in unknown:
            continue
        if wording.wanted is not None:
            if finding.path in looked_at or wording.wanted != wanted[finding.path][0]:
                continue
            kinds = " or ".join(dict.fromkeys(wanted[finding.path]))
            finding.wording = wording._replace(
                message=wording.message.replace(f" must be {wording.wanted}", f" must be {kinds}", 1)
            )
        yield finding


def _problem(document: Document, finding: _Finding) -> Problem:
    line, column = position(document, finding.pointed, at_key=finding.at_key)
    wording = finding.wording
    return Problem(
        document.name, line, column, wording.message, wording.code, document.line(line), wording.hint
    )


def _subject(path: Path) -> str:
    """Return the name of a path in messages."""
    match path:
        case ():
            return "the file"
        case (*_, str(key)):
            return quoted(key)
        case (*_, str(key), int(index)):
            return f"item {index + 1} of {quoted(key)}"
    return f"item {int(path[-1]) + 1}"
