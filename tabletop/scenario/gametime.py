"""Parse and format game times and lengths of time.

Game time is a whole number of seconds after STARTEX and is written ``T+36`` (minutes),
``T+36:30`` (minutes and seconds) or ``T+1:05:00`` (hours, minutes, seconds). Lengths are
whole seconds, written ``90 s``, ``2 min`` or ``1 h``.
"""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

MAX_SECONDS: Final = 7 * 24 * 3600
"""Maximum length of an exercise: one week."""

_TIME = re.compile(r"T\+(?:(\d{1,3}):(\d{2}):(\d{2})|(\d{1,5})(?::(\d{2}))?)\Z", re.ASCII)
_LENGTH = re.compile(r"(\d{1,6})\s*(s|min|h)\Z", re.ASCII)
_UNITS: Final = {"s": 1, "min": 60, "h": 3600}


def parse_time(text: object) -> int:
    """Return the seconds after STARTEX of ``T+36``, ``T+36:30`` or ``T+1:05:00``.

    Raises ValueError, with a message for authors, for anything else.
    """
    match = _TIME.match(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError("a game time is written T+36, T+36:30 or T+1:05:00")
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
    """Return the seconds of ``90 s``, ``2 min`` or ``1 h``. Raises ValueError for anything else."""
    match = _LENGTH.match(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError("a length is written 90 s, 2 min or 1 h")
    total = int(match[1]) * _UNITS[match[2]]
    if not 0 < total <= MAX_SECONDS:
        raise ValueError("a length must be more than 0 and at most one week")
    return total


def format_length(seconds: int) -> str:
    """Return the length in the largest unit that gives a whole number: ``90 s``, ``2 min``, ``1 h``."""
    for unit in ("h", "min"):
        if seconds % _UNITS[unit] == 0:
            return f"{seconds // _UNITS[unit]} {unit}"
    return f"{seconds} s"


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
    WithJsonSchema({"type": "string", "pattern": r"^\d+ *(s|min|h)$", "examples": ["2 min", "90 s"]}),
]
