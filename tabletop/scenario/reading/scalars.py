"""Resolve plain (unquoted) YAML scalars.

YAML 1.1 reads `no` as false, `12:30` as 750 and `010` as 8. Here only ``true`` and ``false``, ``null``, ``~``
and the empty scalar, and decimal numbers are not text; ambiguous numbers are refused.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from tabletop.scenario.problems import shortened
from tabletop.scenario.reading.refusals import ValueRefusal

Scalar: TypeAlias = str | int | float | bool | None

MAX_DIGITS: Final = 15
"""Numbers of up to 15 digits survive in any program, spreadsheets included."""

_MAX_FLOAT_TEXT: Final = 32
_HUGE: Final = 10.0**MAX_DIGITS

# The YAML 1.2 core schema without hexadecimal and octal.
_INT: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_LEADING_ZERO: Final = re.compile(r"[-+]?0[0-9]")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

_WORDS: Final[dict[str, Scalar]] = {"true": True, "false": False, "null": None, "~": None, "": None}

FIRST: Final = frozenset("-+.0123456789tfn~")
"""First characters of plain scalars that may not be text; any other scalar is text without a closer look."""


def plain(text: str) -> Scalar | ValueRefusal:
    """Return the value of an unquoted scalar, or why it is refused."""
    if text and text[0] not in FIRST:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        return _decimal(text)
    if _NOT_FINITE.fullmatch(text):
        return ValueRefusal("number-not-finite", f"{text} is not a finite number", _quote_it(text))
    return text


def _integer(text: str) -> int | ValueRefusal:
    if _LEADING_ZERO.match(text):
        return _leading_zero(text)
    if len(text.lstrip("+-")) > MAX_DIGITS:
        return _too_long(text)
    return int(text)


def _decimal(text: str) -> float | ValueRefusal:
    if _LEADING_ZERO.match(text):
        return _leading_zero(text)
    if len(text) > _MAX_FLOAT_TEXT:
        return _too_long(text)
    value = float(text)
    if not -_HUGE < value < _HUGE:
        return ValueRefusal("number-too-large", f"the number {text} is too large", _quote_it(text))
    return value


def _leading_zero(text: str) -> ValueRefusal:
    digits = text.lstrip("+-")
    without = digits.lstrip("0")
    number = without if without[:1].isdigit() else "0" + without
    sign = "-" if text.startswith("-") else ""
    return ValueRefusal(
        "leading-zero",
        f"a number cannot begin with 0: {shortened(text)}",
        f'write {shortened(sign + number)} for the number, or "{shortened(text)}" with quotes for text',
    )


def _too_long(text: str) -> ValueRefusal:
    return ValueRefusal(
        "number-too-long",
        f"a number can have at most {MAX_DIGITS} digits: {shortened(text)}",
        _quote_it(text),
    )


def _quote_it(text: str) -> str:
    return f'if it is text, put it in quotes: "{shortened(text)}"'
