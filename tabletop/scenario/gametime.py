"""Parse and format game times and lengths of time.

Game time is a whole number of seconds after STARTEX and is written ``T+36`` (minutes),
``T+36:30`` (minutes and seconds) or ``T+1:05:00`` (hours, minutes, seconds). Lengths are
whole seconds, written ``90 s``, ``2 min``, ``1 h`` or ``1 h 30 min``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

MAX_SECONDS: Final = 7 * 24 * 3600
"""Maximum length of an exercise: one week."""

_TIME = re.compile(r"T\+(?:(\d{1,3}):(\d{2}):(\d{2})|(\d{1,5})(?::(\d{2}))?)\Z", re.ASCII)
_LENGTH = re.compile(r"(\d{1,6})\s*(s|min|h)", re.ASCII)
_LENGTHS = re.compile(
    r"\d{1,6}\s*(?:h(?: +\d{1,6}\s*min)?(?: +\d{1,6}\s*s)?|min(?: +\d{1,6}\s*s)?|s)\Z", re.ASCII
)
_SCHEMA_LENGTH: Final = r"^\d+ *(h( +\d+ *min)?( +\d+ *s)?|min( +\d+ *s)?|s)$"
_UNITS: Final = {"s": 1, "min": 60, "h": 3600}


def parse_time(text: object) -> int:
    """Return the seconds after STARTEX of ``T+36``, ``T+36:30`` or ``T+1:05:00``.

    Raises ValueError, with a message for authors, for anything else.
    """
    match = _TIME.match(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError("a game time is written T+36, T+36:30 or T+1:05:00" + _instead(_time_meant(text)))
    return _seconds(match)


def _seconds(match: re.Match[str]) -> int:
    hours, minutes, seconds, plain, rest = match.groups()
    if plain is not None:
        total, parts = int(plain) * 60 + int(rest or 0), [int(rest or 0)]
    else:
        parts = [int(minutes), int(seconds)]
        total = int(hours) * 3600 + parts[0] * 60 + parts[1]
    if any(part > 59 for part in parts):
        raise ValueError("the parts after a colon must be 00 to 59")
    if total > MAX_SECONDS:
        raise ValueError("a game time can be at most one week after STARTEX")
    return total


def format_time(seconds: int) -> str:
    """Return ``T+36`` or ``T+36:30``, the shortest form that `parse_time` accepts."""
    minutes, rest = divmod(seconds, 60)
    return f"T+{minutes}:{rest:02d}" if rest else f"T+{minutes}"


def parse_length(text: object) -> int:
    """Return the seconds of ``90 s``, ``2 min``, ``1 h`` or ``1 h 30 min``. Raises ValueError otherwise."""
    if not isinstance(text, str) or not _LENGTHS.match(text):
        raise ValueError("a length is written 90 s, 2 min or 1 h" + _instead(_length_meant(text)))
    total = sum(int(number) * _UNITS[unit] for number, unit in _LENGTH.findall(text))
    if not 0 < total <= MAX_SECONDS:
        raise ValueError("a length must be more than 0 and at most one week")
    return total


def format_length(seconds: int) -> str:
    """Return the length in the largest unit that gives a whole number: ``90 s``, ``2 min``, ``1 h``."""
    for unit in ("h", "min"):
        if seconds % _UNITS[unit] == 0:
            return f"{seconds // _UNITS[unit]} {unit}"
    return f"{seconds} s"


def _instead(meant: str | None) -> str:
    return "" if meant is None else f"; write {meant}"


def _time_meant(written: object) -> str | None:
    """Return the game time that was probably meant; None if nothing is close."""
    found = _LIKE_TIME.fullmatch(_plain(written))
    meant = _TIME.match(f"T+{found[1]}") if found else None
    if meant is None:
        return None
    try:
        _seconds(meant)
    except ValueError:
        return None
    return meant[0]


def _length_meant(written: object) -> str | None:
    """Return the length that was probably meant; a number alone is taken for minutes."""
    found = _LIKE_LENGTH.fullmatch(_plain(written))
    if found is None:
        return None
    initial = (found[2] or "min")[0].lower()
    unit = next(unit for unit in _UNITS if unit.startswith(initial))
    seconds = float(found[1]) * _UNITS[unit]
    if not 0 < seconds <= MAX_SECONDS or not seconds.is_integer():
        return None
    return f"{found[1]} {unit}" if found[1].isdigit() else format_length(int(seconds))


def _plain(written: object) -> str:
    whole = isinstance(written, int) and not isinstance(written, bool)
    return unicodedata.normalize("NFKC", str(written)).strip() if whole or isinstance(written, str) else ""


_LIKE_TIME: Final = re.compile(
    r"(?:t\s*)?\+?\s*(\d{1,5}(?::\d{2}){0,2})\s*(?:m|min|mins|minutes?|')?\.?", re.IGNORECASE | re.ASCII
)
_LIKE_LENGTH: Final = re.compile(
    r"(\d{1,6}(?:\.\d+)?)\s*(m|mins?|minutes?|h|hrs?|hours?|s|secs?|seconds?)?\.?", re.IGNORECASE | re.ASCII
)

GameTime = Annotated[
    int,
    Field(strict=False),
    BeforeValidator(parse_time),
    PlainSerializer(format_time, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^T\+\d+(:\d{2}){0,2}$", "examples": ["T+36", "T+36:30"]}),
]
Length = Annotated[
    int,
    Field(strict=False),
    BeforeValidator(parse_length),
    PlainSerializer(format_length, return_type=str),
    WithJsonSchema(
        {"type": "string", "pattern": _SCHEMA_LENGTH, "examples": ["2 min", "90 s", "1 h 30 min"]}
    ),
]
