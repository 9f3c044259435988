"""From pydantic's errors to problems in the file: one mistake of the author's, one problem."""

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
from tabletop.scenario.reading.wording import Wording, choices, or_a_list, suggest, word


@dataclass(slots=True)
class _Finding:
    """One of pydantic's errors: the value it is about, what to point at, and what to say."""

    path: Path
    pointed: Path
    at_key: bool
    wording: Wording
    key: str | None = None
    """The key that is missing, or that an unknown one was probably meant to be."""


def problems_from(
    document: Document,
    error: ValidationError,
    prefix: Path = (),
    *,
    model: type[BaseModel] | None = None,
) -> list[Problem]:
    """Return what a model refused as problems in plain words, each with its place in the file.

    Every refusal becomes a problem here, and none gets lost: for each of pydantic's errors there is a problem
    at the value it is about or inside of it.

    `prefix` is the path of the part that was validated, when it was not the whole document. With `model`, the
    class that was validated, an unknown key is answered with the nearest valid one.
    """
    findings = [_finding(document, details, prefix, model) for details in error.errors(include_url=False)]
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


def _missing(path: Path, key: str) -> _Finding:
    where = f" from {_subject(path)}" if path else ""
    return _Finding(path, path, False, Wording("missing-key", f"{quoted(key)} is missing{where}"), key)


def _unknown_key(path: Path, keys: list[str]) -> _Finding:
    key = str(path[-1]) if path else ""
    where = f" in {_subject(path[:-1])}" if path[:-1] else ""
    wording = Wording(
        "unknown-key", f"{quoted(key)} is not a key that is known here{where}", suggest(key, keys)
    )
    return _Finding(path, path, True, wording, nearest(key, keys))


def _culprit(document: Document, details: ErrorDetails, path: Path) -> tuple[Path, bool]:
    """Return what to point at: within a block of an unknown kind, the word that says its kind."""
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
    """Say whether an error about an item of a list is about one value written in place of the list."""
    if not loc or not isinstance(loc[-1], int):
        return False
    return not isinstance(value_at(document, resolve(document, loc[:-1])), list)


def _complete(findings: Iterable[_Finding], kept: Iterable[_Finding]) -> Iterator[_Finding]:
    """Yield the findings that were kept, and each of the others that no kept one is inside of.

    A finding may be left out for one that explains it better. Should nothing explain it, what was refused
    would be missing from the exercise without a word.
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
    """Leave out what only follows from another finding, and join what the forms of a union each wanted."""
    unknown = {
        (finding.path[:-1], finding.key) for finding in findings if finding.wording.code == "unknown-key"
    }
    # A form that got as far as looking inside the value, or at what it says, agreed with its kind. To count
    # its entries is no such look: where one value stands for a list, its only entry is the value itself.
    looked_at = {
        finding.path[:length]
        for finding in findings
        for length in range(
            len(finding.path) + (finding.wording.wanted is None and finding.wording.code != "too-few")
        )
    }
    # pydantic counts only the entries that are valid, and so finds too few in a list with a faulty one.
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
    """Return what an author would call the place."""
    match path:
        case ():
            return "the file"
        case (*_, str(key)):
            return quoted(key)
        case (*_, str(key), int(index)):
            return f"item {index + 1} of {quoted(key)}"
    return f"item {int(path[-1]) + 1}"
