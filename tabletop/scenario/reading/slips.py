"""Recognise slips of the keyboard, of an input method and of a word processor, and mend the line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from tabletop.scenario.problems import shortened
from tabletop.scenario.reading.writing import in_quotes

_SPACES: Final = "\u00a0\u2000-\u200a\u202f\u3000"
"""Spaces that YAML takes for letters."""
_START: Final = rf"(?P<start>^[ {_SPACES}]*(?:- +)*|[{{,] *)"
_KEY: Final = r"(?P<key>[A-Za-z][\w-]*)"
_MOST_SHOWN: Final = 200
_MOST_ABOVE: Final = 50
_NAMES: Final = {
    "\u00a0": "no-break space",
    "\u202f": "no-break space",
    "\u3000": "full-width space",
    "\u2013": "en dash",
    "\u2014": "em dash",
    "\u2212": "minus sign",
    "\uff0d": "full-width hyphen",
    "\u2022": "bullet",
}


class Slip(NamedTuple):
    """What is wrong in a line, from one character to another, and what to write."""

    start: int
    end: int
    at: int
    """The character to point at, counted from 0 as the other two are."""
    code: str
    message: str
    hint: str
    key: str | None = None
    """The key that begins there once the line is mended."""


class _Kind(NamedTuple):
    """One kind of slip: how it looks, how it is mended, and what is said about it."""

    pattern: re.Pattern[str]
    mend: Callable[[re.Match[str]], str]
    code: str
    message: Callable[[re.Match[str]], str]


def find_slip(line: str) -> Slip | None:
    """Return the first slip of a line, with the line after all its slips are mended."""
    first: tuple[re.Match[str], _Kind] | None = None
    mended = line
    for kind in _KINDS:
        found = kind.pattern.search(line)
        if found is not None and (first is None or found.start() < first[0].start()):
            first = found, kind
        mended = kind.pattern.sub(kind.mend, mended)
    if first is None:
        return None
    match, kind = first
    start, end = match.span()
    at = next((index for index in range(start, end) if not line[index].isascii()), end - 1)
    hint = f"write: {shortened(mended.strip(), _MOST_SHOWN)}"
    key = _FIRST_KEY.match(mended[start:])
    return Slip(start, end, at, kind.code, kind.message(match), hint, key[1] if key else None)


def find_slip_above(lines: Sequence[str], line: int) -> tuple[int, Slip] | None:
    """Return the slip that may have made a line unreadable, and its line: there, or in the text above.

    Lines are counted from 0. The search ends at the first key above that is written as it should be.
    """
    for number in range(line, max(line - _MOST_ABOVE, -1), -1):
        text = lines[number] if number < len(lines) else ""
        slip = find_slip(text) or (_cut(text) if number < line else None)
        if slip is not None:
            return number, slip
        if number < line and _WELL_FORMED.match(text):
            return None
    return None


def find_cut_bracket(lines: Sequence[str], first: int, last: int) -> tuple[int, Slip] | None:
    """Return the comment that took a closing bracket with it, from one line, counted from 0, to another."""
    for number in range(first, min(last + 1, len(lines))):
        found = _CUT_BRACKET.search(lines[number])
        if found is not None:
            text, rest = _to_next_key(lines[number][found.start("text") : found.end("lost")])
            mended = f"{lines[number][: found.start('text')]}{in_quotes(text)}{rest}{found['closing']}"
            message = "an unquoted # after a space begins a comment, and the closing bracket is in it"
            hint = f"write: {shortened(mended.strip(), _MOST_SHOWN)}"
            return number, Slip(*found.span("lost"), found.start("lost"), "text-cut", message, hint)
    return None


def _to_next_key(text: str) -> tuple[str, str]:
    """Return what stands before the next key of a text in braces, and the rest from the comma on."""
    found = _NEXT_KEY.search(text)
    return (text[: found.start()], text[found.start() :]) if found is not None else (text, "")


def plain_number(text: str) -> str | None:
    """Return a number written with typographic signs or full-width digits as YAML writes it."""
    mended = unicodedata.normalize("NFKC", text).strip().translate(_SIGNS)
    return mended if mended != text and _NUMBER.fullmatch(mended) else None


def _cut(line: str) -> Slip | None:
    """Return the comment that cut a text which goes on in the next line."""
    found = _CUT.search(line)
    if found is None:
        return None
    message = "an unquoted # after a space begins a comment, and the text ends before it"
    hint = "put the whole text in quotes, or write it below the key after a >"
    return Slip(found.start(), found.end(), found.start() + 1, "text-cut", message, hint)


def _name(character: str) -> str:
    return _NAMES.get(character) or unicodedata.name(character, "special character").lower()


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _special(match: re.Match[str]) -> str:
    """Return the name of the first special character of a match."""
    return _article(_name(next(one for one in match[0] if not one.isascii())))


def _ordinary_spaces(match: re.Match[str]) -> str:
    return match[0].replace("\u3000", "  ").translate(_TO_SPACE)


def _with_colon(match: re.Match[str]) -> str:
    return f"{match['start']}{match['key']}: "


_TO_SPACE: Final = dict.fromkeys((0xA0, 0x202F, *range(0x2000, 0x200B)), " ")
_SIGNS: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_WELL_FORMED: Final = re.compile(r"""\s*(?:- +)*["']?[\w-]+["']?:(?:\s|$)""")
_FIRST_KEY: Final = re.compile(r'[\s{,-]*"?([\w-]+)"?:')
_CUT: Final = re.compile(r"[ \t]#+[^\s#].*")
_CUT_BRACKET: Final = re.compile(
    r"""[:,\[{-][ ](?P<text>[^\s"'\[{#:,][^"'\[{#:,]*)[ \t]+"""
    r"""(?P<lost>#+[^\s#].*?)(?P<closing>\s*[\]}][\s\]}]*)$"""
)

_NEXT_KEY: Final = re.compile(r", +[\w-]+: ")

_KINDS: Final = (
    _Kind(
        re.compile(rf"^ *[{_SPACES}][ {_SPACES}]*"),
        _ordinary_spaces,
        "special-space",
        lambda match: f"{_special(match)} stands in the indentation, where only ordinary spaces count",
    ),
    _Kind(
        re.compile(rf"^(?P<start>[ {_SPACES}]*)[\u2010-\u2014\u2212\u2022\u00b7\uff0d][ {_SPACES}]*"),
        lambda match: f"{_ordinary_spaces(match)[: len(match['start'])]}- ",
        "list-dash",
        lambda match: (
            f"{_article(_name(match[0].strip()[:1]))} stands where a list needs a hyphen and a space"
        ),
    ),
    _Kind(
        re.compile(rf"{_START}{_KEY}[ {_SPACES}]*[\uff1a\ufe55\ufe13][ {_SPACES}]*"),
        _with_colon,
        "full-width-colon",
        lambda match: (
            f"a full-width colon stands after {match['key']!r}, where a colon and a space are needed"
        ),
    ),
    _Kind(
        re.compile(rf"{_START}{_KEY}: *[{_SPACES}][ {_SPACES}]*"),
        _with_colon,
        "special-space",
        lambda match: f"{_special(match)} stands after the colon, where an ordinary space is needed",
    ),
    _Kind(
        re.compile(rf"{_START}{_KEY}:(?=[^\s:/\\{_SPACES}])"),
        _with_colon,
        "missing-space",
        lambda match: f"a space is missing after the colon of {match['key']!r}",
    ),
    _Kind(
        re.compile(rf"{_START}[\u2018-\u201f]{_KEY}[\u2018-\u201f]\s*:\s*"),
        _with_colon,
        "curly-quotes",
        lambda match: f"curly quotes stand around the key {match['key']!r}, which needs none",
    ),
    _Kind(
        re.compile(
            r"(?P<start>[:,\[{-] +|[\[{])(?:[\u201c-\u201f](?P<double>[^\u201c-\u201f]*)[\u201c-\u201f]"
            r"|[\u2018\u201a](?P<single>[^\u2018-\u201b]*)\u2019)(?=\s*(?:[,\]}]|#|$))"
        ),
        lambda match: match["start"] + in_quotes(match["double"] or match["single"] or ""),
        "curly-quotes",
        lambda _match: "curly quotes are ordinary characters in YAML, which needs straight quotes",
    ),
)
